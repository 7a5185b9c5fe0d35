"""The bot's handle of one worker process: start, ask with a time limit, kill."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from io import FileIO
from math import isfinite
from pathlib import Path
from typing import Any

from bot import metrics
from bot.settings import Settings
from bot.worker import protocol
from inference.errors import DetectionError, ModelError, TookTooLong

START_SECONDS = 60.0  # a model that is not loaded by then never will be
END_SECONDS = 10.0  # what a listener may take to end when its work is done
SILENT_SECONDS = 60.0  # between two signs of progress
PACE = 1.0  # s that a second of sound may take as long as there is progress; 0.013 here

Progress = Callable[[float, float], None]  # gets the seconds that were heard, and those to hear

# Freed memory beyond 32 MB goes back, so that a note of five minutes leaves no more than one of ten
# seconds. Giving back more would cost each note a fifth of its time, in pages asked for again. And
# numpy needs no thread and buffer for every core.
THRIFTY = {
    "MALLOC_TRIM_THRESHOLD_": "33554432",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "OPENBLAS_NUM_THREADS": "1",
}


class WorkerCrashed(DetectionError):
    """The worker process died or broke the protocol."""


class WorkerProcess:
    """A worker process that is kept running; one that died is started again by the next request."""

    def __init__(self, model: Path | None, max_seconds: float, log_format: str = "text") -> None:
        # -P: a folder named like one of our packages, where the user stands, must not be imported
        self._command = [sys.executable, "-P", "-m", "bot.worker"]
        self._command += ["--max-seconds", str(max_seconds), "--log-format", log_format]
        self._command += ["--model", str(model)] if model else []
        self._max_seconds = max_seconds
        self._child: asyncio.subprocess.Process | None = None
        self._files: socket.socket | None = None  # passes open files on to it

    @property
    def number(self) -> int | None:
        """The process id; None while it does not run."""
        return self._child.pid if self._child else None

    async def start(self) -> dict[str, Any]:
        """Start the process and return its first header; raises ModelError when it has no model."""
        self._close_files()
        self._files, theirs = socket.socketpair()
        with theirs:
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                *("--files", str(theirs.fileno())),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl-C is for the bot; and a kill takes the decoder along
                env=_environment(),
            )
        assert self._child.stdout is not None
        try:
            async with asyncio.timeout(START_SECONDS):
                header, _ = await receive(self._child.stdout)
        except (protocol.BrokenFrame, TimeoutError) as error:
            await self.kill()
            raise ModelError(
                "the listening process did not start; its words stand above"
            ) from error
        except BaseException:  # cancelled: nobody would ever end this child
            await self.kill()
            raise
        if "refused" in header:
            await self.kill()
            raise ModelError(header["refused"])
        return header

    async def ask(
        self,
        header: dict[str, Any],
        body: bytes,
        seconds: float,
        progress: Progress | None = None,
        file: FileIO | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """One question, one answer; whatever goes wrong on the way ends the process.

        The process gets an open `file` as it is, since it can open none by itself. The answer has
        `seconds`, and more for a long recording, as long as there is progress.
        """
        answered = False
        try:
            if self._child is None or self._child.returncode is not None:
                metrics.RESTARTS.inc()
                await self.start()
            async with asyncio.timeout(seconds) as limit:
                if file:
                    assert self._files is not None
                    socket.send_fds(self._files, [b"f"], [file.fileno()])
                    header = header | {"passed": True}
                answer = await self._exchange(header, body, limit, progress)
            answered = True
            return answer
        except TimeoutError as error:
            raise TookTooLong(f"no answer, or no progress, for {seconds:g} s") from error
        except (protocol.BrokenFrame, ConnectionError) as error:
            raise WorkerCrashed(f"the listening process ended: {error}") from error
        except ModelError as error:
            raise DetectionError(f"no listening process can be started: {error}") from error
        finally:
            if not answered:  # also when cancelled: half an answer may stand in the pipe
                await self.kill()

    async def _exchange(
        self,
        header: dict[str, Any],
        body: bytes,
        limit: asyncio.Timeout,
        progress: Progress | None,
    ) -> tuple[dict[str, Any], bytes]:
        assert self._child is not None
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(protocol.pack(header, body))
        self._child.stdin.write(body)
        await self._child.stdin.drain()
        begun, first = asyncio.get_running_loop().time(), limit.when() or 0.0
        while "heard" in (answer := await receive(self._child.stdout))[0]:
            heard, total = _progress(answer[0])
            # A listener that a file took over must not go on for ever by telling of progress.
            last = max(first, begun + SILENT_SECONDS + PACE * min(total, self._max_seconds))
            now = asyncio.get_running_loop().time()
            limit.reschedule(min(last, max(first, now + SILENT_SECONDS)))
            if progress:
                progress(heard, total)
        return answer

    async def close(self) -> None:
        """Close its stdin and wait until it ends; kill it after END_SECONDS."""
        if self._child is None or self._child.stdin is None:
            return
        self._child.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                await self._child.wait()
        await self.kill()

    async def kill(self) -> None:
        """Kill the process group: the process and a decoder that it may have started."""
        self._close_files()
        if self._child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        await self._child.wait()
        self._child = None

    def _close_files(self) -> None:
        if self._files:
            self._files.close()
            self._files = None


def _progress(header: dict[str, Any]) -> tuple[float, float]:
    """Seconds that were heard, and those to hear; raises BrokenFrame."""
    try:
        heard, total = float(header["heard"]), float(header["total"])
    except (KeyError, TypeError, ValueError) as error:
        raise protocol.BrokenFrame(f"no progress: {error!r}") from error
    if not (isfinite(heard) and isfinite(total)):
        raise protocol.BrokenFrame(f"no progress: {heard} of {total} s")
    return heard, total


async def receive(stream: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Read one frame from a stream of asyncio; raises BrokenFrame.

    Not in `protocol`, so that the worker process need not import asyncio.
    """
    try:
        header, body = protocol.checked(
            protocol.LENGTHS.unpack(await stream.readexactly(protocol.LENGTHS.size))
        )
        text = await stream.readexactly(header)
        return protocol.header_of(text), await stream.readexactly(body)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise protocol.BrokenFrame(str(error)) from error


def _environment() -> dict[str, str]:
    """The environment of the process, without any setting of ours: it reads strangers' files."""
    ours = {setting.name.upper() for setting in fields(Settings)}
    root = str(Path(__file__).parents[2])
    return {k: v for k, v in os.environ.items() if k not in ours} | THRIFTY | {"PYTHONPATH": root}
