"""Check the free space of a disk before anything is written."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dataset.acquisition.corpus import CorpusError

RESERVE = 1_000_000_000  # bytes left to everybody else on the disk


class DiskFull(CorpusError):
    """What is to be written does not fit."""


def require(folder: Path, needed: int) -> None:
    """Refuse when fewer than `needed` bytes and the reserve are free where `folder` is."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if needed and free < needed + RESERVE:
        raise DiskFull(
            f"{folder} has {readable(free)} free; {readable(needed)} are needed "
            f"and {readable(RESERVE)} are left to others"
        )


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """A disk that fills up while it is written to becomes a sentence; what is there stays."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(
            f"The disk of {folder} is full. Make room and give the same command again: "
            "it goes on from where it stopped"
        ) from error


def readable(size: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
