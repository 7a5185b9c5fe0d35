"""The updates that are owed an answer, in the store."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.store import Store
from bot.db.tables import UpdateRow

Content = dict[str, Any]  # as Telegram sent it, with its "update_id"

REMEMBERED = 2 * 24 * 3600  # s that a number is kept; Telegram repeats an update for a day


def is_update(content: object) -> bool:
    """Whether this has a number that Telegram could have given, and we can keep (64 bits)."""
    if not isinstance(content, dict):
        return False
    number = content.get("update_id")
    return type(number) is int and 0 <= number < 2**63  # True is an int as well


async def keep(store: Store, contents: Sequence[Content]) -> list[int]:
    """Write updates down; the numbers of those that were not known yet."""
    now = int(time.time())
    rows = [
        {"id": content["update_id"], "content": content, "received_at": now, "attempts": 0}
        for content in contents
    ]
    if not rows:
        return []
    async with store.session() as session:
        new = store.insert(UpdateRow).on_conflict_do_nothing().returning(UpdateRow.id)
        return sorted((await session.scalars(new, rows)).all())


async def owed(store: Store) -> list[Content]:
    """All that has no answer yet, oldest first."""
    struck = set(store.journal.open())
    async with store.session() as session:
        waiting = select(UpdateRow).where(UpdateRow.answered_at.is_(None)).order_by(UpdateRow.id)
        rows = (await session.scalars(waiting)).all()
        contents = [row.content for row in rows if row.content and row.id not in struck]
        for row in rows:
            if row.id in struck:
                row.answered_at, row.content = int(time.time()), None
    store.journal.clear()
    return contents


async def begin(session: AsyncSession, number: int) -> tuple[Content, int, int] | None:
    """The update to be answered, how often that was tried before, and the seconds since it came.

    None when it is answered.
    """
    row = await session.get(UpdateRow, number)
    if row is None or row.content is None or row.answered_at is not None:
        return None
    row.attempts += 1
    return row.content, row.attempts - 1, int(time.time()) - row.received_at


async def postpone(store: Store, number: int) -> None:
    """Telegram was out of reach: that try does not count."""
    async with store.session() as session:
        await session.execute(
            update(UpdateRow).where(UpdateRow.id == number).values(attempts=UpdateRow.attempts - 1)
        )


@asynccontextmanager
async def answered(store: Store, number: int) -> AsyncIterator[AsyncSession]:
    """A transaction at whose end nothing is owed for an update; its content is forgotten."""
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
    """Forget the numbers that Telegram no longer repeats."""
    async with store.session() as session:
        await session.execute(
            delete(UpdateRow).where(UpdateRow.answered_at < int(time.time()) - REMEMBERED)
        )
