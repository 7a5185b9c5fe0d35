"""A button that is pressed twice at once, as impatient people do, does its work once."""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

TWICE = 30.0  # s between two presses that mean one
REMEMBERED = 10_000  # presses

Press = tuple[int, str]  # by whom, and the button's data


class Once:
    """What was pressed a short while ago. A new start forgets, so that what was cut off is done."""

    def __init__(self) -> None:
        self._at: OrderedDict[Press, float] = OrderedDict()  # s, monotonic

    @contextmanager
    def doing(self, press: Press) -> Iterator[bool]:
        """Whether to do the work of a press now; when that fails, the next press does it."""
        now = time.monotonic()
        if now - self._at.get(press, -TWICE) < TWICE:
            yield False
            return
        self._at[press] = now
        if len(self._at) > REMEMBERED:
            self._at.popitem(last=False)
        try:
            yield True
        except BaseException:
            self.forget(press)
            raise

    def forget(self, press: Press) -> None:
        self._at.pop(press, None)
