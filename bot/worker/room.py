"""Room for what is in work and waiting: so many places, so many bytes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from inference.errors import DetectionError


class Busy(DetectionError):
    """As many notes are waiting as we take."""

    code = "busy"


class Room:
    """What is taken is given back at the end of the `with`."""

    def __init__(self, places: int, size: int) -> None:
        self._places, self._bytes = places, size
        self.taken = 0  # places
        self._freed = asyncio.Event()

    @contextmanager
    def place(self, size: int) -> Iterator[None]:
        """A place for so many bytes, taken before they are fetched; raises Busy."""
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
        """A place for so many bytes, as soon as there is one."""
        while self._full(size):
            await self._freed.wait()
        with self.place(size):
            yield

    def _full(self, size: int) -> bool:
        return self._places == 0 or size > self._bytes
