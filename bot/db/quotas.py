"""How many minutes of sound a person and a group get answers to in an hour.

Each started minute of a recording that was answered counts as one, also when it was remembered.
"""

import time

from sqlalchemy import ColumnElement, select

from bot.db import Store
from bot.db.tables import Answer, Note
from bot.settings import Settings

HOUR = 3600  # s


async def opens_at(store: Store, settings: Settings, person: int, chat: int) -> int | None:
    """When the next note is heard, in Unix seconds; None when it may be heard now."""
    person_opens = await _opens(store, Answer.asker_id == person, settings.minutes_per_hour)
    if person == chat:  # a private chat
        return person_opens
    chat_opens = await _opens(store, Answer.chat_id == chat, settings.minutes_per_hour_chat)
    return max(filter(None, (person_opens, chat_opens)), default=None)


async def used(store: Store, person: int) -> int:
    """Minutes of the last hour that count for a person."""
    return sum(minutes for _, minutes in await _recent(store, Answer.asker_id == person))


async def _opens(store: Store, whose: ColumnElement[bool], most: int) -> int | None:
    if not most:
        return None
    total = 0
    for given_at, minutes in await _recent(store, whose):
        total += minutes
        if total >= most:
            return given_at + HOUR
    return None


async def _recent(store: Store, whose: ColumnElement[bool]) -> list[tuple[int, int]]:
    """The answers of the last hour, the latest first: when they were given, and their minutes."""
    theirs = (Note.sha256 == Answer.sha256) & (Note.model == Answer.model)
    heard = Note.verdict["heard_seconds"].as_float()
    recent = select(Answer.created_at, heard).outerjoin(Note, theirs)
    recent = recent.where(whose, Answer.created_at > time.time() - HOUR)
    async with store.session() as session:
        rows = await session.execute(recent.order_by(Answer.created_at.desc()))
    return [(row[0], _started_minutes(row[1])) for row in rows]


def _started_minutes(seconds: float | None) -> int:
    """At least one; a verdict of an older version does not tell how much was heard."""
    return max(1, -(-int(seconds or 0.0) // 60))
