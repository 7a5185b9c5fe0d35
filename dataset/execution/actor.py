"""One process of the pool: it makes its function once and then does what it is sent."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from dataset.execution.ray_cluster import NoResources

Item = TypeVar("Item")
Result = TypeVar("Result")

LONGEST_REASON = 300  # letters


@dataclass(frozen=True)
class Failed:
    """An item that has no result, and why."""

    reason: str


class Worker(Generic[Item, Result]):
    """Runs as a Ray actor, perhaps on another machine."""

    def __init__(self, make: Callable[[], Callable[[Item], Result]], folder: str) -> None:
        self._make, self._folder = make, folder
        self._work: Callable[[Item], Result] | None = None

    def begin(self) -> None:
        if not Path(self._folder).is_dir():
            raise NoResources(
                f"{socket.gethostname()} has no {self._folder}: machines share the disk"
            )
        os.chdir(self._folder)  # what is relative means the same everywhere
        self._work = self._make()

    def do(self, item: Item) -> Result | Failed:
        if self._work is None:  # Ray has restarted the process
            self.begin()
        assert self._work is not None
        try:
            return self._work(item)
        except Exception as error:  # the worker's edge: one bad item must not stop ten thousand
            return Failed(_reason(error))


def _reason(error: Exception) -> str:
    """One line. Only our own errors explain themselves: `KeyError: 'pt'` needs its name."""
    words = " ".join(str(error).split())[:LONGEST_REASON]
    ours = type(error).__module__.startswith(("dataset.", "inference."))
    return words if ours and words else f"{type(error).__name__}: {words}".removesuffix(": ")
