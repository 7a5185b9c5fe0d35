"""Many items become many results, in their order, by worker processes on one machine or a cluster.

The workers are Ray actors: each makes its function once (a model is loaded there) and is then sent
items in bundles of about a second of work. A worker that dies is replaced and its items are tried
again; an item that kills three of them is given up. Work goes on with the workers there are while
others wait for room.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from tqdm import tqdm

from dataset.execution.actor import Failed, Worker
from dataset.execution.ray_cluster import NoResources, connect

__all__ = ["Failed", "NoResources", "Pool", "WorkerCrashed"]

Item = TypeVar("Item")
Result = TypeVar("Result")

BUNDLE_SECONDS = 1.0  # of work: long against a call's cost of about 1 ms, short against a loss
LARGEST_BUNDLE = 1024
WAITING = 8  # bundles a worker may be ahead of the slowest one, which bounds the memory
ATTEMPTS = 3


class WorkerCrashed(Exception):
    """No worker lives long enough to begin."""


@dataclass
class _Bundle(Generic[Item]):
    start: int  # place of its first item
    items: Sequence[Item]
    attempt: int = 1


@dataclass(frozen=True)
class Pool:
    """How many workers there are, what each needs, and where."""

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
        count = min(room, len(items))
        progress = tqdm(total=len(items), desc=label, unit="item", disable=None)
        with progress:
            for result in _Run(self, make, items, count).results():
                progress.update()
                yield result


class _Run(Generic[Item, Result]):
    """One pass over the items."""

    def __init__(
        self,
        pool: Pool,
        make: Callable[[], Callable[[Item], Result]],
        items: Sequence[Item],
        count: int,
    ) -> None:
        import ray

        self._ray = ray
        remote = ray.remote(Worker).options(num_cpus=pool.cpus, num_gpus=pool.gpus)
        self._new: Callable[[], Any] = lambda: remote.remote(make, str(Path.cwd()))
        self._items = items
        self._begin: dict[Any, Any] = {}  # workers on their way, by the answer they will give
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, _Bundle[Item]]] = {}
        self._again: deque[_Bundle[Item]] = deque()
        self._done: dict[int, Result | Failed] = {}
        self._given = self._yielded = self._stillborn = 0
        self._ahead = count * WAITING
        self._size = 1
        for _ in range(count):
            self._spawn()

    def results(self) -> Iterator[Result | Failed]:
        try:
            while self._yielded < len(self._items):
                self._give()
                self._take()
                while self._yielded in self._done:
                    yield self._done.pop(self._yielded)
                    self._yielded += 1
        finally:
            working = [worker for worker, _ in self._busy.values()]
            for worker in [*self._idle, *self._begin.values(), *working]:
                self._ray.kill(worker)

    def _spawn(self) -> None:
        worker = self._new()
        self._begin[worker.begin.remote()] = worker

    def _give(self) -> None:
        while self._idle and (bundle := self._next()):
            worker = self._idle.pop()
            self._busy[worker.do.remote(bundle.items)] = (worker, bundle)

    def _next(self) -> _Bundle[Item] | None:
        if self._again:
            return self._again.popleft()
        start = self._given
        if start >= len(self._items) or start - self._yielded > self._ahead * self._size:
            return None
        # The last ones are shared out evenly.
        workers = len(self._begin) + len(self._idle) + len(self._busy)
        fair = -(-(len(self._items) - start) // (1 + workers))
        self._given += max(1, min(self._size, fair))
        return _Bundle(start, self._items[start : self._given])

    def _take(self) -> None:
        """Wait for the next answer, whichever worker gives it."""
        from ray.exceptions import RayError, RayTaskError

        (answer, *_), _ = self._ray.wait([*self._busy, *self._begin], num_returns=1)
        beginner = self._begin.pop(answer, None)
        worker, bundle = (beginner, None) if beginner else self._busy.pop(answer)
        try:
            told = self._ray.get(answer)
        except RayTaskError as error:  # of `make`
            self._idle.append(worker)
            raise error.cause from None
        except RayError as error:
            self._ray.kill(worker)  # it may only be out of reach
            self._requeue(bundle, error)
            self._spawn()
            return
        self._idle.append(worker)
        if bundle:
            self._keep(bundle, *told)
        else:
            self._stillborn = 0

    def _keep(self, bundle: _Bundle[Item], results: list[Result | Failed], seconds: float) -> None:
        self._done.update(enumerate(results, bundle.start))
        each = max(seconds, 1e-6) / len(bundle.items)
        self._size = max(1, min(LARGEST_BUNDLE, 2 * self._size, int(BUNDLE_SECONDS / each)))

    def _requeue(self, bundle: _Bundle[Item] | None, error: Exception) -> None:
        """Try a dead worker's items again, one by one, so that the one that kills is found."""
        if not bundle:
            self._stillborn += 1
            if self._stillborn == ATTEMPTS:
                raise WorkerCrashed(
                    f"{ATTEMPTS} workers ended before they began: {error}"
                ) from None
        elif len(bundle.items) > 1:
            self._again.extend(
                _Bundle(bundle.start + i, [item]) for i, item in enumerate(bundle.items)
            )
        elif bundle.attempt < ATTEMPTS:
            self._again.append(_Bundle(bundle.start, bundle.items, bundle.attempt + 1))
        else:
            reason = f"its worker died {ATTEMPTS} times (out of memory?)"
            self._done[bundle.start] = Failed(reason)
