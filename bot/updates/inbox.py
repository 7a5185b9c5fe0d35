"""Updates between Telegram and our answer: written down before Telegram forgets them, answered in
fair turns, struck out in the moment that a message of ours has gone out.

So a killed bot answers after its next start what it owed. Only when the kill falls between
Telegram's taking of a message and our note of that (its answer and one `write`, milliseconds) is
something said twice: the Bot API has no way to ask whether a message was sent.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from telegram import Bot, Update

from bot import log, metrics
from bot.db import Store, updates
from bot.db.updates import Content
from bot.telegram.context import App, Turn, current, look_up

# A note beyond these waits in the store, where it costs nothing.
NOTES_AT_ONCE = 8  # downloads and uploads of some while others are judged
OTHERS_AT_ONCE = 32
MAX_ATTEMPTS = 10  # so many bots that died over an update died of it
LATER = 60.0  # s until what Telegram did not take is tried again
OLDEST = 24 * 3600  # s; Telegram itself keeps an update no longer


logger = logging.getLogger(__name__)


class GivenUp(Exception):
    """Bots died again and again while they answered this update."""


class Inbox:
    """What is owed, in lanes: one of a sender at a time, the senders in turn."""

    def __init__(self, store: Store, application: App) -> None:
        self._store = store
        self._application = application
        self._notes, self._others = _Lanes(NOTES_AT_ONCE), _Lanes(OTHERS_AT_ONCE)
        self._at_work: set[asyncio.Task[None]] = set()
        self._since: dict[int, float] = {}  # when each update was lined up, s, monotonic
        metrics.OWED.set_function(lambda: len(self._since))
        metrics.WAITING.set_function(self._waiting)
        self._open = False
        self._gate = asyncio.Lock()  # so that what comes while we open is lined up once

    def __len__(self) -> int:
        """Updates that wait or are being answered."""
        return len(self._notes) + len(self._others) + len(self._at_work)

    async def open(self) -> None:
        """Begin with what an earlier bot owed."""
        async with self._gate:
            contents = await updates.owed(self._store)
            self._open = True
            self._line_up(contents)

    async def take(self, contents: Sequence[Content]) -> None:
        """Have updates answered; when this returns they are safe. Known ones are passed over."""
        async with self._gate:
            new = set(await updates.keep(self._store, contents))
            fresh = {content["update_id"]: content for content in contents}
            self._line_up([fresh[number] for number in sorted(new)])  # when open, else by `open`

    async def close(self) -> None:
        """Begin nothing new and finish what is being answered."""
        self._open = False
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def leave(self) -> None:
        """Give up what is being answered too; the next start does it."""
        self._open = False
        for answering in self._at_work:
            answering.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _waiting(self) -> float:
        """Seconds that the oldest update has waited."""
        return time.monotonic() - next(iter(self._since.values()), time.monotonic())

    def _line_up(self, contents: Sequence[Content]) -> None:
        if not self._open:
            return
        for content in contents:
            lanes = self._notes if holds_note(content) else self._others
            lanes.add(sender(content), content["update_id"])
            self._since[content["update_id"]] = time.monotonic()
        self._fill()

    def _fill(self) -> None:
        for lanes in (self._notes, self._others):
            while self._open and (turn := lanes.next()):
                answering = asyncio.create_task(self._take_turn(lanes, *turn))
                self._at_work.add(answering)
                answering.add_done_callback(self._at_work.discard)

    async def _take_turn(self, lanes: "_Lanes", who: int, number: int) -> None:
        try:
            await self._answer(number)
        except Exception:  # the store is out of reach: the next start answers it
            logger.exception("Update %s stays owed", number)
        finally:
            self._since.pop(number, None)
            lanes.end(who)
            self._fill()

    async def _answer(self, number: int) -> None:
        async with self._store.session() as session:
            begun = await updates.begin(session, number)
            if begun is None:
                return
            content, attempts, age = begun
            update = parse(content, self._application.bot)
            current.set(turn := Turn(number))
            if update:
                with suppress(Exception):  # `settle` tries again, where mistakes are apologised for
                    model = self._application.bot_data.worker.model
                    turn.known = await look_up(session, update, model)
        log.answering(content)
        metrics.UPDATES.labels(kind := kind_of(content)).inc()
        started = time.monotonic()
        if update and attempts < MAX_ATTEMPTS and age < OLDEST:
            await self._application.process_update(update)
        elif update:
            error = GivenUp(f"update {number} is given up after {attempts} attempts and {age} s")
            await self._application.process_error(update, error)
        if turn.postponed and not turn.delivered:
            await updates.postpone(self._store, number)
            asyncio.get_running_loop().call_later(LATER, self._line_up, [content])
            return
        if not turn.settled:
            async with updates.answered(self._store, number):
                pass
        seconds = round(time.monotonic() - started, 3)
        logger.info("An update was answered", extra={"kind": kind, "seconds": seconds})


class _Lanes:
    """Who waits with what, and whose turn it is."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: dict[int, deque[int]] = {}  # the updates of a sender, the first one in work
        self._turns: deque[int] = deque()  # the senders that wait and have nothing in work

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def add(self, who: int, number: int) -> None:
        if who not in self._waiting:
            self._waiting[who] = deque()
            self._turns.append(who)
        self._waiting[who].append(number)

    def next(self) -> tuple[int, int] | None:
        """Whose turn it is and with which update; `end` gives the place back."""
        if not self._free or not self._turns:
            return None
        self._free -= 1
        who = self._turns.popleft()
        return who, self._waiting[who].popleft()

    def end(self, who: int) -> None:
        self._free += 1
        if self._waiting[who]:
            self._turns.append(who)
        else:
            del self._waiting[who]


def delivered(store: Store) -> None:
    """A message has gone out: whatever happens now, the update that it answers is owed no more."""
    if (turn := current.get()) and not turn.delivered:
        store.journal.strike(turn.number)
        turn.delivered = True


def parse(content: Content, bot: Bot | None) -> Update | None:
    """An update as PTB's object; None, and a line in the log, when PTB can't read it."""
    try:
        return Update.de_json(content, bot)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        logger.warning("Update %s can't be read: %s", content["update_id"], error)
        return None


def kind_of(content: Content) -> str:
    """What an update is about; "other" for what Telegram invented after us."""
    return next((kind for kind in content if kind in Update.ALL_TYPES), "other")


def sender(content: Content) -> int:
    """Whom to count an update for: the person, or else the chat; 0 for nobody."""
    for kind, event in content.items():
        if kind != "update_id" and isinstance(event, dict):
            # An anonymous administrator is one and the same "from" in all groups.
            for who in (event.get("sender_chat"), event.get("from"), event.get("chat")):
                if isinstance(who, dict) and isinstance(who.get("id"), int):
                    return int(who["id"])
    return 0


SOUNDS = ("voice", "audio", "video", "video_note", "document")


def holds_note(content: Content) -> bool:
    """Whether something will have to be fetched and heard."""
    message = content.get("message") or content.get("guest_message")
    if not isinstance(message, dict):
        return False
    parts = (message, message.get("reply_to_message"), message.get("external_reply"))
    return any(isinstance(part, dict) and not part.keys().isdisjoint(SOUNDS) for part in parts)
