"""A round-robin queue: whose turn it is among those who sent updates."""

import time
from collections import deque
from heapq import heapify, heappop, heappush


class Lanes:
    """Round-robin queue: one update in work per sender, at most `most` of all senders.

    Updates of a sender are taken in the order of their ids, which is that of sending. A sender who
    rests, because another replica sees to them, has no turn until `wake`.
    """

    def __init__(self, name: str, most: int) -> None:
        self.name = name
        self._free = most
        self._waiting: dict[int, list[int]] = {}  # heaps: updates of a sender, but the one in work
        self._turns: deque[int] = deque()  # senders with updates and none in work
        self._resting: dict[int, float] = {}  # senders, and since when: s, monotonic

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def __contains__(self, who: int) -> bool:
        return who in self._waiting

    def add(self, who: int, number: int, rests: bool = False) -> None:
        if who not in self._waiting:
            self._waiting[who] = []
            if rests:
                self._resting[who] = time.monotonic()
            else:
                self._turns.append(who)
        elif not rests and self._resting.pop(who, None) is not None:
            self._turns.append(who)
        heappush(self._waiting[who], number)

    def next(self) -> tuple[int, int] | None:
        """Return the next sender and update, or None; `end` must be called when it is done."""
        if not self._free or not self._turns:
            return None
        self._free -= 1
        who = self._turns.popleft()
        return who, heappop(self._waiting[who])

    def end(self, who: int, again: int | None = None) -> None:
        """The update of a sender is done, or is put back and the sender rests."""
        self._free += 1
        if again is not None:
            heappush(self._waiting[who], again)
            self._resting[who] = time.monotonic()
        elif self._waiting[who]:
            self._turns.append(who)
        else:
            del self._waiting[who]

    def wake(self, seconds: float) -> None:
        """Give a turn to those who have rested for so long."""
        since = time.monotonic() - seconds
        for who in [who for who, at in self._resting.items() if at <= since]:
            del self._resting[who]
            self._turns.append(who)

    def drop(self, who: int, number: int) -> bool:
        """Take an update that waits out of the queue; return whether it was there."""
        waiting = self._waiting.get(who, [])
        if number not in waiting:
            return False
        waiting.remove(number)
        heapify(waiting)
        if not waiting and self._resting.pop(who, None) is not None:
            del self._waiting[who]
        elif not waiting and who in self._turns:
            self._turns.remove(who)
            del self._waiting[who]
        return True
