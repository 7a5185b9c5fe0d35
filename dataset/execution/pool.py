"""Many items become many results, in their order, by worker processes on one machine or a cluster.

The workers are Ray actors: each makes its function once (a model is loaded there) and is then sent
one item after the other. Ray restarts a worker that dies and gives it its item again; an item that
kills three of them is given up. Work goes on with the workers there are while others wait for room.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tqdm import tqdm

from dataset.execution.actor import Failed, Worker
from dataset.execution.ray_cluster import NoResources, connect

__all__ = ["Failed", "NoResources", "Pool", "WorkerCrashed"]

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING = 32  # items a worker may be ahead of the slowest one, which bounds the memory
ATTEMPTS = 3


class WorkerCrashed(Exception):
    """No worker lives long enough to begin."""


@dataclass(frozen=True)
class Pool:
    """Number of workers, what each needs, and where they run."""

    workers: int = 0  # 0: as many as the machine or the cluster has room for
    address: str | None = None  # of a Ray cluster, e.g. "ray-head:6379"; None: this machine
    cpus: float = 1.0  # a worker
    gpus: float = 0.0  # a worker

    def each(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item], label: str
    ) -> Iterator[Result | Failed]:
        """Results in the order of `items`; `make()` runs once in every worker.

        An exception in the function becomes `Failed`; one in `make` is raised here. Raises
        NoResources when no machine can hold a worker, WorkerCrashed when none begins.
        """
        if not items:
            return
        room = connect(self.workers, self.address, self.cpus, self.gpus)
        import ray

        remote = ray.remote(Worker).options(
            num_cpus=self.cpus,
            num_gpus=self.gpus,
            max_restarts=-1,
            max_task_retries=ATTEMPTS - 1,
        )
        workers = [remote.remote(make, str(Path.cwd())) for _ in range(min(room, len(items)))]
        try:
            results = _results(workers, items)
            yield from tqdm(results, label, len(items), unit="item", disable=None)
        finally:
            for worker in workers:
                ray.kill(worker)


def _results(workers: Sequence[Any], items: Sequence[Item]) -> Iterator[Any]:
    """Results in the order of `items`, one item at a time in each worker."""
    import ray
    from ray.exceptions import RayError, RayTaskError

    coming = {worker.begin.remote(): (worker, -1) for worker in workers}  # -1: no item yet
    idle: list[Any] = []
    done: dict[int, Any] = {}
    given = told = 0
    while told < len(items):
        (answer, *_), _ = ray.wait([*coming], num_returns=1)
        worker, place = coming.pop(answer)
        try:
            done[place] = ray.get(answer)
        except RayTaskError as error:  # of `make`; the items' own are Failed
            raise error.cause from None
        except RayError as error:
            if place < 0:
                reason = f"{ATTEMPTS} workers ended before they began: {error}"
                raise WorkerCrashed(reason) from None
            done[place] = Failed(f"its worker died {ATTEMPTS} times (out of memory?)")
        idle.append(worker)
        while told in done:
            yield done.pop(told)
            told += 1
        while idle and given < min(len(items), told + WAITING * len(workers)):
            worker = idle.pop()
            coming[worker.do.remote(items[given])] = worker, given
            given += 1
