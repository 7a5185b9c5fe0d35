"""The box around a worker process: it and its decoder read their own code and nothing else.

No socket, no write to a disk, no other process, whatever a stranger's file makes of them. What is
open already stays usable: the pipes to the bot, and a file that it passes on.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from bot.worker import landlock, seccomp
from bot.worker.landlock import Access
from inference.decoding import ffmpeg

ROOT = Path(__file__).parents[2]
READ = Access.READ_FILE | Access.READ_FOLDER
# Shared libraries, and what says where they are; zones for the log's local times; processors.
SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.preload"),
    *("/etc/localtime", "/usr/share/zoneinfo", "/dev/urandom", "/sys/devices/system/cpu"),
)

LOADERS = ("/lib", "/lib64")  # of programmes with shared libraries; the kernel executes them, too


@dataclass(frozen=True)
class Box:
    """What the kernel holds of it."""

    landlock: int = 0  # version of its interface; 0: files are not withheld
    seccomp: bool = False
    missing: str = ""  # why one of the two is not there

    def __str__(self) -> str:
        names = [f"Landlock ABI {self.landlock}"] * bool(self.landlock) + ["seccomp"] * self.seccomp
        return ", ".join(names) or "nothing"


def close() -> Box:
    """Close the box around this process for good; never raises.

    Only for a process with one thread: Landlock binds the one that asks, and what it starts.
    """
    missing = []
    abi, has_seccomp = 0, False
    try:
        abi = landlock.restrict(_allowed())
        if not abi:
            missing.append("this kernel has no Landlock, or it is off")
    except OSError as error:
        missing.append(str(error))
    try:
        has_seccomp = seccomp.restrict()
        if not has_seccomp:
            missing.append("no numbers of system calls are known for this machine")
    except OSError as error:
        missing.append(str(error))
    return Box(abi, has_seccomp, "; ".join(missing))


def _allowed() -> list[tuple[Path, Access]]:
    """What the process must still open: code of Python, of ours and of ffmpeg."""
    programs = [Path(program).resolve() for program in ffmpeg.programs()]
    folders = {Path(entry) for entry in sys.path if entry}
    if (ROOT / "pyproject.toml").is_file():  # a clone: .env and the data may lie beside our code
        folders -= {ROOT}
    folders |= {ROOT / "bot", ROOT / "inference", Path(sys.base_prefix, "lib")}
    folders |= {program.parent.parent / "lib" for program in programs}
    loaders = [found for place in LOADERS for found in Path(place).glob("ld-*.so*")]
    return [
        *((folder, READ) for folder in folders),
        *((Path(name), READ) for name in SYSTEM),
        *((started, READ | Access.EXECUTE) for started in (*loaders, *programs)),
        (Path("/dev/null"), READ | Access.WRITE_FILE),
    ]
