"""The table of `check --csv`: a row for each file, and which files have one already.

A row is one line, written whole at its end; what a killed run left of a line is cut off.
"""

import csv
import fcntl
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from bot.cli.arguments import STANDARD_INPUT
from bot.cli.check.judging import Answer
from bot.cli.check.lines import printable
from bot.settings import SettingError
from inference.errors import DetectionError
from inference.verdict import Segment

COLUMNS = (
    "path", "sha256", "answer", "probability", "lean", "reason", "segments", "duration_seconds",
    "heard_seconds", "speech_seconds", "model", "error",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@")  # how a cell begins that a spreadsheet calculates


class TableError(Exception):
    """A row can't be written; the message says why."""


class Table:
    """An open table; rows are only ever added."""

    def __init__(self, path: Path) -> None:
        """Open or begin a table; raises SettingError where it is none of ours or in use.

        What is no regular file (/dev/stdout, a pipe) is written from the beginning.
        """
        self._path = path
        self.done: set[str] = set()  # the paths that have a row, as the column has them
        self.failed = 0  # rows with an error
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise SettingError(f"--csv {path} can't be written: {error.strerror}.") from error
        try:
            if stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
                self._resume()
            else:
                self._write(COLUMNS)
        except BaseException:
            self._file.close()
            raise

    def has(self, name: str) -> bool:
        """Whether a file has a row; standard input is another one each time."""
        return name != STANDARD_INPUT and cell(name) in self.done

    def add(self, name: str, outcome: Answer) -> None:
        """Write the row of a file; raises TableError."""
        self._write((cell(name), *_row(outcome)))

    def _write(self, row: tuple[object, ...]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(row)
        left = memoryview(text.getvalue().encode())
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise TableError(f"{self._path}: {error.strerror}") from error

    def _resume(self) -> None:
        """Read the rows there are, and cut off the rest of one that was not finished."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingError(f"--csv {self._path} is being written by another check.") from error
        except OSError:  # a file system without locks
            pass
        with self._path.open("rb") as written:
            size = self._read(written)
        os.truncate(self._file.fileno(), size)
        if not size:
            self._write(COLUMNS)

    def _read(self, written: BinaryIO) -> int:
        """Bytes of the whole lines."""
        size = 0
        for number, line in enumerate(written, 1):
            if not line.endswith(b"\n"):
                if number == 1 and not ",".join(COLUMNS).encode().startswith(line):
                    raise self._foreign()
                break
            row = _cells(line)
            if number == 1 and row != [*COLUMNS]:
                raise self._foreign()
            if len(row) != len(COLUMNS):
                raise SettingError(f"Line {number} of --csv {self._path} is no row: take it out.")
            if number > 1:
                self.done.add(row[0])
                self.failed += bool(row[-1])
            size += len(line)
        return size

    def _foreign(self) -> SettingError:
        return SettingError(
            f"--csv {self._path} holds something else than a table of check: name another file."
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def cell(name: str) -> str:
    """A file's path in one line of text, different for different files.

    Control characters and bytes that are no UTF-8 are written as Python's escapes, a backslash as
    two; what a spreadsheet would calculate begins with `./`.
    """
    path = printable(str(Path(name)).replace("\\", "\\\\"))
    return f"./{path}" if path.startswith(FORMULA) and name != STANDARD_INPUT else path


def _cells(line: bytes) -> list[str]:
    try:
        return next(csv.reader([line.decode()], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return []


def _row(outcome: Answer) -> Iterator[object]:
    """The columns behind the path; an error leaves all but the last empty."""
    if isinstance(outcome, DetectionError):
        yield from [""] * (len(COLUMNS) - 2)
        yield outcome.code
        return
    verdict = outcome.verdict
    yield from (outcome.sha256, verdict.label.value, f"{verdict.score:.4f}", verdict.lean or "")
    yield " ".join(verdict.reasons)
    yield "; ".join(map(_segment, verdict.segments))
    for seconds in (verdict.duration_seconds, verdict.heard_seconds, verdict.seconds):
        yield "" if seconds is None else f"{seconds:.2f}"
    yield from (verdict.model, "")


def _segment(part: Segment) -> str:
    return f"{part.start:.2f}-{part.end:.2f} {part.label} {part.probability:.4f}"
