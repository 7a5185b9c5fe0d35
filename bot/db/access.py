"""Access control: allow list, block list and maintenance mode, as the operators set them."""

import time
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Store
from bot.db.tables import Access, Maintenance

ONLY = 1  # the primary key of the only row of `maintenance`


class Standing(StrEnum):
    """What the operators decided about a person or a chat."""

    BLOCKED = "blocked"
    ALLOWED = "allowed"
    UNKNOWN = "unknown"


async def standing(session: AsyncSession, ids: Collection[int]) -> Standing:
    """BLOCKED when a person or their chat is blocked, else ALLOWED when either is allowed."""
    decisions = set(await session.scalars(select(Access.allowed).where(Access.id.in_(ids))))
    if False in decisions:
        return Standing.BLOCKED
    return Standing.ALLOWED if decisions else Standing.UNKNOWN


async def decide(store: Store, number: int, allowed: bool) -> None:
    """Allow or block a person or a chat, in place of an earlier decision."""
    decision = {"allowed": allowed, "decided_at": int(time.time())}
    async with store.session() as session:
        row = store.insert(Access).values(id=number, **decision)
        await session.execute(row.on_conflict_do_update(index_elements=["id"], set_=decision))


async def undecide(store: Store, number: int) -> bool:
    """Delete a decision; return whether there was one."""
    async with store.session() as session:
        forgotten = delete(Access).where(Access.id == number).returning(Access.id)
        return await session.scalar(forgotten) is not None


async def decided(store: Store, allowed: bool) -> Sequence[int]:
    """Return the ids that are allowed or blocked, the latest decision first."""
    async with store.session() as session:
        listed = select(Access.id).where(Access.allowed.is_(allowed))
        return (await session.scalars(listed.order_by(Access.decided_at.desc()))).all()


async def maintenance(session: AsyncSession) -> Maintenance | None:
    """Return the row of the maintenance mode; None while it is off."""
    return await session.get(Maintenance, ONLY)


async def maintain(store: Store, on: bool, message: str | None = None) -> None:
    """Switch the maintenance mode on or off; without `message` the standard text is shown."""
    async with store.session() as session:
        await session.execute(delete(Maintenance))
        if on:
            session.add(Maintenance(id=ONLY, message=message, started_at=int(time.time())))
