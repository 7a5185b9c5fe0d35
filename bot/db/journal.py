"""Numbers of answered updates in a file: written in the very step that reads Telegram's reply.

The database hears of it when the update's turn ends. A `write` takes microseconds and outlasts a
kill just as well; what the database did not hear of in time is read at the next start.
"""

import os
from pathlib import Path

LONGEST = 100_000  # bytes; a longer file is emptied as soon as the store knows all of it


class Journal:
    """A line a number. Without a path it lasts as long as the process, for tests."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None
        self._unknown: set[int] = set()  # struck, and the store does not know yet

    def open(self) -> list[int]:
        """The numbers that the last run left behind; raises OSError."""
        if self._path is None:
            return list(self._unknown)
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        lines = self._path.read_bytes().split(b"\n")[:-1]  # a kill may have left half of the last
        return [int(line) for line in lines if line.isdigit()]

    def strike(self, number: int) -> None:
        """Whatever happens from here on, this update was answered."""
        if number in self._unknown:
            return
        self._unknown.add(number)
        if self._file is not None:
            os.write(self._file, b"%d\n" % number)

    def known(self, number: int) -> None:
        """The store has it."""
        self._unknown.discard(number)
        if self._file is not None and os.fstat(self._file).st_size > LONGEST:
            self.clear()

    def clear(self) -> None:
        """Drop what the store knows."""
        if self._file is not None and not self._unknown:
            os.ftruncate(self._file, 0)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
