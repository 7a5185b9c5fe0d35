"""Answers that a program with a key got in the last hour: the same bytes are not judged twice."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

KEPT_SECONDS = 3600.0
MOST_BYTES = 32 * 1024**2  # of all answers, as JSON; one with its picture has about 0.3 MB

# Of whom the answer is, of which bytes, by which model and in which language.
Name = tuple[str, str, str, str]


class Remembered:
    """In memory only. Each caller has its own, so that from how fast an answer comes nobody learns
    what others have sent."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Name, tuple[float, str]] = OrderedDict()  # the oldest first
        self._size = 0

    def get(self, name: Name) -> dict[str, Any] | None:
        """An answer that is not too old."""
        self._forget_old()
        found = self._kept.get(name)
        return json.loads(found[1]) if found else None

    def keep(self, name: Name, answer: dict[str, Any]) -> None:
        """Keep an answer, and forget the oldest ones where there is no room."""
        if name in self._kept:
            return
        text = json.dumps(answer)
        self._kept[name] = self._clock(), text
        self._size += len(text)
        while self._size > MOST_BYTES:
            self._drop()
        self._forget_old()

    def _forget_old(self) -> None:
        while self._kept and next(iter(self._kept.values()))[0] + KEPT_SECONDS < self._clock():
            self._drop()

    def _drop(self) -> None:
        _, (_, text) = self._kept.popitem(last=False)
        self._size -= len(text)
