"""Deletes expired rows once an hour."""

import asyncio
import logging
import time

from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from bot.db import Store, chats, updates
from bot.db.tables import Answer, BatchNote, Digest, Note, NoteName

KEEP = 30 * 24 * 3600  # s that an answer's buttons work and a verdict that nobody asks for is kept
TELL = 2 * 24 * 3600  # s that a summary waits for Telegram; quiet hours end within one day
PAUSE = 3600.0  # s

logger = logging.getLogger(__name__)


async def retain(store: Store) -> None:
    """Delete expired rows every hour until cancelled; a database that fails is tried again."""
    while True:
        try:
            await forget_old(store)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("What is old could not be forgotten: %s", error)
        await asyncio.sleep(PAUSE)


async def forget_old(store: Store) -> None:
    """Delete answered updates, answers, unused verdicts and groups that were left, once expired."""
    await updates.prune(store)
    await chats.prune(store)
    before = int(time.time()) - KEEP
    async with store.session() as session:
        await session.execute(delete(Answer).where(Answer.created_at < before))
        await session.execute(delete(Note).where(Note.used_at < before))
        unsent = int(time.time()) - TELL
        await session.execute(delete(Digest).where(Digest.created_at < unsent))
        await session.execute(delete(BatchNote).where(BatchNote.answered_at < unsent))
        await session.execute(delete(NoteName).where(NoteName.used_at < before))
