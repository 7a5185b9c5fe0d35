"""Pictures and reports are written to folders."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.arguments import DISK_FULL, STANDARD_INPUT
from bot.cli.check.inputs import is_folder, place
from bot.cli.check.lines import printable
from bot.settings import SettingError, Settings
from bot.texts import Texts
from bot.views import report
from bot.worker.pool import Detection

STEM = 240  # bytes of a name before what we put behind it; file systems take 255 in all
DIGEST = 8  # hexadecimal digits that tell names apart whose end was cut off


def make(option: str, folder: Path) -> None:
    """Make a folder that was named to write to; raises SettingError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        is_file = isinstance(error, FileExistsError)
        why = "is a file" if is_file else f"can't be one ({error.strerror})"
        raise SettingError(f"{option} must name a folder to write to; {folder} {why}.") from error


def keep_picture(picture: bytes, folder: Path, file: str) -> bool:
    """Write a picture beside what is there, never over it; whether that could be done."""
    stem = "standard-input" if file == STANDARD_INPUT else _short(Path(file).stem)

    def write() -> None:
        name, number = f"{stem}.jpg", 1
        while True:
            try:
                kept = (folder / name).open("xb")
            except FileExistsError:
                number += 1
                name = f"{stem}-{number}.jpg"
            else:
                with _whole(folder / name), kept:
                    kept.write(picture)
                return

    return _told(f"The picture {stem}.jpg", write)


class Tree:
    """The folder of `--out`: pictures and reports under the places of their files."""

    def __init__(self, folder: Path, arguments: list[str], settings: Settings) -> None:
        """The tree begins at the deepest folder that holds all `arguments`."""
        places = [
            place(each) if is_folder(each) else place(each).parent
            for each in arguments
            if each != STANDARD_INPUT
        ]
        self._folder, self._settings = folder, settings
        self._root = Path(os.path.commonpath(places)) if places else Path()

    def keep(self, name: str, found: Detection, model: str, texts: Texts) -> bool:
        """Write the picture and both reports, over those of an earlier run; whether it could be.

        `model` is the title of the one that is served.
        """
        now = datetime.now(UTC)
        made = report.report_of(
            found.verdict, found.evidence, found.sha256, model, self._settings, now
        )
        files = {
            "jpg": found.picture or b"",
            "pdf": report.pdf(made, texts, found.picture),
            "json": report.as_json(made, texts),
        }
        base = self._base(name)

        def write() -> None:
            base.parent.mkdir(parents=True, exist_ok=True)
            for kind, content in files.items():
                begun = base.with_name(f"{base.name}.part")
                with _whole(begun):
                    begun.write_bytes(content)
                    begun.replace(base.with_name(f"{base.name}.{kind}"))

        return _told(f"The report of {name}", write)

    def _base(self, name: str) -> Path:
        """The path of what is kept of a file, but for the last ending; each file has its own."""
        if name == STANDARD_INPUT:
            return self._folder / "standard-input.ouvido"
        within = place(name).relative_to(self._root)
        short = _short(within.name)
        if short != within.name:
            digest = hashlib.sha256(os.fsencode(within.name)).hexdigest()[:DIGEST]
            short = f"{_short(within.name, STEM - DIGEST - 1)}-{digest}"
        return self._folder / within.parent / f"{short}.ouvido"


def _short(stem: str, most: int = STEM) -> str:
    while len(os.fsencode(stem)) > most:
        stem = stem[:-1]
    return stem


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """A file that could not be written to its end is taken away again."""
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _told(what: str, write: Callable[[], None]) -> bool:
    """Whether it could be written, or a sentence on standard error; raises where a disk is full."""
    try:
        write()
    except OSError as error:
        if error.errno in DISK_FULL:  # nor could be what comes
            raise
        print(f"{printable(what)} can't be kept: {error}.", file=sys.stderr)
        return False
    return True
