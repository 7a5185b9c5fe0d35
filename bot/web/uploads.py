"""A file of a form, or the body itself: small ones are held in memory, others in a file without a
name."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from aiohttp import BodyPartReader, StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.worker.capacity import Capacity
from inference.errors import TooLarge

CHUNK = 256 * 1024  # bytes
RECEIVE_SECONDS = 120.0  # for the upload of one file, and more for a large one:
SLOWEST = 500_000  # bytes a second


class WrongForm(Exception):
    """What came is no form of files, or no whole body."""


class Disk:
    """Where files are kept while they are judged that are too large for memory; one at a time."""

    def __init__(self, folder: Path, most: int) -> None:
        """`folder` is made when it is needed; a file has at most `most` bytes."""
        self._folder, self.most = folder, most
        self._capacity = Capacity(1, most)

    def file(self, stack: AsyncExitStack) -> BinaryIO:
        """Return a file without a name, gone when `stack` ends or we do; raises Busy, OSError."""
        stack.enter_context(self._capacity.place(self.most))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return stack.enter_context(TemporaryFile(dir=self._folder))


async def parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """The files of a form, each to be read before the next; raises WrongForm."""
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "files":
                yield part
    except (ValueError, HttpProcessingError) as error:  # aiohttp's words for it
        raise WrongForm(str(error)) from error


@asynccontextmanager
async def received(
    part: BodyPartReader | StreamReader, held: int, disk: Disk
) -> AsyncIterator[bytes | Path]:
    """Read a file of a form, or a body, to its end: its bytes; a path where they are over `held`.

    Raises TooLarge at the first byte too much, WrongForm, TimeoutError, Busy and OSError.
    """
    data, size = bytearray(), 0
    file: BinaryIO | None = None
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(RECEIVE_SECONDS) as limit:  # a place isn't held for ever
            begun = limit.when() or 0.0
            while chunk := await _chunk(part):
                size += len(chunk)
                if size > disk.most:
                    raise TooLarge(f"{size} bytes, at most {disk.most} are taken")
                if file is None and size > held:
                    file = disk.file(stack)
                    file.write(data)
                    data.clear()
                if file:
                    await asyncio.to_thread(file.write, chunk)
                    limit.reschedule(begun + size / SLOWEST)
                else:
                    data += chunk
            if file:
                file.flush()
        # The process that judges may open it there; it has no other name.
        yield Path(f"/proc/{os.getpid()}/fd/{file.fileno()}") if file else bytes(data)


async def _chunk(part: BodyPartReader | StreamReader) -> bytes:
    try:
        if isinstance(part, StreamReader):
            return await part.read(CHUNK)
        return await part.read_chunk(CHUNK)
    except (ValueError, HttpProcessingError) as error:
        raise WrongForm(str(error)) from error
