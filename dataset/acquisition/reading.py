"""Folders, tables and transcripts of a corpus, whatever their encoding and their accents."""

import csv
import unicodedata
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from dataset.acquisition.corpus import Remark, WrongFolder
from dataset.manifest import SOUNDS

DEPTH = 3  # archives put a corpus into a folder of a folder
NOT_UTF8 = "wrong encoding: it is not UTF-8 and was read as Latin-1"
NO_TEXT = "no transcript: nothing says what is spoken"
NO_SOUND = "no recording: the table names it, the folder lacks it"
NO_ROW = "not in the table: nothing is known about this recording"
FORK = "not a recording: a resource fork that macOS left"


def root(folder: Path, *marks: str) -> Path:
    """The folder that holds all the marks (glob patterns): this one or one below it."""
    candidates = [folder]
    for _ in range(DEPTH + 1):
        for candidate in candidates:
            if all(any(candidate.glob(mark)) for mark in marks):
                return candidate
        candidates = [
            path
            for candidate in candidates
            for path in sorted(candidate.iterdir())
            if path.is_dir()
        ]
    raise WrongFolder(f"{folder} holds no {' and '.join(marks)}")


class Contents:
    """A corpus' folder: its sounds, found by name in whatever form accents are written; its texts.

    It keeps account: `remarks` tells what no row named and what was not UTF-8.
    """

    def __init__(self, folder: Path, below: Path | None = None) -> None:
        """`folder` is where paths count from, `below` the part of it that has the sounds."""
        self._folder = folder
        self._sounds: dict[str, Path] = {}
        self._forks: list[Path] = []
        self._latin: dict[Path, None] = {}
        for path in sorted((below or folder).rglob("*")):
            if path.suffix.lower() not in SOUNDS or not path.is_file():
                continue
            if path.name.startswith("._"):
                self._forks.append(path)
            else:
                self._sounds[_plain(path)] = path
        self._rest = dict(self._sounds)

    def take(self, path: Path) -> Path | None:
        """The sound of that name, if it is there; a row has named it then."""
        self._rest.pop(_plain(path), None)
        return self._sounds.get(_plain(path))

    def all(self) -> list[Path]:
        """Every recording, in the order of their names."""
        self._rest.clear()
        return list(self._sounds.values())

    def name(self, path: Path) -> str:
        """A path as manifests have it; one that a table has elsewhere stays as it is."""
        inside = path.is_relative_to(self._folder)
        return (path.relative_to(self._folder) if inside else path).as_posix()

    def text(self, path: Path) -> str:
        """What a file says; what is not UTF-8 is taken for Latin-1, as older corpora wrote it."""
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._latin[path] = None
            return data.decode("latin-1")

    def transcript(self, path: Path) -> str:
        """What a file says, in one line."""
        return one_line(self.text(path))

    def lines(self, path: Path) -> list[str]:
        """The lines of a text; none when the file is missing."""
        # Not splitlines(): a transcript may have a line separator of Unicode's inside.
        return (
            self.text(path).replace("\r\n", "\n").strip("\n").split("\n") if path.exists() else []
        )

    def table(
        self, path: Path, needed: set[str], delimiter: str = ",", quotes: bool = True
    ) -> list[dict[str, str]]:
        """Rows of a table with a header. Cells that a short row lacks are empty."""
        lines = StringIO(self.text(path), newline="")
        if quotes:
            rows = csv.DictReader(lines, delimiter=delimiter, restval="")
        else:
            rows = csv.DictReader(lines, delimiter=delimiter, restval="", quoting=csv.QUOTE_NONE)
        missing = needed - set(rows.fieldnames or ())
        if missing:
            raise WrongFolder(f"{path} lacks the columns {sorted(missing)}")
        try:
            return [{key: cell for key, cell in row.items() if key is not None} for row in rows]
        except csv.Error as error:
            raise WrongFolder(f"{path}, near line {rows.line_num}: {error}") from error

    def remarks(self, reason: str = NO_ROW) -> Iterator[Remark]:
        """Remarks on recordings that no row has named, for `reason`, and on what was odd."""
        for path in self._forks:
            yield Remark(self.name(path), FORK)
        for path in self._rest.values():
            yield Remark(self.name(path), reason)
        for path in self._latin:
            yield Remark(self.name(path), NOT_UTF8, taken=True)


def one_line(text: str) -> str:
    """A text without line breaks and without double blanks."""
    return " ".join(text.split())


def _plain(path: Path) -> str:
    # macOS writes é as e and an accent, most tables as one character.
    return unicodedata.normalize("NFC", path.as_posix())
