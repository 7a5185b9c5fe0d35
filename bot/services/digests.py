"""Summaries: notes of a group that were not replied to at once are reported in one message.

A note is stored before its update counts as answered and deleted after the summary was sent: a
kill in between sends the summary twice, but loses nothing.
"""

import asyncio
import html
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.db import Store, chats, digests
from bot.db.tables import ChatRow, Digest
from bot.telegram.group_policy import SUMMARY_MINUTES, SUMMARY_NOTES, is_quiet, zone_of
from bot.telegram.rate_limiter import CallBudget
from bot.texts import Texts, texts_for
from bot.worker.pool import Detection
from inference.verdict import SUSPICIOUS, Label, percent

PAUSE = 10.0  # s between two looks into the database
FLOOD_SECONDS = 60  # s after which notes are reported that were too many for replies
LINES = 25  # of one message

logger = logging.getLogger(__name__)


async def keep(store: Store, message: Message, found: Detection, language: str) -> None:
    """Add a note to the next summary of its chat and topic; idempotent."""
    await digests.keep(
        store,
        chat_id=message.chat_id,
        message_id=message.message_id,
        message_thread_id=message.message_thread_id if message.is_topic_message else None,
        link=message.link,
        language=language,
        label=found.verdict.label.value,
        score=found.verdict.score,
    )


class Digests:
    """Sends the summaries that are due, a task for each group, so that none waits for another."""

    def __init__(self, bot: Bot, store: Store, call_budget: CallBudget) -> None:
        self._bot, self._store, self._call_budget = bot, store, call_budget
        self._sending: dict[int, list[Digest]] = {}  # by chat, what is on its way there

    async def run(self) -> None:
        """Send what is due every PAUSE seconds until cancelled; retry a failing database."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    for chat_id, rows in (await self._due()).items():
                        self._sending[chat_id] = rows
                        tasks.create_task(self._send(chat_id, rows))
                except (SQLAlchemyError, OSError) as error:
                    logger.warning("What groups are owed could not be looked up: %s", error)
                await asyncio.sleep(PAUSE)

    async def _due(self) -> dict[int, list[Digest]]:
        """Return the rows of each chat that is due, may be written to and is not being so."""
        flying = {
            (row.message_id, row.created_at) for rows in self._sending.values() for row in rows
        }
        waiting, chosen = await digests.waiting(self._store, flying)
        return {
            id_: rows
            for id_, rows in waiting.items()
            if id_ not in self._sending
            and self._call_budget.left(id_) > 0
            and is_due(rows, chosen[id_])
        }

    async def _send(self, chat_id: int, rows: list[Digest]) -> None:
        """Send a chat its summary, one message for each topic."""
        topics: defaultdict[int | None, list[Digest]] = defaultdict(list)
        for row in rows:
            topics[row.message_thread_id].append(row)
        try:
            chat = await chats.find(self._store, chat_id)
            for topic, of_topic in topics.items():
                last = of_topic[-1].language  # where a group chose none, as its notes' senders
                texts = texts_for(chat.language if chat else last, last)
                zone = zone_of(chat, texts.language)
                await self._send_topic(chat_id, topic, of_topic, words(of_topic, texts, zone))
        except (TelegramError, SQLAlchemyError, OSError) as error:
            logger.warning("A summary has to wait: %s", error)
        finally:
            del self._sending[chat_id]

    async def _send_topic(
        self, chat_id: int, topic: int | None, rows: Sequence[Digest], text: str
    ) -> None:
        try:
            sent = await self._bot.send_message(
                chat_id,
                text,
                ParseMode.HTML,
                message_thread_id=topic,
                disable_notification=True,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            chat_id = sent.chat_id  # another one, when the group has become a supergroup
        except (BadRequest, Forbidden) as error:  # the topic is closed, or we are out
            logger.warning("A summary is not wanted: %s", error)
        await digests.drop(self._store, chat_id, rows)


def is_due(rows: Sequence[Digest], chat: ChatRow | None) -> bool:
    """Return whether these notes, oldest first, are to be reported now."""
    if chat and is_quiet(chat, rows[-1].language):
        return False
    waited = time.time() - rows[0].created_at
    if chat and chat.reply_mode == "summary":
        return len(rows) >= SUMMARY_NOTES or waited >= SUMMARY_MINUTES * 60
    return waited >= FLOOD_SECONDS


def words(rows: Sequence[Digest], texts: Texts, zone: ZoneInfo) -> str:
    """A digest as HTML: a line for each note that sounds like a machine, the others as numbers; at
    most 4,096 characters are seen."""
    say = texts.say
    counts = Counter(row.label for row in rows)
    worth = sorted((row for row in rows if row.label in SUSPICIOUS), key=lambda row: row.created_at)
    lines = [say("groups", "digest", count=len(rows), machines=len(worth))]
    lines += [_line(row, texts, zone) for row in worth[:LINES]]
    if (more := len(worth) - LINES) > 0:
        lines.append(say("groups", "more", count=more))
    others = [
        say("groups", f"others_{label}", count=counts[label])
        for label in (Label.HUMAN, Label.INCONCLUSIVE)
        if counts[label]
    ]
    if others and (worth or counts[Label.INCONCLUSIVE]):  # else the first line has said it
        lines.append(say("groups", "others", what=", ".join(others), machines=len(worth)))
    return "\n".join([*lines, *([say("groups", "caution")] if worth else [])])


def _line(row: Digest, texts: Texts, zone: ZoneInfo) -> str:
    moment = f"{datetime.fromtimestamp(row.created_at, zone):%H:%M}"
    linked = f'<a href="{html.escape(row.link)}">{moment}</a>' if row.link else moment
    key = "line_mixed" if row.label == Label.MIXED else "line"
    return texts.say("groups", key, time=linked, percent=percent(row.score))
