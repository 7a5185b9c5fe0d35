"""Summaries in private chats: whoever sends more than three notes in a row gets, after the answer
to the last one, a message that counts them.

What came of a note is stored before its answer is sent and deleted after the summary was: a kill in
between sends the summary twice, but counts every note.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Message
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.db import Store, batches
from bot.db.batches import Row
from bot.db.tables import BatchNote
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.texts import Texts, clock, texts_for
from inference.verdict import SUSPICIOUS, Label

FEW = 3  # notes that need no summary
QUIET_SECONDS = 3.0  # after the last answer, with no note waiting: then the row is over
PAUSE = 1.0  # s between two looks into the database, while there is anything in it
AT_ONCE = 100  # chats; SQLite takes some thousand parameters
LISTED = 25  # notes of a kind that are named one by one; a message has 4,096 characters
OVER_QUOTA = "quota"  # outcome of a note that was not heard because of MINUTES_PER_HOUR
# The lines of a summary: the outcomes are labels and codes of errors.
KINDS = (Label.SYNTHETIC, Label.MIXED, Label.INCONCLUSIVE, Label.HUMAN, "failed", OVER_QUOTA)

logger = logging.getLogger(__name__)


def row_of(message: Message, sound: Sound, outcome: str, language: str) -> Row:
    """Return the row of a note that a person sent in a private chat."""
    seconds = getattr(sound, "duration", None)  # as the app shows it; a document has none
    if isinstance(seconds, timedelta):
        seconds = round(seconds.total_seconds())
    return {
        "chat_id": message.chat_id,
        "message_id": message.message_id,
        "language": language,
        "outcome": outcome,
        "seconds": seconds,
        "answered_at": int(time.time()),
    }


async def keep(message: Message, sound: Sound, outcome: str, context: Context) -> None:
    """Add a note without a verdict to the batch of its chat; idempotent."""
    await batches.keep(context.store, row_of(message, sound, outcome, context.texts.language))
    context.bot_data.batch_grew.set()


class Batches:
    """Sends the summaries of notes in a row."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        grew: asyncio.Event,
        is_waiting: Callable[[int], bool],
        every: float | None = None,
    ) -> None:
        """`grew` is set when there is a new note; `is_waiting` tells whether a person waits for
        the answer to one; with replicas, which don't tell, it is looked `every` so many s."""
        self._every = every
        self._bot, self._store, self._grew, self._is_waiting = bot, store, grew, is_waiting
        self._sending: set[int] = set()  # chats

    async def run(self) -> None:
        """Send what is due until cancelled; the database is only asked while notes come."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    self._grew.clear()
                    while chats := await batches.waiting(self._store):
                        await self._settle(chats, tasks)
                        await asyncio.sleep(PAUSE)
                except (SQLAlchemyError, OSError) as error:
                    logger.warning("Notes in a row could not be looked up: %s", error)
                    await asyncio.sleep(PAUSE)
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._every):
                        await self._grew.wait()

    async def _settle(self, chats: dict[int, int], tasks: asyncio.TaskGroup) -> None:
        """Begin the summaries that are due, a task for each chat, so that none waits for another;
        forget the rows of notes that are too short for one."""
        quiet = time.time() - QUIET_SECONDS
        over = [chat for chat, last in chats.items() if last <= quiet and self._is_over(chat)]
        if not over:
            return
        found = (await batches.of(self._store, over[:AT_ONCE])).values()
        for rows in filter(is_worth_it, found):
            self._sending.add(rows[0].chat_id)
            tasks.create_task(self._send(rows))
        if few := [rows for rows in found if not is_worth_it(rows)]:
            await batches.drop(self._store, few)

    def _is_over(self, chat_id: int) -> bool:
        return chat_id not in self._sending and not self._is_waiting(chat_id)

    async def _send(self, rows: Sequence[BatchNote]) -> None:
        chat_id, last = rows[0].chat_id, rows[-1].language
        try:
            try:
                await self._bot.send_message(chat_id, words(rows, texts_for(last, last)))
            except (BadRequest, Forbidden) as error:  # the person has blocked us
                logger.info("A summary is not wanted: %s", error)
            await batches.drop(self._store, [rows])
        except (TelegramError, SQLAlchemyError, OSError) as error:
            logger.warning("A summary has to wait: %s", error)
        finally:
            self._sending.discard(chat_id)


def is_worth_it(rows: Sequence[BatchNote]) -> bool:
    """Return whether these notes are summed up: more than FEW, of which one at least was heard."""
    return len(rows) > FEW and any(row.outcome != OVER_QUOTA for row in rows)


def words(rows: Sequence[BatchNote], texts: Texts) -> str:
    """Return the summary of notes in their order: which of them are what, by their numbers."""
    kinds: defaultdict[str, list[tuple[int, BatchNote]]] = defaultdict(list)
    for number, row in enumerate(rows, start=1):
        kinds[row.outcome if row.outcome in KINDS else "failed"].append((number, row))
    lines = [texts.say("batch", "summary", count=len(rows))]
    for kind in KINDS:
        if of_kind := kinds[kind]:
            which = _which(of_kind, texts)
            lines.append(texts.say("batch", kind, count=len(of_kind), which=which))
    if any(kinds[label] for label in SUSPICIOUS):
        lines += ["", texts.say("groups", "caution")]
    return "\n".join(lines)


def _which(numbered: Sequence[tuple[int, BatchNote]], texts: Texts) -> str:
    """Return numbers with the length that the app shows, such as "2 (0:14), 5 (1:02)"."""
    said = ", ".join(
        f"{number} ({clock(row.seconds)})" if row.seconds else str(number)
        for number, row in numbered[:LISTED]
    )
    more = len(numbered) - LISTED
    return texts.say("verdict", "more", ranges=said, count=more) if more > 0 else said
