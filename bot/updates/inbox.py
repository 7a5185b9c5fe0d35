"""The queue of updates: stored before Telegram is told that they arrived, handled one at a time of
each sender, marked as answered as soon as Telegram has accepted a message of ours.

A killed bot therefore answers the rest after its next start, and of several replicas on one
database another one does. Only a kill between Telegram's accepting a message and our log entry (its
reply and one `write`, milliseconds; with PostgreSQL a commit) makes the bot say something twice:
the Bot API can't be asked whether a message was sent.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot import log, metrics
from bot.db import Store, updates
from bot.db.claims import Claim, claims_for
from bot.db.store import is_out_of_reach
from bot.db.updates import Content
from bot.telegram.context import App, Turn, current, look_up
from bot.updates.content import holds_note, is_chatter, kind_of, parse, place, sender
from bot.updates.lanes import Lanes

# More than these wait in the database, where they need no memory.
NOTES_AT_ONCE = 8  # some are down- or uploaded while others are judged
OTHERS_AT_ONCE = 32
MAX_ATTEMPTS = 10  # after so many crashes the update is taken for their cause
LATER = 60.0  # s until an update is tried again when Telegram could not be reached
OLDEST = 24 * 3600  # s; Telegram itself keeps an update no longer
SHARED_AT_ONCE = 3  # notes for each process that judges, where other replicas could take them
REST_SECONDS = 1.0  # after which another replica's update is tried here
FETCHED = 1000  # updates that one look reads
MARK_SECONDS = 5.0  # for the commit right after an answer


logger = logging.getLogger(__name__)


class GivenUp(Exception):
    """An update is not tried any more: too many attempts, or too old."""


@dataclass
class _Known:
    """An update that waits or is in work here."""

    lanes: Lanes
    who: int
    since: float  # s, monotonic
    answering: asyncio.Task[None] | None = None
    turn: Turn | None = None


class Inbox:
    """Handles stored updates: one of a sender at a time, the senders in turn, notes apart."""

    def __init__(self, store: Store, application: App) -> None:
        self._store = store
        self._application = application
        self.claims = claims_for(store)
        notes = NOTES_AT_ONCE
        if not store.is_sqlite:
            notes = min(notes, SHARED_AT_ONCE * application.bot_data.worker.size)
        self._notes, self._others = Lanes("notes", notes), Lanes("others", OTHERS_AT_ONCE)
        self._known: dict[int, _Known] = {}  # by update, in the order of coming
        self._postponed: dict[int, int] = {}  # update → its sender
        metrics.OWED.set_function(lambda: len(self._known))
        metrics.WAITING.set_function(self._waiting)
        self._open = False
        self._gate = asyncio.Lock()  # what comes while we open is queued once

    def __len__(self) -> int:
        """Updates that wait or are being answered."""
        return len(self._known)

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

    async def settle(self) -> None:
        """Tell the database what was answered while it was out of reach, or before a kill."""
        await updates.settle(self._store)

    async def look(self) -> None:
        """Queue what other replicas have stored, and forget what they have answered.

        Raises SQLAlchemyError and OSError.
        """
        await self.settle()
        self._open = True
        before = list(self._known)
        owed = await updates.owed_ids(self._store)
        for number in before:
            known = self._known.get(number)
            if number not in owed and known and known.lanes.drop(known.who, number):
                del self._known[number]
        strange = sorted(owed - self._known.keys() - self._postponed.keys())[:FETCHED]
        if strange:
            self._line_up(await updates.contents_of(self._store, strange))
        for lanes in (self._notes, self._others):
            lanes.wake(REST_SECONDS)
        self._fill()

    def interrupt(self) -> None:
        """All claims are lost: cancel what is in work and has not been answered."""
        self._open = False
        for known in self._known.values():
            if known.answering and not (known.turn and known.turn.delivered):
                known.answering.cancel()

    async def close(self) -> None:
        """Stop taking updates from the queue and wait for those in work."""
        self._open = False
        await asyncio.gather(*self._at_work(), return_exceptions=True)

    async def leave(self) -> None:
        """Stop, and cancel the updates in work; the next start handles them again."""
        self._open = False
        for answering in (at_work := self._at_work()):
            answering.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)

    def _at_work(self) -> list[asyncio.Task[None]]:
        return [known.answering for known in self._known.values() if known.answering]

    def _waiting(self) -> float:
        """Return the age of the oldest update in the queue or in work, s."""
        oldest = next(iter(self._known.values()), None)
        return time.monotonic() - oldest.since if oldest else 0.0

    def _line_up(self, contents: Sequence[Content]) -> None:
        if not self._open:
            return
        for content in contents:
            number, who = content["update_id"], sender(content)
            if number not in self._known:
                lanes = self._notes if holds_note(content) else self._others
                lanes.add(who, number, rests=not self.claims.prefers(place(content)))
                self._known[number] = _Known(lanes, who, time.monotonic())
        self._fill()

    def _fill(self) -> None:
        for lanes in (self._notes, self._others):
            while self._open and (turn := lanes.next()):
                known = self._known[turn[1]]
                known.answering = asyncio.create_task(self._take_turn(known, turn[1]))

    async def _take_turn(self, known: _Known, number: int) -> None:
        lanes, who, session = known.lanes, known.who, self.claims.session
        claim = Claim.SENDER_BUSY
        try:
            claim = await self.claims.claim(lanes.name, who, number)
            if claim is Claim.OURS:
                try:
                    await self._answer(number, known)
                finally:
                    if number not in self._postponed:
                        await self.claims.drop(session, number)
                    await self.claims.release(session, lanes.name, who)
        except Exception as error:  # no database: the next start, or look, answers it
            if is_out_of_reach(error) and not self._store.is_sqlite:
                logger.info("Update %s waits for the database", number)
            else:
                logger.exception("Update %s stays owed", number)
        finally:
            known.answering = None
            if claim is Claim.SENDER_BUSY:
                lanes.end(who, again=number)
            else:
                del self._known[number]
                lanes.end(who)
            self._fill()

    async def _answer(self, number: int, known: _Known) -> None:
        async with self._store.session() as session:
            begun = await updates.begin(session, number)
            if begun is None:
                return
            content, attempts, age, progress_message_id = begun
            update = parse(content, self._application.bot)
            turn = Turn(number, progress_message_id=progress_message_id)
            known.turn = turn
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
            self._postponed[number] = sender(content)  # its claim is kept: no other may try it
            asyncio.get_running_loop().call_later(LATER, self._try_again, content)
            return
        if not turn.settled:
            async with updates.answered(self._store, number):
                pass
        seconds = round(time.monotonic() - started, 3)
        logger.info("An update was answered", extra={"kind": kind, "seconds": seconds})

    def _try_again(self, content: Content) -> None:
        self._line_up([content])
        del self._postponed[content["update_id"]]


async def delivered(store: Store) -> None:
    """Log that the update in work is answered: Telegram took a message of ours."""
    if (turn := current.get()) and not turn.delivered:
        store.journal.strike(turn.number)
        turn.delivered = True
        if not store.is_sqlite:  # other replicas do not see our journal
            try:
                async with asyncio.timeout(MARK_SECONDS):
                    await updates.mark(store, [turn.number])
            except (SQLAlchemyError, OSError) as error:  # `Inbox.look` does it later
                logger.info("An answer is not in the database yet: %s", type(error).__name__)
