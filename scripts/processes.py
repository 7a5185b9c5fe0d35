"""What processes cost, as Linux tells it."""

import os
from contextlib import suppress
from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    members = [pid]
    with suppress(FileNotFoundError, ProcessLookupError):  # it may have ended meanwhile
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
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
