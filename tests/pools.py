"""A pool without other processes: Ray's start takes seconds, and what is tested is the step.

`python -m tests.pools -m dataset COMMAND …` runs a command with that pool.
"""

import runpy
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

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


if __name__ == "__main__":
    sys.argv = sys.argv[2:]
    with patch.object(Pool, "each", Here.each):
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
