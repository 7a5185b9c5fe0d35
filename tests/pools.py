"""A pool without other processes: Ray's start takes seconds, and what is tested is the step."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dataset.execution.actor import Worker
from dataset.execution.pool import Failed, Item, Pool, Result


class Here(Pool):
    """One worker, in this process."""

    def each(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item], label: str
    ) -> Iterator[Result | Failed]:
        if not items:
            return
        worker = Worker(make, str(Path.cwd()))
        yield from map(worker.do, items)
