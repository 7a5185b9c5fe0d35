"""How many recordings, and how many bytes of them, are held at a time."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from inference.errors import DetectionError


class Busy(DetectionError):
    """No place is free: as many recordings wait as are allowed."""

    code = "busy"


class Capacity:
    """Limits how many recordings, and how many bytes of them, are held at a time."""

    def __init__(self, places: int, size: int) -> None:
        """Allow so many recordings of together `size` bytes."""
        self._places, self._bytes = places, size
        self.taken = 0  # places
        self._freed = asyncio.Event()

    @contextmanager
    def place(self, size: int) -> Iterator[None]:
        """Hold a place and `size` bytes inside the `with`; raises Busy when they are not free."""
        if self._full(size):
            raise Busy(f"{self._places} places and {self._bytes} bytes are free")
        self._places -= 1
        self.taken += 1
        self._bytes -= size
        try:
            yield
        finally:
            self._places += 1
            self.taken -= 1
            self._bytes += size
            self._freed.set()
            self._freed = asyncio.Event()

    @asynccontextmanager
    async def wait(self, size: int) -> AsyncIterator[None]:
        """Hold a place and `size` bytes inside the `with`, as soon as they are free."""
        while self._full(size):
            await self._freed.wait()
        with self.place(size):
            yield

    def _full(self, size: int) -> bool:
        return self._places == 0 or size > self._bytes
