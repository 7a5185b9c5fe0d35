"""The queue of updates: stored as they arrive, kept until they are answered."""

import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.store import Store
from bot.db.tables import UpdateRow

Content = dict[str, Any]  # as Telegram sent it, with its "update_id"

CHANNEL = "ouvido_updates"  # of PostgreSQL's NOTIFY: an update was stored
REMEMBERED = 2 * 24 * 3600  # s that an answered id is kept; Telegram repeats it for a day


def is_update(content: object) -> bool:
    """Return whether this JSON is an object with an `update_id` that fits into 64 bits."""
    if not isinstance(content, dict):
        return False
    number = content.get("update_id")
    return type(number) is int and 0 <= number < 2**63  # True is an int as well


async def keep(store: Store, contents: Sequence[Content]) -> list[int]:
    """Insert updates; return the ids of those that are new, in ascending order."""
    now = int(time.time())
    rows = [
        {"id": content["update_id"], "content": content, "received_at": now, "attempts": 0}
        for content in contents
    ]
    if not rows:
        return []
    async with store.session() as session:
        new = store.insert(UpdateRow).on_conflict_do_nothing().returning(UpdateRow.id)
        kept = sorted((await session.scalars(new, rows)).all())
        if kept and not store.is_sqlite:
            await session.execute(select(func.pg_notify(CHANNEL, "")))
        return kept


async def owed(store: Store) -> list[Content]:
    """Return all unanswered updates, oldest first.

    Those that the journal has as answered are marked so first, and the journal is emptied.
    """
    in_journal = set(store.journal.open())
    async with store.session() as session:
        waiting = select(UpdateRow).where(UpdateRow.answered_at.is_(None)).order_by(UpdateRow.id)
        rows = (await session.scalars(waiting)).all()
        contents = [row.content for row in rows if row.content and row.id not in in_journal]
        for row in rows:
            if row.id in in_journal:
                row.answered_at, row.content = int(time.time()), None
    store.journal.clear()
    return contents


async def owed_ids(store: Store) -> set[int]:
    """Return the ids of all unanswered updates."""
    async with store.session() as session:
        waiting = select(UpdateRow.id).where(UpdateRow.answered_at.is_(None))
        return set((await session.scalars(waiting)).all())


async def contents_of(store: Store, numbers: Collection[int]) -> list[Content]:
    """Return those of some updates that are unanswered, oldest first."""
    async with store.session() as session:
        theirs = select(UpdateRow.content).where(UpdateRow.id.in_(numbers)).order_by(UpdateRow.id)
        found: Sequence[Content | None] = (await session.scalars(theirs)).all()
        return [content for content in found if content]


async def mark(store: Store, numbers: Collection[int]) -> None:
    """Mark updates as answered; what the journal has is in the database from now on."""
    async with store.session() as session:
        await session.execute(
            update(UpdateRow)
            .where(UpdateRow.id.in_(numbers), UpdateRow.answered_at.is_(None))
            .values(answered_at=int(time.time()), content=None)
        )
    for number in numbers:
        store.journal.known(number)


async def settle(store: Store) -> None:
    """Mark what the journal has and the database may not have: of this run and of the last."""
    if numbers := {*store.journal.unknown, *store.journal.left()}:
        await mark(store, numbers)
        store.journal.clear()


class Begun(NamedTuple):
    """An update that is to be answered now."""

    content: Content
    attempts: int  # before this one
    age: int  # s
    progress_message_id: int | None  # left over where an attempt was killed


async def begin(session: AsyncSession, number: int) -> Begun | None:
    """Count an attempt and return the update; None when it is answered already."""
    row = await session.get(UpdateRow, number)
    if row is None or row.content is None or row.answered_at is not None:
        return None
    row.attempts += 1
    age = int(time.time()) - row.received_at
    return Begun(row.content, row.attempts - 1, age, row.progress_message_id)


async def keep_progress(store: Store, number: int, message_id: int) -> None:
    """Remember the message that shows how far an update's note was heard."""
    async with store.session() as session:
        await session.execute(
            update(UpdateRow).where(UpdateRow.id == number).values(progress_message_id=message_id)
        )


async def postpone(store: Store, number: int) -> None:
    """Take back an attempt that failed because Telegram could not be reached."""
    async with store.session() as session:
        await session.execute(
            update(UpdateRow).where(UpdateRow.id == number).values(attempts=UpdateRow.attempts - 1)
        )


@asynccontextmanager
async def answered(store: Store, number: int) -> AsyncIterator[AsyncSession]:
    """A transaction at whose end an update is marked as answered and its content deleted."""
    store.journal.strike(number)
    async with store.session() as session:
        yield session
        await session.execute(
            update(UpdateRow)
            .where(UpdateRow.id == number, UpdateRow.answered_at.is_(None))
            .values(answered_at=int(time.time()), content=None)
        )
    store.journal.known(number)


async def prune(store: Store) -> None:
    """Delete answered updates that Telegram will not repeat any more."""
    async with store.session() as session:
        await session.execute(
            delete(UpdateRow).where(UpdateRow.answered_at < int(time.time()) - REMEMBERED)
        )
