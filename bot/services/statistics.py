"""The numbers for the operators' /stats: how many, never who."""

import os
import time
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import log, metrics
from bot.db.tables import Answer, Update, Vote
from bot.telegram.context import Context
from inference.verdict import Label

DAY = 24 * 3600  # s
MOST = 5  # of the busiest people and chats
STARTED = time.monotonic()


@dataclass(frozen=True)
class Statistics:
    """`labels` and `remembered` are since the start; answers, people and groups of a month."""

    answers: int
    today: int  # of these, in the last day
    people: int
    groups: int
    labels: dict[Label, int]
    remembered: int  # notes that were answered from memory
    votes: dict[Label, tuple[int, int]]  # right and wrong, as people said
    queue: int  # updates that are owed an answer
    uptime: float  # s
    memory: int  # bytes, of all our processes
    errors: int  # lines of the log at ERROR and above in the last day


async def gather(context: Context) -> Statistics:
    """Ask the store and the counts."""
    async with context.store.session() as session:
        answers, people = (
            await session.execute(
                select(func.count(), func.count(Answer.asker_id.distinct())).select_from(Answer)
            )
        ).one()
        recent = select(func.count()).where(Answer.created_at > time.time() - DAY)
        groups = select(func.count(Answer.chat_id.distinct())).where(Answer.chat_id < 0)
        owed = select(func.count()).where(Update.answered_at.is_(None))
        voted = await session.execute(
            select(Vote.label, Vote.right, func.count()).group_by(Vote.label, Vote.right)
        )
        counts = {(label, right): number for label, right, number in voted}
        return Statistics(
            answers=answers,
            today=await session.scalar(recent) or 0,
            people=people,
            groups=await session.scalar(groups) or 0,
            labels={label: metrics.answers_of(label) for label in Label},
            remembered=sum(
                int(metrics.total("ouvido_cache_total", found=found))
                for found in ("name", "content")
            ),
            votes={
                label: (counts.get((label, True), 0), counts.get((label, False), 0))
                for label in Label
            },
            queue=max(0, (await session.scalar(owed) or 0) - 1),  # but for /stats itself
            uptime=time.monotonic() - STARTED,
            memory=sum(map(metrics.resident, [os.getpid(), *context.worker.processes])),
            errors=log.errors(DAY),
        )


async def busiest(context: Context) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Ids and answers of the last day: of people, and of groups."""
    people = select(Answer.asker_id, func.count()).group_by(Answer.asker_id)
    groups = select(Answer.chat_id, func.count()).group_by(Answer.chat_id).where(Answer.chat_id < 0)
    found = []
    async with context.store.session() as session:
        for whose in (people, groups):
            recent = whose.where(Answer.created_at > time.time() - DAY)
            rows = await session.execute(recent.order_by(func.count().desc()).limit(MOST))
            found.append([(number, count) for number, count in rows])
    return found[0], found[1]
