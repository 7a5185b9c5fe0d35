"""An archive becomes the database and the files of a bot that is not running."""

import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy.exc import SQLAlchemyError

from bot.db import Store, copying
from bot.db.copying import Row, Unusable
from bot.db.journal import InUse
from bot.db.store import newest
from bot.services.backup import (
    ABOUT,
    DATABASE,
    FILES,
    FOLDERS,
    FORMAT,
    JOURNAL,
    TABLES,
    Refused,
    is_state,
)
from bot.services.backup.writing import stored
from bot.settings import Settings

STAGE, REPLACED = ".restoring", ".replaced"  # folders in DATA_DIR while it is done
# What the library raises, one way or another, where bytes are missing or changed.
DAMAGE: tuple[type[Exception], ...] = (
    BadZipFile,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Archive:
    """A whole and readable backup."""

    def __init__(self, file: IO[bytes]) -> None:
        """Read all of it once; raises `Refused` where a byte of it is wrong, OSError."""
        with _undamaged():
            self.zip = ZipFile(file)
            if (wrong := self.zip.testzip()) is not None:
                raise BadZipFile(wrong)
            self.about: dict[str, Any] = json.loads(self.zip.read(ABOUT))
            if self.about["format"] != FORMAT:
                raise Refused("This backup is of a newer Ouvido: update this one first.")
            self.tables: str | None = self.about["tables"]
            self.rows = {str(name): int(count) for name, count in self.about["rows"].items()}
            names = self.zip.namelist()
            self.files = [name for name in names if name.startswith(FILES)]
            if len(self.files) != self.about["files"] or not all(map(_is_safe, self.files)):
                raise BadZipFile("files")
            if {f"{TABLES}{name}.jsonl" for name in self.rows} - set(names):
                raise BadZipFile("tables")
        if self.tables is not None and self.tables > newest():
            raise Refused(
                f"This backup is of a newer Ouvido ({self.about['version']}; its tables: "
                f"{self.tables}, ours: {newest()}): update this one first."
            )

    def table(self, name: str) -> Iterator[Row]:
        """The rows of a table; raises ValueError where one is none."""
        with self.zip.open(f"{TABLES}{name}.jsonl") as member:
            for line in TextIOWrapper(member, encoding="utf-8"):
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(f"{name}: {row!r}")
                yield row


async def restore(archive: Archive, settings: Settings, replace: bool) -> None:
    """Bring everything back; with `replace` also over what is there.

    The rows come back in one transaction; right after it the files, unpacked before, are moved to
    their places. Raises `Refused`, SQLAlchemyError and OSError.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(settings.database, settings.data_dir / JOURNAL)
    try:
        try:
            store.journal.hold()
        except InUse as error:
            raise Refused(f"A bot runs on {settings.data_dir}: stop it first.") from error
        if not replace:
            await _insist_on_nothing(store, settings)
        _stage(archive, settings.data_dir)
        async with store.rebuilding() as connection:
            if others := await connection.run_sync(copying.connections):
                raise Refused(
                    f"{store.name} is in use ({others} other connections): stop the bot and what "
                    "else is connected first."
                )
            rows = {name: archive.table(name) for name in archive.rows}
            try:
                with _undamaged():
                    done = await connection.run_sync(copying.replace, archive.tables, rows)
            except Unusable as error:
                raise Refused(f"{error}.") from error
            if done != archive.rows:
                raise Refused("The backup is damaged: rows are missing. Take another one.")
        _swap(settings.data_dir)
        store.journal.clear()  # its numbers are those of another bot or another day
    finally:
        shutil.rmtree(settings.data_dir / STAGE, ignore_errors=True)
        shutil.rmtree(settings.data_dir / REPLACED, ignore_errors=True)
        await store.close()


async def _insist_on_nothing(store: Store, settings: Settings) -> None:
    """Raise `Refused` where a row or a file would be lost."""
    files = len(list(stored(settings, store.file)))
    rows = 0
    if store.file is None or store.file.is_file():
        async with store.snapshot() as connection:
            rows = sum((await connection.run_sync(copying.counts)).values())
    if rows or files:
        raise Refused(
            f"There is a bot's data already: {rows} rows in {store.name}, {files} files in "
            f"{settings.data_dir}. With --replace all of it is erased and the backup put in place."
        )


def _stage(archive: Archive, folder: Path) -> None:
    """Unpack the files into a folder beside their places."""
    for left in (STAGE, REPLACED):  # by a restore that was killed
        shutil.rmtree(folder / left, ignore_errors=True)
    for name in archive.files:
        path = folder / STAGE / PurePosixPath(name.removeprefix(FILES))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            archive.zip.open(name) as source,
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target,
        ):
            shutil.copyfileobj(source, target)


def _swap(folder: Path) -> None:
    """Put what was unpacked in the place of what was there."""
    stage, replaced = folder / STAGE, folder / REPLACED
    stage.mkdir(exist_ok=True)
    replaced.mkdir()
    for name in {*FOLDERS, *(path.name for path in stage.iterdir())}:
        if (folder / name).exists():
            (folder / name).rename(replaced / name)
        if (stage / name).exists():
            (stage / name).rename(folder / name)


def _is_safe(name: str) -> bool:
    """Whether a file of the archive belongs into DATA_DIR, and not to its database."""
    parts: Iterable[str] = PurePosixPath(name.removeprefix(FILES)).parts
    first = next(iter(parts), "")
    return (
        bool(first)
        and not is_state(first, DATABASE)
        and not any(part.startswith((".", "/")) or "\\" in part for part in parts)
    )


@contextmanager
def _undamaged() -> Iterator[None]:
    """Make of what a damaged archive raises a sentence."""
    try:
        yield
    except SQLAlchemyError:
        raise
    except DAMAGE as error:
        raise Refused("This is no backup, or it is damaged: take another one.") from error
