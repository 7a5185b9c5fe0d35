"""Notes of private chats that were answered and not yet summed up: a few seconds' worth."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.store import Store
from bot.db.tables import BatchNote

Row = dict[str, Any]  # the columns of BatchNote


async def keep(store: Store, row: Row) -> None:
    """Insert a note, or replace what was written before its update was handled again."""
    async with store.session() as session:
        await write(store, session, row)


async def write(store: Store, session: AsyncSession, row: Row) -> None:
    """As `keep`, within a transaction."""
    new = store.insert(BatchNote).values(row)
    await session.execute(
        new.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=row)
    )


async def waiting(store: Store) -> dict[int, int]:
    """Return the chats that have notes, and when the last one was answered, in Unix seconds."""
    async with store.session() as session:
        last = select(BatchNote.chat_id, func.max(BatchNote.answered_at).label("last"))
        found = await session.execute(last.group_by(BatchNote.chat_id))
        return {row.chat_id: row.last for row in found}


async def of(store: Store, chats: Collection[int]) -> dict[int, list[BatchNote]]:
    """Return the notes of these chats, in the order in which they were sent."""
    found: defaultdict[int, list[BatchNote]] = defaultdict(list)
    async with store.session() as session:
        rows = select(BatchNote).where(BatchNote.chat_id.in_(chats))
        for row in await session.scalars(rows.order_by(BatchNote.message_id)):
            found[row.chat_id].append(row)
    return found


async def drop(store: Store, told: Sequence[Sequence[BatchNote]]) -> None:
    """Delete the notes of some chats, as `of` returned them: summed up, or too few for it."""
    async with store.session() as session:
        for rows in told:  # not a later one, which belongs to the next summary
            theirs = (BatchNote.chat_id == rows[0].chat_id) & (
                BatchNote.message_id <= rows[-1].message_id
            )
            await session.execute(delete(BatchNote).where(theirs))
