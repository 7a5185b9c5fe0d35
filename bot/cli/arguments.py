"""What several commands share: a language by any of its names, a file, standard input."""

import argparse
import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from bot.texts import LANGUAGES, known_language
from inference.errors import DetectionError

STANDARD_INPUT = "-"
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED_PIPE = 141  # exit code: 128 + SIGPIPE, as shells tell it of other tools


class NotFound(DetectionError):
    """There is no such file, or it can't be read."""

    code = "not_found"


def as_language(name: str) -> str:
    """One of ours for `pt`, `pt-BR`, `en_GB` …; argparse shows the error's words."""
    found = known_language(name)
    if found is None:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(LANGUAGES)}, not {name}")
    return found


def look(file: Path) -> None:
    """Whether it can be read; raises NotFound."""
    try:
        if not file.is_file():  # a folder, or a device that never ends
            raise NotFound(f"{file} is no file")
        file.open("rb").close()
    except OSError as error:
        raise NotFound(str(error)) from error


@contextmanager
def copied(stream: BinaryIO | None) -> Iterator[Path]:
    """A file of all that a stream holds, of any size, inside the `with`; None: an empty one."""
    with NamedTemporaryFile(prefix="ouvido-") as kept:
        if stream:
            shutil.copyfileobj(stream, kept)
            kept.flush()
        yield Path(kept.name)


def standard_input() -> AbstractContextManager[Path]:
    """A file of what standard input holds."""
    return copied(sys.stdin.buffer if sys.stdin else None)  # None where it was closed
