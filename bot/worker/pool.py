"""Recordings are judged in warm processes beside the event loop: one note a process at a time.

A process that dies or hangs is replaced. A note whose process died is tried once more, for it may
have been killed from outside; one that takes too long is not.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import metrics
from bot.worker.process import WorkerCrashed, WorkerProcess
from inference.errors import DetectionError, Empty, NoAudio, TookTooLong, TooLarge, Undecodable
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.speaker import comparison
from inference.speaker.comparison import Comparison
from inference.verdict import Verdict, from_fields

NOTE_SECONDS = 60.0  # at least; five minutes of sound take 4 s here, on a small machine 20 s
PACE = 0.2  # s that a second of sound may take
PING_SECONDS = 5.0
WAITING_BYTES = 80 * 1024**2  # of all notes in work and waiting: four of the biggest

ERRORS = {kind.code: kind for kind in (Empty, TooLarge, Undecodable, NoAudio, TookTooLong)}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Detection:
    """What was found in a recording."""

    sha256: str  # of the file's bytes
    verdict: Verdict
    evidence: Evidence  # what the file itself tells
    picture: bytes | None = None  # JPEG, just drawn
    picture_file_id: str | None = None  # Telegram's file_id of the picture, where it has one


class WorkerPool:
    """The processes that listen, and the queue before them."""

    def __init__(
        self,
        model: Path | None,
        max_seconds: float,
        processes: int,
        places: int,
        note_seconds: float | None = None,
        log_format: str = "text",
    ) -> None:
        self._processes = [WorkerProcess(model, max_seconds, log_format) for _ in range(processes)]
        # The process that was used last is taken first: its memory is warm.
        self._idle: asyncio.LifoQueue[WorkerProcess] = asyncio.LifoQueue()
        self._note_seconds = note_seconds or max(NOTE_SECONDS, PACE * max_seconds)
        self._capacity = Capacity(places, WAITING_BYTES)
        self._closing = False
        self.model = ""  # name and version, known after the start
        self.max_bytes = 0  # of one note, known after the start

    async def start(self) -> None:
        """Load the model in every process; raises ModelError when it cannot be trusted."""
        started = await asyncio.gather(*(process.start() for process in self._processes))
        self.model, self.max_bytes = started[0]["model"], started[0]["max_bytes"]
        for process in self._processes:
            self._idle.put_nowait(process)
        metrics.MODEL.info({"name": self.model})

    async def close(self) -> None:
        """End the processes; what they are working on is finished first."""
        self._closing = True  # no process is started any more
        await asyncio.gather(*(process.close() for process in self._processes))

    def place(self, size: int) -> AbstractContextManager[None]:
        """A place for a note of so many bytes, taken before it is downloaded; raises Busy."""
        return self._capacity.place(size)

    def wait(self, size: int) -> AbstractAsyncContextManager[None]:
        """The same as soon as there is one, for whoever can wait."""
        return self._capacity.wait(size)

    async def detect(
        self, data: bytes, part: tuple[float, float] | None = None, drawn: bool = True
    ) -> Detection:
        """Judge a file, or its part from one second to another; the picture only if `drawn`."""
        asked = {"part": part, "drawn": drawn}
        header, picture = await self._ask(asked, data, self._note_seconds)
        _raise(header)
        return Detection(
            hashlib.sha256(data).hexdigest(),
            from_fields(header["verdict"]),
            evidence.from_fields(header["evidence"]),
            picture or None,
        )

    async def compare(self, suspicious: bytes, known: bytes) -> Comparison:
        """Whether the same person speaks in two files; raises what `detect` does."""
        asked = {"first": len(suspicious)}
        header, _ = await self._ask(asked, suspicious + known, 2 * self._note_seconds)
        _raise(header)
        return comparison.from_fields(header["comparison"])

    @property
    def waiting(self) -> int:
        """Notes in work and waiting."""
        return self._capacity.taken

    @property
    def processes(self) -> list[int]:
        """The numbers of those that run."""
        return [process.number for process in self._processes if process.number]

    async def answers(self) -> bool:
        """Whether notes get answers; processes that are all at work count as well."""
        if self._idle.empty():
            return bool(self.model)  # every question has its time limit, so none hangs for ever
        try:
            await self._ask({}, b"", PING_SECONDS)
        except DetectionError:
            return False
        return True

    async def _ask(
        self, header: dict[str, Any], body: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        with metrics.SECONDS.labels("wait").time():
            process = await self._idle.get()
        try:
            with metrics.SECONDS.labels("judge" if body else "ping").time():
                try:
                    return await process.ask(header, body, seconds)
                except WorkerCrashed as error:  # by the note, or by somebody who needed the memory
                    if self._closing:
                        raise
                    logger.warning("%s; tried once more", error)
                    return await process.ask(header, body, seconds)
        finally:
            self._idle.put_nowait(process)


def _raise(header: dict[str, Any]) -> None:
    """What the listener could not do, as the error that it was there."""
    if "error" in header:
        logger.info("A note got no answer: %s: %s", header["error"], header["message"])
        raise ERRORS.get(header["error"], DetectionError)(header["message"])


class Busy(DetectionError):
    """As many notes are waiting as we take."""

    code = "busy"


class Capacity:
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
