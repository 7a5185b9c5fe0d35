"""Limits on the answers an hour of a person and of a group, counted in `answers`."""

import time

from sqlalchemy import ColumnElement, select

from bot.db import Store
from bot.db.tables import Answer
from bot.settings import Settings

HOUR = 3600  # s


async def opens_at(store: Store, settings: Settings, person: int, chat: int) -> int | None:
    """Return when the next note may be answered, in Unix seconds; None when it may be now."""
    person_opens = await _opens(store, Answer.asker_id == person, settings.notes_per_hour)
    if person == chat:  # a private chat
        return person_opens
    chat_opens = await _opens(store, Answer.chat_id == chat, settings.notes_per_hour_chat)
    return max(filter(None, (person_opens, chat_opens)), default=None)


async def _opens(store: Store, whose: ColumnElement[bool], most: int) -> int | None:
    if not most:
        return None
    recent = select(Answer.created_at).where(whose, Answer.created_at > time.time() - HOUR)
    last = recent.order_by(Answer.created_at.desc()).offset(most - 1).limit(1)
    async with store.session() as session:
        given = await session.scalar(last)
    return given + HOUR if given else None
