"""Notes that were heard in groups and not told there yet: the lines of their summaries."""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from bot.db.store import Store
from bot.db.tables import ChatRow, Digest


async def keep(store: Store, **line: str | int | float | None) -> None:
    """Add a line, by the columns of `Digest`; once, however often it is kept."""
    row = line | {"created_at": int(time.time())}
    async with store.session() as session:
        await session.execute(store.insert(Digest).values(row).on_conflict_do_nothing())


async def waiting(
    store: Store, but: Collection[tuple[int, int]]
) -> tuple[dict[int, list[Digest]], dict[int, ChatRow | None]]:
    """The lines of each chat, oldest first, and what these chats chose.

    `but`: lines that are left out, by the number of their message and their time; a group may get
    another number while it is written to.
    """
    lines: defaultdict[int, list[Digest]] = defaultdict(list)
    async with store.session() as session:
        for row in await session.scalars(select(Digest).order_by(Digest.created_at)):
            if (row.message_id, row.created_at) not in but:
                lines[row.chat_id].append(row)
        return lines, {id_: await session.get(ChatRow, id_) for id_ in lines}


async def drop(store: Store, chat_id: int, told: Sequence[Digest]) -> None:
    """Erase lines that were told in a chat."""
    numbers = [row.message_id for row in told]
    async with store.session() as session:
        theirs = (Digest.chat_id == chat_id) & Digest.message_id.in_(numbers)
        await session.execute(delete(Digest).where(theirs))
