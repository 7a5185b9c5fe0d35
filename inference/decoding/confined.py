"""A command and a file go in, it runs with little of everything, how it ended comes out.

Bounded are memory, processor and wall time, open files and what it writes; it has no environment
of ours. Its threads are not: RLIMIT_NPROC counts those of all processes of the same user.
"""

import os
import resource
import select
import signal
import subprocess
from contextlib import suppress
from io import FileIO
from typing import BinaryIO

ADDRESS_SPACE = 1024**3  # bytes; an ordinary note needs a quarter of it
DATA = 128 * 1024**2  # bytes of it that are its own, and 2 for each of the file, for its index:
# an ordinary note needs 70 MB, a resampler from 268 MHz asked for 314
OPEN_FILES = 32
MOMENT = 20.0  # s that a process has to end when its end was seen: the machine may be busy

ENVIRONMENT = {  # no token, no proxy, no FFREPORT
    "MALLOC_ARENA_MAX": "1",
    # A static ffmpeg crashes on the machine's own gconv modules, which it loads for the names of
    # the programmes in an MPEG transport stream; without any it leaves the names as they are.
    "GCONV_PATH": "/dev/null",
}


def run(
    command: list[str],
    note: BinaryIO | FileIO,
    output: BinaryIO,
    words: BinaryIO,
    file_size: int,
    cpu_seconds: int,
    timeout: float,
) -> int:
    """Run to the end, or to the end of its time; nothing of it is left when this returns.

    `file_size` in bytes bounds what it writes, `timeout` in s how long it runs.
    """
    # The child holds the other end of a pipe: when it ends, ours can be read. Popen.wait with a
    # timeout would sleep between looks and add up to 50 ms to every note.
    os.lseek(note.fileno(), 0, os.SEEK_SET)  # where whoever read it left off is where ffmpeg begins
    reader, writer = os.pipe()
    with os.fdopen(reader) as ended, os.fdopen(writer, "w") as alive:
        process = subprocess.Popen(
            command,
            stdin=note,
            stdout=output,
            stderr=words,
            pass_fds=(alive.fileno(),),
            env=ENVIRONMENT,
            start_new_session=True,
        )
        try:
            alive.close()
            data = DATA + 2 * os.fstat(note.fileno()).st_size
            _limit(process.pid, file_size, cpu_seconds, data)
            end = select.poll()  # select.select takes no descriptor above 1023
            end.register(ended)
            if end.poll(timeout * 1000):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(MOMENT)  # a moment, though a busy machine may stretch it
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _limit(process: int, file_size: int, cpu_seconds: int, data: int) -> None:
    # From outside: code between fork and exec is not safe in a process with threads.
    limits = {
        resource.RLIMIT_AS: ADDRESS_SPACE,
        resource.RLIMIT_DATA: data,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    with suppress(ProcessLookupError):  # it has ended already
        for kind, limit in limits.items():
            _, most = resource.prlimit(process, kind)
            if most != resource.RLIM_INFINITY:
                limit = min(limit, most)  # ours may be in a smaller cage already
            resource.prlimit(process, kind, (limit, limit))
