"""What processes cost, as Linux tells it, and the machine that they are measured on."""

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import imageio_ffmpeg

MEBIBYTE = 1024**2

Row = tuple[str, str, str]  # what, measured, what it should reach


def table(rows: Sequence[Row]) -> str:
    """Rows as Markdown, and how busy the machine was."""
    lines = ["| what | measured | reach |", "|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    load = f"\nLoad of the machine's {os.cpu_count()} cores at the end: {os.getloadavg()[0]:.1f}"
    return "\n".join([*lines, load])


def family(pid: int) -> list[int]:
    """A process and all that it started; not a child that is still on its way to its own program.

    Until then it runs in the very memory of the process that starts it, which counted twice.
    """
    members = [pid]
    with suppress(FileNotFoundError, ProcessLookupError):  # it may have ended meanwhile
        own = Path(f"/proc/{pid}/cmdline").read_bytes()
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                if Path(f"/proc/{child}/cmdline").read_bytes() != own:
                    members += family(int(child))
    return members


def processor_seconds(pid: int) -> float:
    """User and system time of a process and of its children that have ended."""
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    return sum(int(ticks) for ticks in times) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Bytes in memory; what processes share is divided among them."""
    with suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@contextmanager
def fresh_machine() -> Iterator[None]:
    """No ffmpeg but pip's. Debian's needs 80 ms more a note, to load its 200 libraries."""
    path = os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
        os.environ["PATH"] = f"{folder}:{path}"
        try:
            yield
        finally:
            os.environ["PATH"] = path


@contextmanager
def cores(number: int) -> Iterator[None]:
    """Everything started meanwhile runs on so many cores."""
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_cores)[:number])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


async def watch(pid: int) -> list[int]:
    """Bytes of a process and its children, over and over until cancelled."""
    seen = [0]
    try:
        while True:
            seen.append(sum(resident(each) for each in family(pid)))
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        return seen
