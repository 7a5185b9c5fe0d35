"""Settings of groups, as their administrators chose them."""

import time

from sqlalchemy import delete, update

from bot.db.store import Store
from bot.db.tables import Access, Answer, ChatRow, Digest

REMEMBERED = 30 * 24 * 3600  # s that the choices of a group outlive the bot's being taken out


async def of(store: Store, chat_id: int) -> ChatRow:
    """Return the settings of a group; inserts the defaults where there are none."""
    return await change(store, chat_id)


async def find(store: Store, chat_id: int) -> ChatRow | None:
    """Return the settings of a group; None where nobody has chosen any."""
    async with store.session() as session:
        return await session.get(ChatRow, chat_id)


async def change(store: Store, chat_id: int, **chosen: str | int | bool | None) -> ChatRow:
    """Update columns of `ChatRow`, inserting the row where needed; return all of it."""
    async with store.session() as session:
        new = store.insert(ChatRow).values(id=chat_id).on_conflict_do_nothing()
        await session.execute(new)
        chat = await session.get_one(ChatRow, chat_id)
        for name, value in chosen.items():
            setattr(chat, name, value)
        return chat


async def move(store: Store, old: int, new: int) -> None:
    """Replace the id of a group that became a supergroup in every table; idempotent."""
    async with store.session() as session:
        for table in (ChatRow, Access):
            if await session.get(table, old) is None:
                continue
            if (
                table is ChatRow
            ):  # what was chosen there counts more than the defaults of the new one
                await session.execute(delete(ChatRow).where(ChatRow.id == new))
            elif await session.get(Access, new):  # an operator has decided already
                await session.execute(delete(Access).where(Access.id == old))
            # (Telegram may have said of the old one that we left it.)
            new_values = {"id": new, "left_at": None} if table is ChatRow else {"id": new}
            moved = update(table).where(table.id == old).values(new_values)
            await session.execute(moved.execution_options(synchronize_session=False))
        for holder in (Answer, Digest):
            rows = update(holder).where(holder.chat_id == old).values(chat_id=new)
            await session.execute(rows.execution_options(synchronize_session=False))


async def prune(store: Store) -> None:
    """Delete settings of groups that the bot left more than REMEMBERED seconds ago."""
    async with store.session() as session:
        await session.execute(
            delete(ChatRow).where(ChatRow.left_at < int(time.time()) - REMEMBERED)
        )
