"""How much may still be said in a group: Telegram takes twenty calls a minute there."""

import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import RetryAfter

MOST, SECONDS = 20, 60.0  # calls that name a group, of whatever kind, and their time
FOR_COMMANDS = 5  # of them are kept for who asks
FOR_COURTESY = 10  # with fewer left, no call is spent on "is sending a photo …"


class Crowded(RetryAfter):
    """We say nothing more in a group for some seconds, before Telegram refuses it."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.message = f"A group has had its {MOST} calls of a minute; {seconds} s to wait"


class Pace:
    """The calls of the last minute, by group."""

    def __init__(self) -> None:
        self._calls: dict[int, deque[float]] = {}  # s, monotonic
        self._promised: defaultdict[int, int] = defaultdict(int)

    def spend(self, chat_id: int) -> None:
        """A call is made."""
        self._forget()
        self._calls.setdefault(chat_id, deque()).append(time.monotonic())

    def left(self, chat_id: int) -> int:
        """Calls that Telegram will still take."""
        self._forget()
        return MOST - len(self._calls.get(chat_id, ())) - self._promised.get(chat_id, 0)

    def wait(self, chat_id: int) -> float:
        """Seconds until Telegram takes one more."""
        self._forget()
        calls = self._calls.get(chat_id, ())
        return calls[-MOST] + SECONDS - time.monotonic() if len(calls) >= MOST else 0.0

    @contextmanager
    def promise(self, chat_id: int) -> Iterator[None]:
        """Inside, one call is about to be made; others that look what is left see it already."""
        self._promised[chat_id] += 1
        try:
            yield
        finally:
            self._promised[chat_id] -= 1
            if not self._promised[chat_id]:
                del self._promised[chat_id]

    def _forget(self) -> None:
        """Drop what is past, of all groups, the longest silent ones first."""
        past = time.monotonic() - SECONDS
        for chat_id in list(self._calls):
            calls = self._calls[chat_id]
            while calls and calls[0] <= past:
                calls.popleft()
            if not calls:
                del self._calls[chat_id]
