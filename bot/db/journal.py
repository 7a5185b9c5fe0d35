"""A log of answered updates, appended to as soon as Telegram has accepted the answer.

The database is told when the update's handlers have ended. Until then the log keeps a killed bot
from answering twice: an append takes microseconds and survives a kill of the process.
`updates.owed` reads it at the next start.
"""

import fcntl
import os
from pathlib import Path

LONGEST = 100_000  # bytes; a longer file is emptied as soon as the database has all of it


class InUse(Exception):
    """Another process holds the journal: a bot that runs on the same folder."""


def struck(path: Path) -> set[int]:
    """Return the ids in a journal's file; raises OSError."""
    lines = path.read_bytes().split(b"\n")[:-1]  # a kill may have cut the last one
    return {int(line) for line in lines if line.isdigit()}


class Journal:
    """A file with one update id a line. Without a path it is kept in memory, for tests."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None
        self._was_read = False
        self._unknown: set[int] = set()  # logged, and not yet in the database

    def hold(self) -> None:
        """Lock the file until `close`, or until the process ends; raises InUse and OSError."""
        if self._path is None:
            return
        try:
            fcntl.flock(self._descriptor(self._path), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(str(self._path.parent)) from error

    def forgo(self) -> None:
        """Keep it in memory: another replica has the file, and the database is told at once."""
        self.close()
        self._path = None

    @property
    def unknown(self) -> list[int]:
        """Updates that are answered and not yet so in the database."""
        return sorted(self._unknown)

    def open(self) -> list[int]:
        """Open the file and return the ids that the last run left in it; raises OSError."""
        if self._path is None:
            return list(self._unknown)
        self._descriptor(self._path)
        return sorted(struck(self._path))

    def left(self) -> list[int]:
        """As `open`, but only at the first call: what the last run left."""
        if self._was_read:
            return []
        self._was_read = True
        return self.open()

    def strike(self, number: int) -> None:
        """Append an update's id: it counts as answered from now on."""
        if number in self._unknown:
            return
        self._unknown.add(number)
        if self._file is not None:
            os.write(self._file, b"%d\n" % number)

    def known(self, number: int) -> None:
        """The database has this update as answered; empty the file when it has grown too long."""
        self._unknown.discard(number)
        if self._file is not None and os.fstat(self._file).st_size > LONGEST:
            self.clear()

    def clear(self) -> None:
        """Empty the file, unless the database does not have all of it yet."""
        if self._file is not None and not self._unknown:
            os.ftruncate(self._file, 0)

    def _descriptor(self, path: Path) -> int:
        if self._file is None:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        return self._file

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
