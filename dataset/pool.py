"""Many items become many results, in their order, by worker processes on one machine or a cluster.

The workers are Ray actors: each makes its function once (a model is loaded there) and is then sent
items in bundles of about a second of work. A worker that dies is replaced and its items are tried
again; an item that kills three of them is given up.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Result = TypeVar("Result")

BUNDLE_SECONDS = 1.0  # of work: long against a call's cost of about 1 ms, short against a loss
LARGEST_BUNDLE = 256
WAITING = 8  # bundles a worker may be ahead of the slowest one, which bounds the memory
ATTEMPTS = 3
STORE = 256 * 1024 * 1024  # bytes of shared memory for results on their way


@dataclass(frozen=True)
class Failed:
    """An item that has no result, and why."""

    reason: str


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

        An exception in the function becomes `Failed`; one in `make` is raised here.
        """
        if not items:
            return
        count = min(self._connect(), len(items))
        progress = tqdm(total=len(items), desc=label, unit="item", disable=None)
        with progress:
            for result in _Run(self, make, items, count).results():
                progress.update()
                yield result

    def _connect(self) -> int:
        """Join the cluster or start Ray here; returns how many workers fit."""
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would report to its makers
        import ray  # takes a second, which `--help` need not wait

        wanted = self.workers * self.cpus
        if ray.is_initialized() and ray.cluster_resources().get("CPU", 0.0) < wanted:
            ray.shutdown()
        if not ray.is_initialized() and self.address:
            ray.init(address=self.address, log_to_driver=False)
        elif not ray.is_initialized():
            ray.init(
                address="local",
                num_cpus=max(os.cpu_count() or 1, round(wanted)),
                object_store_memory=STORE,
                include_dashboard=False,
                log_to_driver=False,
            )
        if self.workers:
            return self.workers
        room = ray.cluster_resources()
        count = room.get("CPU", 1.0) / self.cpus if self.cpus else float("inf")
        if self.gpus:
            count = min(count, room.get("GPU", 0.0) / self.gpus)
        return max(1, int(count))


class _Worker(Generic[Item, Result]):
    """Runs in a process of its own."""

    def __init__(self, make: Callable[[], Callable[[Item], Result]]) -> None:
        self._make = make
        self._work: Callable[[Item], Result] | None = None

    def do(self, items: Sequence[Item]) -> tuple[list[Result | Failed], float]:
        """Results, and the seconds they took without the making of the function."""
        if self._work is None:
            self._work = self._make()
        start = time.perf_counter()
        results = [self._one(self._work, item) for item in items]
        return results, time.perf_counter() - start

    @staticmethod
    def _one(work: Callable[[Item], Result], item: Item) -> Result | Failed:
        try:
            return work(item)
        except Exception as error:  # the worker's edge: one bad item must not stop ten thousand
            return Failed(str(error) or type(error).__name__)


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
        remote = ray.remote(_Worker).options(num_cpus=pool.cpus, num_gpus=pool.gpus)
        self._hire: Callable[[], Any] = lambda: remote.remote(make)
        self._items = items
        self._idle = [self._hire() for _ in range(count)]
        self._busy: dict[Any, tuple[Any, _Bundle[Item]]] = {}
        self._again: deque[_Bundle[Item]] = deque()
        self._done: dict[int, Result | Failed] = {}
        self._given = self._yielded = 0
        self._ahead = count * WAITING
        self._size = 1

    def results(self) -> Iterator[Result | Failed]:
        try:
            while self._yielded < len(self._items):
                self._give()
                self._take()
                while self._yielded in self._done:
                    yield self._done.pop(self._yielded)
                    self._yielded += 1
        finally:
            for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
                self._ray.kill(worker)

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
        fair = -(-(len(self._items) - start) // (1 + len(self._idle) + len(self._busy)))
        self._given += max(1, min(self._size, fair))
        return _Bundle(start, self._items[start : self._given])

    def _take(self) -> None:
        from ray.exceptions import RayError, RayTaskError

        (answer, *_), _ = self._ray.wait(list(self._busy), num_returns=1)
        worker, bundle = self._busy.pop(answer)
        try:
            results, seconds = self._ray.get(answer)
        except RayTaskError:
            self._idle.append(worker)
            raise
        except RayError:
            self._idle.append(self._hire())
            self._try_again(bundle)
            return
        self._idle.append(worker)
        self._done.update(enumerate(results, bundle.start))
        each = max(seconds, 1e-6) / len(bundle.items)
        self._size = max(1, min(LARGEST_BUNDLE, 2 * self._size, int(BUNDLE_SECONDS / each)))

    def _try_again(self, bundle: _Bundle[Item]) -> None:
        """One by one, so that an item that kills is found."""
        if len(bundle.items) > 1:
            self._again.extend(
                _Bundle(bundle.start + i, [item]) for i, item in enumerate(bundle.items)
            )
        elif bundle.attempt < ATTEMPTS:
            self._again.append(_Bundle(bundle.start, bundle.items, bundle.attempt + 1))
        else:
            reason = f"its worker died {ATTEMPTS} times (out of memory?)"
            self._done[bundle.start] = Failed(reason)
