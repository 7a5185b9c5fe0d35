"""A pool of worker processes, each of which judges one recording at a time.

A process that crashes or exceeds its time is replaced. After a crash the recording is tried once
more, for the process may have been killed from outside; after a time-out it is not.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    contextmanager,
    nullcontext,
)
from dataclasses import asdict, dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any

from bot import metrics
from bot.worker.box import Box
from bot.worker.capacity import Capacity
from bot.worker.process import Progress, WorkerCrashed, WorkerProcess
from inference.decoding import ffmpeg
from inference.drawing.captions import Captions
from inference.errors import (
    DetectionError,
    Empty,
    NoAudio,
    NotSound,
    TookTooLong,
    TooLarge,
    Undecodable,
)
from inference.metadata import evidence
from inference.metadata.evidence import Evidence
from inference.speaker import comparison
from inference.speaker.comparison import Comparison
from inference.verdict import Verdict, from_fields

NOTE_SECONDS = 60.0  # at least; five minutes of sound take 4 s here, on a small machine 20 s
PING_SECONDS = 5.0
WAITING_BYTES = 80 * 1024**2  # of all notes in work and waiting: four of the biggest

ERRORS = {
    kind.code: kind for kind in (Empty, TooLarge, Undecodable, NotSound, NoAudio, TookTooLong)
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Detection:
    """The result for one recording."""

    sha256: str  # of the file's bytes
    verdict: Verdict
    evidence: Evidence  # what the file itself tells
    picture: bytes | None = None  # JPEG, just drawn
    picture_file_ids: dict[str, str] = field(
        default_factory=dict
    )  # Telegram's file_ids by language


class WorkerPool:
    """Worker processes and the queue before them."""

    def __init__(
        self,
        model: Path | None,
        max_seconds: float,
        processes: int,
        places: int,
        note_seconds: float | None = None,
        log_format: str = "text",
    ) -> None:
        """Starts nothing yet.

        Args:
            model: path of the model file; None: the one shipped.
            max_seconds: of a recording that are judged.
            processes: how many recordings are judged at a time.
            places: how many may be in work and waiting.
            note_seconds: time until the first sign of progress, s; None: a minute.
            log_format: "text" or "json", of the processes' own log.
        """
        self._processes = [WorkerProcess(model, max_seconds, log_format) for _ in range(processes)]
        self._idle: asyncio.LifoQueue[WorkerProcess] = (
            asyncio.LifoQueue()
        )  # the warmest is taken first
        self._note_seconds = note_seconds or NOTE_SECONDS
        self._max_seconds = max_seconds
        self._capacity = Capacity(places, WAITING_BYTES)
        self._closing = False
        self.model = ""  # name and version, known after the start
        self.card: dict[str, Any] = {}  # of the model: name, version, thresholds
        self.max_bytes = 0  # of one note, known after the start
        self.box = Box()  # around each process, known after the start

    async def start(self) -> None:
        """Start every process; raises ModelError when the model cannot be loaded or trusted."""
        started = await asyncio.gather(*(process.start() for process in self._processes))
        self.model, self.max_bytes = started[0]["model"], started[0]["max_bytes"]
        self.card = started[0]["card"]
        self.box = Box(**started[0]["box"])
        if self.box.missing:
            logger.warning(
                "Strangers' files are opened with %s only: %s", self.box, self.box.missing
            )
        for process in self._processes:
            self._idle.put_nowait(process)
        metrics.MODEL.info({"name": self.model})

    async def close(self) -> None:
        """Let every process finish its recording, for at most 10 s, and end it."""
        self._closing = True  # no process is started any more
        await asyncio.gather(*(process.close() for process in self._processes))

    def place(self, size: int) -> AbstractContextManager[None]:
        """Reserve a place for `size` bytes before they are downloaded; raises Busy."""
        return self._capacity.place(size)

    def wait(self, size: int) -> AbstractAsyncContextManager[None]:
        """Reserve a place for `size` bytes, waiting until one is free."""
        return self._capacity.wait(size)

    async def detect(
        self,
        source: bytes | Path,
        part: tuple[float, float] | None = None,
        captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:
        """Judge a file, or its part from one second to another; no `captions`: no picture.

        A `Path` may be of any size: the process gets it open. Raises OSError where it can't be.
        """
        asked: dict[str, Any] = {
            "part": part,
            "captions": asdict(captions) if captions else None,
        }
        with source.open("rb", buffering=0) if isinstance(source, Path) else nullcontext() as file:
            data = b"" if isinstance(source, Path) else source
            size = os.fstat(file.fileno()).st_size if file else len(data)
            seconds = self._note_seconds + ffmpeg.extra_seconds(size, self._max_seconds)
            header, picture = await self._ask(asked, data, seconds, progress, file)
        with _understood():
            _raise(header)
            verdict = from_fields(header["verdict"])
            facts = evidence.from_fields(header["evidence"])
        sha256 = await asyncio.to_thread(sha256_of, source)
        return Detection(sha256, verdict, facts, picture or None)

    async def rewrite(self, picture: bytes, verdict: Verdict, captions: Captions) -> bytes:
        """The picture of a verdict with other words; DetectionError where it is none of ours."""
        asked = {"verdict": asdict(verdict), "captions": asdict(captions)}
        header, rewritten = await self._ask(asked, picture, self._note_seconds)
        with _understood():
            _raise(header)
        return rewritten

    async def compare(self, suspicious: bytes, known: bytes) -> Comparison:
        """Compare the voices in two files; raises DetectionError."""
        asked = {"first": len(suspicious)}
        both = suspicious + known
        seconds = 2 * self._note_seconds + ffmpeg.extra_seconds(len(both), 2 * self._max_seconds)
        header, _ = await self._ask(asked, both, seconds)
        with _understood():
            _raise(header)
            return comparison.from_fields(header["comparison"])

    @property
    def size(self) -> int:
        """How many recordings are judged at a time."""
        return len(self._processes)

    @property
    def waiting(self) -> int:
        """Places that are taken: recordings in work and waiting."""
        return self._capacity.taken

    @property
    def processes(self) -> list[int]:
        """Ids of the processes that run."""
        return [process.number for process in self._processes if process.number]

    async def answers(self) -> bool:
        """Ping an idle process; return whether it answered. True while all are at work."""
        if self._idle.empty():
            return bool(self.model)  # every request has a time limit, so none hangs for ever
        try:
            await self._ask({}, b"", PING_SECONDS)
        except DetectionError:
            return False
        return True

    async def _ask(
        self,
        header: dict[str, Any],
        body: bytes,
        seconds: float,
        progress: Progress | None = None,
        file: FileIO | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request to the next idle process; once more to a new one when it crashes."""
        with metrics.SECONDS.labels("wait").time():
            process = await self._idle.get()
        try:
            with metrics.SECONDS.labels("judge" if header else "ping").time():
                try:
                    return await process.ask(header, body, seconds, progress, file)
                except WorkerCrashed as error:  # by the note, or by somebody who needed the memory
                    if self._closing:
                        raise
                    logger.warning("%s; tried once more", error)
                    return await process.ask(header, body, seconds, progress, file)
        finally:
            self._idle.put_nowait(process)


def sha256_of(source: bytes | Path) -> str:
    """The hash of a file's content, in hexadecimal digits."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    return hashlib.sha256(source).hexdigest()


@contextmanager
def _understood() -> Iterator[None]:
    """Raises WorkerCrashed where an answer lacks something or has another form."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise WorkerCrashed(f"the worker's answer has another form: {error!r}") from error


def _raise(header: dict[str, Any]) -> None:
    """Raise the error that a worker process reported in its header, if any."""
    if "error" in header:
        logger.info("A note got no answer: %s: %s", header["error"], header["message"])
        raise ERRORS.get(header["error"], DetectionError)(header["message"])
