"""The queue of the groups' summaries: a row for each note that was judged and not yet reported."""

import time
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from bot.db.store import Store
from bot.db.tables import ChatRow, Digest


async def keep(store: Store, **line: str | int | float | None) -> None:
    """Insert a row, given as columns of `Digest` but `created_at`; a known one stays as it is."""
    row = line | {"created_at": int(time.time())}
    async with store.session() as session:
        await session.execute(store.insert(Digest).values(row).on_conflict_do_nothing())


async def waiting(
    store: Store, but: Collection[tuple[int, int]]
) -> tuple[dict[int, list[Digest]], dict[int, ChatRow | None]]:
    """Return the rows of each chat, oldest first, and the settings of these chats.

    `but` are rows to leave out, as (message_id, created_at): those on their way to Telegram. The
    chat's id is no part of it, for it changes when a group becomes a supergroup meanwhile.
    """
    lines: defaultdict[int, list[Digest]] = defaultdict(list)
    async with store.session() as session:
        for row in await session.scalars(select(Digest).order_by(Digest.created_at)):
            if (row.message_id, row.created_at) not in but:
                lines[row.chat_id].append(row)
        return lines, {id_: await session.get(ChatRow, id_) for id_ in lines}


async def drop(store: Store, chat_id: int, told: Sequence[Digest]) -> None:
    """Delete the rows that were reported in a chat."""
    numbers = [row.message_id for row in told]
    async with store.session() as session:
        theirs = (Digest.chat_id == chat_id) & Digest.message_id.in_(numbers)
        await session.execute(delete(Digest).where(theirs))
