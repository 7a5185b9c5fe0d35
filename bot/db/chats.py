"""Settings of groups, as their administrators chose them."""

import time

from sqlalchemy import delete, select, update

from bot.db.store import Store
from bot.db.tables import Access, Answer, ChatRow, Digest

UNCHOSEN = ("id", "left_at")  # columns of `ChatRow` that nobody chooses
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
    """Replace the id of a group that became a supergroup in every table; idempotent.

    What an operator decided of the supergroup stands, and so do its settings when the old row has
    nothing but defaults: updates of the old number may insert one after the group has moved.
    """
    async with store.session() as session:
        chat = await session.get(ChatRow, old)
        if chat and (_has_choices(chat) or await session.get(ChatRow, new) is None):
            await session.execute(delete(ChatRow).where(ChatRow.id == new))
            # Telegram may have said of the old one that we left it.
            moved = update(ChatRow).where(ChatRow.id == old).values(id=new, left_at=None)
            await session.execute(moved.execution_options(synchronize_session=False))
        elif chat:
            await session.execute(delete(ChatRow).where(ChatRow.id == old))
        if await session.get(Access, new):
            await session.execute(delete(Access).where(Access.id == old))
        taken = select(Digest.message_id).where(Digest.chat_id == new)
        double = (Digest.chat_id == old) & Digest.message_id.in_(taken)
        await session.execute(delete(Digest).where(double))  # numbers begin anew in a supergroup
        for column in (Access.id, Answer.chat_id, Digest.chat_id):
            rows = update(column.class_).where(column == old).values({column: new})
            await session.execute(rows.execution_options(synchronize_session=False))


def _has_choices(chat: ChatRow) -> bool:
    """Return whether anything but the id and the leaving differs from the defaults."""
    columns = (column for column in ChatRow.__table__.columns if column.name not in UNCHOSEN)
    return any(
        getattr(chat, column.name) != (column.default.arg if column.default else None)
        for column in columns
    )


async def prune(store: Store) -> None:
    """Delete settings of groups that the bot left more than REMEMBERED seconds ago."""
    async with store.session() as session:
        await session.execute(
            delete(ChatRow).where(ChatRow.left_at < int(time.time()) - REMEMBERED)
        )
