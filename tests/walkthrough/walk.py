"""One walk of one person in one language: they act, the bot answers, the screen is kept."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram import Call, FakeTelegram, Person
from tests.fake_telegram.chats import Chat, Place
from tests.fake_telegram.errors import JSON
from tests.service import Service
from tests.walkthrough.notes import Notes
from tests.walkthrough.phone import Notice, phone

QUIET = 0.3  # s in which the bot may still say something by itself
PATIENCE = 60.0  # s for an answer
TRIED = {"Bad Request: BOT_NOT_ADMIN"}  # a whisper where none is allowed; a link comes instead
DONE = re.compile(r"An update was answered.*? update=(\d+)")


@dataclass
class Walk:
    """What one person does and sees."""

    telegram: FakeTelegram
    service: Service
    me: Person
    screens: dict[str, str] = field(default_factory=dict)  # step → HTML of the phone
    faults: list[str] = field(default_factory=list)  # what went wrong on the way
    _places: set[int] = field(default_factory=set)  # chats that it has been to
    _heard: int = 0  # calls that were there before the person acted
    _update: int = 0  # and the newest update
    _lines: int = 0  # and the lines that the service had written

    def acts(self, place: Place | None = None) -> None:
        """What comes from now on is the answer."""
        self._heard, self._update = len(self.telegram.calls), self.telegram.updates.last
        self._lines = len(self.service.errors)
        self._places |= {self.me.id, (place or self.me).id}

    async def sees(self, step: str, place: Place | None = None, silent: bool = False) -> None:
        """Wait until the bot has answered, or rightly said nothing, and keep the screen."""
        try:
            await self.answered()
        except TimeoutError:
            self.faults.append(f"{step}: no answer")
        if not self._new() and not silent:
            self.faults.append(f"{step}: nothing was said")
        for call in self._new():
            if call.status >= 300 and call.result not in TRIED:
                self.faults.append(f"{step}: {call.method} was refused: {call.result}")
        self.looks(step, place)

    def looks(self, step: str, place: Place | None = None) -> None:
        """Keep the screen."""
        shown = [call for call in self._new() if call.method == "answerCallbackQuery"]
        notice = _notice(shown[-1]) if shown else None
        self.screens[step] = phone(self.telegram, self.me, place or self.me, notice)

    async def answered(self) -> None:
        """Wait until the bot says of every update that it is done with it."""
        numbers = set(range(self._update + 1, self.telegram.updates.last + 1))
        if not numbers:
            self.faults.append("the bot was not told")
        async with asyncio.timeout(PATIENCE):
            while numbers - {int(number) for number in DONE.findall(self._log())}:
                await asyncio.sleep(0.05)
        await asyncio.sleep(QUIET)

    def _log(self) -> str:
        """What the service has written since the person acted."""
        return "\n".join(self.service.errors[self._lines :])

    async def says(self, text: str, step: str, **where: Any) -> None:
        self.acts(where.get("chat"))
        self.telegram.sends_text(self.me, text, **where)
        await self.sees(step, where.get("chat"))

    async def sends(self, data: bytes, step: str, duration: int = 8, **where: Any) -> JSON:
        self.acts(where.get("chat"))
        note = self.telegram.sends_voice(self.me, data, duration, forwarded=True, **where)
        await self.sees(step, where.get("chat"))
        return note

    async def presses(
        self, message: JSON, data: str, step: str, place: Place | None = None
    ) -> None:
        """Press a button that stood under a message when it came."""
        self.acts(place)
        self.telegram.presses(self.me, message, data)
        await self.sees(step, place)

    async def taps(self, message: JSON, wanted: str, step: str, place: Place | None = None) -> None:
        self.acts(place)
        self.telegram.taps(self.me, message, wanted)
        await self.sees(step, place)

    async def hears(
        self, other: Person, data: bytes, group: Chat, step: str, silent: bool = False
    ) -> None:
        """Somebody else sends a note to a group."""
        self.acts(group)
        self.telegram.sends_voice(other, data, 8, chat=group, forwarded=True)
        await self.sees(step, group, silent)

    @property
    def last(self) -> JSON:
        """The newest message of the bot in its private chat."""
        return self.telegram.sent_to(self.me)[-1]

    def _new(self) -> list[Call]:
        """What the bot has done for this person since they acted."""
        calls = self.telegram.calls[self._heard :]
        return [call for call in calls if call.status and self._is_mine(call)]

    def _is_mine(self, call: Call) -> bool:
        query = call.parameters.get("callback_query_id", call.parameters.get("guest_query_id"))
        if query:
            return self.telegram.queries.asked[query].person is self.me
        return call.chat in self._places


Conversation = Callable[[Walk, Notes], Awaitable[None]]


def _notice(call: Call) -> Notice | None:
    text = call.parameters.get("text")
    return Notice(text, call.parameters.get("show_alert") == "true") if text else None
