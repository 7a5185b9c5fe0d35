"""Questions that the bot has to answer once and soon: pressed buttons and guest queries."""

import time
from dataclasses import dataclass
from itertools import count

from tests.fake_telegram.chats import Person, Place
from tests.fake_telegram.errors import JSON, bad_request

SECONDS = 15.0  # in which an ephemeral message may refer to a pressed button


@dataclass(frozen=True)
class Query:
    """Who asked, where, and when (s, monotonic)."""

    kind: str  # "callback" or "guest"
    person: Person
    chat: Place | None
    at: float
    note: JSON | None = None  # the message of a guest query


class Queries:
    """The questions that wait for an answer."""

    def __init__(self) -> None:
        self.seconds = SECONDS  # how long a question can be answered; tests make it short
        self.asked: dict[str, Query] = {}  # all there ever were
        self._open: dict[str, Query] = {}
        self._ids = count(1)

    def ask(self, kind: str, person: Person, chat: Place | None, note: JSON | None = None) -> str:
        name = f"{kind}{next(self._ids)}"
        self.asked[name] = self._open[name] = Query(kind, person, chat, time.monotonic(), note)
        return name

    def look(self, kind: str, name: str) -> Query:
        """A question that may still be answered."""
        query = self._open.get(name)
        if query is None or query.kind != kind or time.monotonic() - query.at > self.seconds:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def answer(self, kind: str, name: str) -> Query:
        """The same, and it is answered with this."""
        query = self.look(kind, name)
        del self._open[name]
        return query
