"""Whom the bot serves: what its operators decided, kept in the store."""

import time
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Store
from bot.db.tables import Access, Maintenance

ONLY = 1  # the number of the one row of maintenance


class Standing(StrEnum):
    """Of whoever asks, as a person and as a chat."""

    BLOCKED = "blocked"
    ALLOWED = "allowed"
    UNKNOWN = "unknown"


async def standing(session: AsyncSession, ids: Collection[int]) -> Standing:
    """Of somebody in a chat: who is blocked as one of both is blocked."""
    decisions = set(await session.scalars(select(Access.allowed).where(Access.id.in_(ids))))
    if False in decisions:
        return Standing.BLOCKED
    return Standing.ALLOWED if decisions else Standing.UNKNOWN


async def decide(store: Store, number: int, allowed: bool) -> None:
    """Let a person or a chat in, or keep it out; takes the place of what was decided before."""
    decision = {"allowed": allowed, "decided_at": int(time.time())}
    async with store.session() as session:
        row = store.insert(Access).values(id=number, **decision)
        await session.execute(row.on_conflict_do_update(index_elements=["id"], set_=decision))


async def undecide(store: Store, number: int) -> bool:
    """Forget a decision; whether there was one."""
    async with store.session() as session:
        forgotten = delete(Access).where(Access.id == number).returning(Access.id)
        return await session.scalar(forgotten) is not None


async def decided(store: Store, allowed: bool) -> Sequence[int]:
    """All that are let in or kept out, the latest first."""
    async with store.session() as session:
        listed = select(Access.id).where(Access.allowed.is_(allowed))
        return (await session.scalars(listed.order_by(Access.decided_at.desc()))).all()


async def maintenance(session: AsyncSession) -> Maintenance | None:
    """What to say while the bot is being worked on; None when it is not."""
    return await session.get(Maintenance, ONLY)


async def maintain(store: Store, on: bool, message: str | None = None) -> None:
    """Begin maintenance, with an own message or the standard one, or end it."""
    async with store.session() as session:
        await session.execute(delete(Maintenance))
        if on:
            session.add(Maintenance(id=ONLY, message=message, started_at=int(time.time())))
