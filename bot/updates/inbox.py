"""The queue of updates: stored before Telegram is told that they arrived, handled one at a time of
each sender, marked as answered as soon as Telegram has accepted a message of ours.

A killed bot therefore answers the rest after its next start. Only a kill between Telegram's
accepting a message and our log entry (its reply and one `write`, milliseconds) makes the bot say
something twice: the Bot API can't be asked whether a message was sent.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from heapq import heappop, heappush

from telegram import Bot, Update

from bot import log, metrics
from bot.db import Store, updates
from bot.db.updates import Content
from bot.telegram.context import App, Turn, current, look_up

# More than these wait in the database, where they need no memory.
NOTES_AT_ONCE = 8  # some are down- or uploaded while others are judged
OTHERS_AT_ONCE = 32
MAX_ATTEMPTS = 10  # after so many crashes the update is taken for their cause
LATER = 60.0  # s until an update is tried again when Telegram could not be reached
OLDEST = 24 * 3600  # s; Telegram itself keeps an update no longer


logger = logging.getLogger(__name__)


class GivenUp(Exception):
    """An update is not tried any more: too many attempts, or too old."""


class Inbox:
    """Handles stored updates: one of a sender at a time, the senders in turn, notes apart."""

    def __init__(self, store: Store, application: App) -> None:
        self._store = store
        self._application = application
        self._notes, self._others = _Lanes(NOTES_AT_ONCE), _Lanes(OTHERS_AT_ONCE)
        self._at_work: set[asyncio.Task[None]] = set()
        self._postponed: dict[int, int] = {}  # update → its sender
        self._since: dict[int, float] = {}  # when each update was queued, s, monotonic
        metrics.OWED.set_function(lambda: len(self._since))
        metrics.WAITING.set_function(self._waiting)
        self._open = False
        self._gate = asyncio.Lock()  # what comes while we open is queued once

    def __len__(self) -> int:
        """Updates that wait or are being answered."""
        return len(self._notes) + len(self._others) + len(self._at_work)

    def holds_note_of(self, who: int) -> bool:
        """Return whether a note of this sender waits, is being answered or will be tried again."""
        return who in self._notes or who in self._postponed.values()

    async def open(self) -> None:
        """Queue the unanswered updates of earlier runs and begin to handle updates."""
        async with self._gate:
            contents = await updates.owed(self._store)
            self._open = True
            self._line_up(contents)

    async def take(self, contents: Sequence[Content]) -> None:
        """Store updates and queue those that are new; when this returns they are on disk.

        What is written without a recording in the chats of a business account is dropped unseen.
        """
        contents = [content for content in contents if not is_chatter(content)]
        async with self._gate:
            new = set(await updates.keep(self._store, contents))
            fresh = {content["update_id"]: content for content in contents}
            self._line_up([fresh[number] for number in sorted(new)])  # unless open, `open` does it

    async def close(self) -> None:
        """Stop taking updates from the queue and wait for those in work."""
        self._open = False
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def leave(self) -> None:
        """Stop, and cancel the updates in work; the next start handles them again."""
        self._open = False
        for answering in self._at_work:
            answering.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def _waiting(self) -> float:
        """Return the age of the oldest update in the queue or in work, s."""
        return time.monotonic() - next(iter(self._since.values()), time.monotonic())

    def _line_up(self, contents: Sequence[Content]) -> None:
        if not self._open:
            return
        for content in contents:
            lanes = self._notes if holds_note(content) else self._others
            lanes.add(sender(content), content["update_id"])
            self._since[content["update_id"]] = time.monotonic()
        self._fill()

    def _try_again(self, content: Content) -> None:
        self._line_up([content])
        del self._postponed[content["update_id"]]

    def _fill(self) -> None:
        for lanes in (self._notes, self._others):
            while self._open and (turn := lanes.next()):
                answering = asyncio.create_task(self._take_turn(lanes, *turn))
                self._at_work.add(answering)
                answering.add_done_callback(self._at_work.discard)

    async def _take_turn(self, lanes: "_Lanes", who: int, number: int) -> None:
        try:
            await self._answer(number)
        except Exception:  # no database: the next start answers it
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
            content, attempts, age, progress_message_id = begun
            update = parse(content, self._application.bot)
            turn = Turn(number, progress_message_id=progress_message_id)
            current.set(turn)
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
            self._postponed[number] = sender(content)
            asyncio.get_running_loop().call_later(LATER, self._try_again, content)
            return
        if not turn.settled:
            async with updates.answered(self._store, number):
                pass
        seconds = round(time.monotonic() - started, 3)
        logger.info("An update was answered", extra={"kind": kind, "seconds": seconds})


class _Lanes:
    """Round-robin queue: one update in work per sender, at most `most` of all senders.

    Updates of a sender are taken in the order of their ids, which is that of sending.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: dict[int, list[int]] = {}  # heaps: updates of a sender, but the one in work
        self._turns: deque[int] = deque()  # senders with updates and none in work

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def __contains__(self, who: int) -> bool:
        return who in self._waiting

    def add(self, who: int, number: int) -> None:
        if who not in self._waiting:
            self._waiting[who] = []
            self._turns.append(who)
        heappush(self._waiting[who], number)

    def next(self) -> tuple[int, int] | None:
        """Return the next sender and update, or None; `end` must be called when it is done."""
        if not self._free or not self._turns:
            return None
        self._free -= 1
        who = self._turns.popleft()
        return who, heappop(self._waiting[who])

    def end(self, who: int) -> None:
        self._free += 1
        if self._waiting[who]:
            self._turns.append(who)
        else:
            del self._waiting[who]


def delivered(store: Store) -> None:
    """Log in the journal that the update in work is answered: Telegram took a message of ours."""
    if (turn := current.get()) and not turn.delivered:
        store.journal.strike(turn.number)
        turn.delivered = True


def parse(content: Content, bot: Bot | None) -> Update | None:
    """Parse an update; None, and a line in the log, when PTB can't read it."""
    try:
        return Update.de_json(content, bot)
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError, OSError) as error:
        logger.warning("Update %s can't be read: %s", content["update_id"], error)
        return None


def kind_of(content: Content) -> str:
    """Return the update's kind, such as "message"; "other" for kinds unknown to PTB."""
    return next((kind for kind in content if kind in Update.ALL_TYPES), "other")


def sender(content: Content) -> int:
    """Return the id whose turn an update takes: of the person, else of the chat, else 0."""
    for kind, event in content.items():
        if kind != "update_id" and isinstance(event, dict):
            # An anonymous administrator is one and the same "from" in all groups.
            for who in (event.get("sender_chat"), event.get("from"), event.get("chat")):
                if isinstance(who, dict) and isinstance(who.get("id"), int):
                    return int(who["id"])
    return 0


SOUNDS = ("voice", "audio", "video", "video_note", "document", "paid_media")
NOTES = ("message", "guest_message", "business_message")  # kinds of updates that may hold one


def holds_note(content: Content) -> bool:
    """Return whether an update holds, or replies to, a file that may have to be judged."""
    message = next((content[kind] for kind in NOTES if kind in content), None)
    if not isinstance(message, dict):
        return False
    parts = (message, message.get("reply_to_message"), message.get("external_reply"))
    return any(isinstance(part, dict) and not part.keys().isdisjoint(SOUNDS) for part in parts)


def is_chatter(content: Content) -> bool:
    """Return whether an update is a message of a business account's chat without a recording."""
    return "business_message" in content and not holds_note(content)
