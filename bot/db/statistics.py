"""Counts for the operators. No names; ids only of the busiest people and groups."""

import time
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.db.store import Store
from bot.db.tables import Answer, UpdateRow, Vote

DAY = 24 * 3600  # s
MOST = 5  # of the busiest people and chats


@dataclass(frozen=True)
class Counts:
    """Numbers of the last 30 days, after which answers are deleted."""

    answers: int
    today: int  # of these, in the last day
    people: int
    groups: int
    votes: dict[tuple[str, bool], int]  # by what we had answered, and whether that was right
    owed: int  # updates without an answer


async def count(store: Store) -> Counts:
    """Count answers, people, groups, votes and unanswered updates."""
    recent = select(func.count()).where(Answer.created_at > time.time() - DAY)
    groups = select(func.count(Answer.chat_id.distinct())).where(Answer.chat_id < 0)
    owed = select(func.count()).where(UpdateRow.answered_at.is_(None))
    voted = select(Vote.label, Vote.is_correct, func.count()).group_by(Vote.label, Vote.is_correct)
    all_of_them = select(func.count(), func.count(Answer.asker_id.distinct())).select_from(Answer)
    async with store.session() as session:
        answers, people = (await session.execute(all_of_them)).one()
        return Counts(
            answers=answers,
            today=await session.scalar(recent) or 0,
            people=people,
            groups=await session.scalar(groups) or 0,
            votes={(label, right): number for label, right, number in await session.execute(voted)},
            owed=await session.scalar(owed) or 0,
        )


async def busiest(store: Store) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return (id, answers) of the busiest people and of the busiest groups of the last day."""
    people = select(Answer.asker_id, func.count()).group_by(Answer.asker_id)
    groups = select(Answer.chat_id, func.count()).group_by(Answer.chat_id).where(Answer.chat_id < 0)
    found = []
    async with store.session() as session:
        for whose in (people, groups):
            recent = whose.where(Answer.created_at > time.time() - DAY)
            rows = await session.execute(recent.order_by(func.count().desc()).limit(MOST))
            found.append([(number, count) for number, count in rows])
    return found[0], found[1]
