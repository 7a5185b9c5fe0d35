"""Who gave which recording; the files lie in a folder, see `bot.services.donations`."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import Donation

DAY = 24 * 3600  # s


class Totals(NamedTuple):
    size: int  # bytes of all donations
    today: int  # donations of this person in the last day


async def totals(session: AsyncSession, person: int) -> Totals:
    """Count what the limits are compared with: bytes of all, and this person's of the last day."""
    today = select(func.count()).where(
        Donation.person_id == person, Donation.donated_at > int(time.time()) - DAY
    )
    size = await session.scalar(select(func.sum(Donation.size)))
    return Totals(size or 0, await session.scalar(today) or 0)


async def has_given(session: AsyncSession, person: int, sha256: str) -> bool:
    """Return whether a person has given a file of this hash already."""
    same = select(Donation.id).where(Donation.sha256 == sha256, Donation.person_id == person)
    return await session.scalar(same) is not None


async def of(session: AsyncSession, person: int) -> Sequence[Donation]:
    """Return a person's donations, the latest first."""
    theirs = select(Donation).where(Donation.person_id == person)
    return (await session.scalars(theirs.order_by(Donation.donated_at.desc()))).all()


async def forget(session: AsyncSession, names: Sequence[str]) -> None:
    """Delete donations by their ids."""
    await session.execute(delete(Donation).where(Donation.id.in_(names)))
