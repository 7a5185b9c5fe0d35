"""The numbers of the operators' /stats. Counts only, no ids."""

import os
import time
from dataclasses import dataclass

from bot import log, metrics
from bot.db import statistics
from bot.telegram.context import Context
from inference.verdict import Label

DAY = 24 * 3600  # s
STARTED = time.monotonic()


@dataclass(frozen=True)
class Statistics:
    """`labels` and `remembered` since the start; answers, people and groups of 30 days."""

    answers: int
    today: int  # of these, in the last day
    people: int
    groups: int
    labels: dict[Label, int]
    remembered: int  # notes that were answered from the cache
    votes: dict[Label, tuple[int, int]]  # right and wrong, as people said
    queue: int  # unanswered updates
    uptime: float  # s
    memory: int  # bytes, of all our processes
    errors: int  # lines of the log at ERROR and above in the last day


async def gather(context: Context) -> Statistics:
    """Read the database, the metrics and the log's count of errors."""
    found = await statistics.count(context.store)
    return Statistics(
        answers=found.answers,
        today=found.today,
        people=found.people,
        groups=found.groups,
        labels={label: metrics.answers_of(label) for label in Label},
        remembered=sum(
            int(metrics.total("ouvido_cache_total", found=kind)) for kind in ("name", "content")
        ),
        votes={
            label: (found.votes.get((label, True), 0), found.votes.get((label, False), 0))
            for label in Label
        },
        queue=max(0, found.owed - 1),  # but for /stats itself
        uptime=time.monotonic() - STARTED,
        memory=sum(map(metrics.resident, [os.getpid(), *context.worker.processes])),
        errors=log.errors(DAY),
    )
