"""Files on disk: linked where a copy is not needed, and never left half written."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def link(original: Path, path: Path) -> None:
    """Hard-link a file, or copy it to another disk; does nothing where `path` exists."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(original.resolve())
    except OSError:  # another disk
        with unfinished(path) as copy:
            shutil.copyfile(original, copy)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; it becomes `path` when nothing went wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    other = path.with_stem(f".{path.stem}")
    try:
        yield other
        other.rename(path)
    finally:
        other.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_flac(samples: NDArray[np.float32], sample_rate: int, path: Path) -> None:
    """Mono samples in [-1, 1] as 16-bit FLAC; what is louder is made quieter, not cut off."""
    import soundfile

    peak = float(np.abs(samples).max(initial=0.0))
    with unfinished(path) as file:
        soundfile.write(file, samples / max(peak, 1.0), sample_rate, subtype="PCM_16")
