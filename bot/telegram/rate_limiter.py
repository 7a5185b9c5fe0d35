"""At most twenty calls a minute to a group, as Telegram demands; calls follow a moved group."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import ChatMigrated, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.db import Store, chats

MOST, SECONDS = 20, 60.0  # calls that name a group, of whatever kind, and their time
FOR_COMMANDS = 5  # of them are kept for who asks
FOR_COURTESY = 10  # with fewer left, no call is spent on "is sending a photo …"


class GroupRateLimited(RetryAfter):
    """We say nothing more in a group for some seconds, before Telegram refuses it."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.message = f"A group has had its {MOST} calls of a minute; {seconds} s to wait"


class CallBudget:
    """The calls of the last minute, by group."""

    def __init__(self) -> None:
        self._calls: dict[int, deque[float]] = {}  # s, monotonic
        self._reserved: defaultdict[int, int] = defaultdict(int)

    def spend(self, chat_id: int) -> None:
        """A call is made."""
        self._forget()
        self._calls.setdefault(chat_id, deque()).append(time.monotonic())

    def left(self, chat_id: int) -> int:
        """Calls that Telegram will still take."""
        self._forget()
        return MOST - len(self._calls.get(chat_id, ())) - self._reserved.get(chat_id, 0)

    def wait(self, chat_id: int) -> float:
        """Seconds until Telegram takes one more."""
        self._forget()
        calls = self._calls.get(chat_id, ())
        return calls[-MOST] + SECONDS - time.monotonic() if len(calls) >= MOST else 0.0

    @contextmanager
    def reserve(self, chat_id: int) -> Iterator[None]:
        """Inside, one call is about to be made; others that look what is left see it already."""
        self._reserved[chat_id] += 1
        try:
            yield
        finally:
            self._reserved[chat_id] -= 1
            if not self._reserved[chat_id]:
                del self._reserved[chat_id]

    def _forget(self) -> None:
        """Drop what is past, of all groups, the longest silent ones first."""
        past = time.monotonic() - SECONDS
        for chat_id in list(self._calls):
            calls = self._calls[chat_id]
            while calls and calls[0] <= past:
                calls.popleft()
            if not calls:
                del self._calls[chat_id]


Data = dict[str, Any]
# Numbers of messages, which the supergroup does not know.
LOST = ("reply_parameters", "reply_to_message_id")


class GroupRateLimiter(BaseRateLimiter[None]):
    """PTB's place to step in before a call.

    Nothing waits here, or a group that is flooded would take the places of all others. A call that
    Telegram would refuse is refused at once, and `bot.updates.inbox` answers that update later.
    """

    def __init__(self, call_budget: CallBudget, store: Store) -> None:
        self._call_budget, self._store = call_budget, store

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | Data | list[Data]]],
        args: Any,
        kwargs: Data,
        endpoint: str,
        data: Data,
        rate_limit_args: None,
    ) -> bool | Data | list[Data]:
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int) or chat_id > 0:
            return await callback(*args, **kwargs)
        if endpoint == "sendChatAction" and self._call_budget.left(chat_id) < FOR_COURTESY:
            return True
        if (seconds := self._call_budget.wait(chat_id)) > 0:
            raise GroupRateLimited(math.ceil(seconds))
        self._call_budget.spend(chat_id)
        try:
            return await callback(*args, **kwargs)
        except ChatMigrated as error:
            await chats.move(self._store, chat_id, error.new_chat_id)
            if not endpoint.startswith("send"):
                raise  # it is about a message that has another number now
            kept = {name: value for name, value in data.items() if name not in LOST}
            self._call_budget.spend(error.new_chat_id)
            return await callback(endpoint, kept | {"chat_id": error.new_chat_id}, **kwargs)
