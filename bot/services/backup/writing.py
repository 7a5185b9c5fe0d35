"""The database and the files of a bot, which may be running, go into an archive."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from bot.db import Store, copying
from bot.db.copying import Row
from bot.db.journal import struck
from bot.services.backup import (
    ABOUT,
    DATABASE,
    DOTENV,
    FILES,
    FORMAT,
    JOURNAL,
    TABLES,
    Refused,
    is_state,
)
from bot.settings import Settings

About = dict[str, Any]


async def write(
    archive: ZipFile, settings: Settings, version: str, dotenv: Path | None = None
) -> About:
    """Write everything into `archive` and return what its `backup.json` says.

    Raises `Refused`, `NewerDatabase`, SQLAlchemyError and OSError.
    """
    copy = _Copy(archive, _answered(settings))
    store = Store(settings.database)
    revision = None
    try:
        if store.file is None or store.file.is_file():  # or connecting would make one
            async with store.snapshot() as connection:
                revision = await connection.run_sync(copying.export, copy.table)
    finally:
        await store.close()
    files = 0
    for path in stored(settings, store.file):
        name = path.relative_to(settings.data_dir)
        # What was given or taken back since the snapshot is not of that moment.
        if name.parts[0] != "donations" or name.stem in copy.donations:
            files += _add(archive, path, FILES + name.as_posix())
    if revision is None and not files:
        raise Refused(
            f"There is nothing to keep in {settings.data_dir}: is that the DATA_DIR of the bot?"
        )
    if dotenv and not _add(archive, dotenv, DOTENV):
        raise Refused(f"There is no {dotenv}; in a container its settings come from outside.")
    about: About = {
        "format": FORMAT,
        "version": version,
        "tables": revision,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": copy.rows,
        "files": files,
    }
    archive.writestr(ABOUT, json.dumps(about, indent=1))
    return about


def stored(settings: Settings, database: Path | None) -> Iterator[Path]:
    """The files in DATA_DIR that are neither of a database nor begun nor ours for a moment."""
    own = database.name if database and database.parent == settings.data_dir else DATABASE
    for path in sorted(settings.data_dir.rglob("*")):
        parts = path.relative_to(settings.data_dir).parts
        hidden = any(part.startswith(".") for part in parts)
        if path.is_file() and not path.is_symlink() and not hidden and not is_state(parts[0], own):
            yield path


class _Copy:
    """Rows on their way into the archive."""

    def __init__(self, archive: ZipFile, answered: set[int]) -> None:
        self._archive, self._answered = archive, answered
        self.rows: dict[str, int] = {}
        self.donations: set[str] = set()

    def table(self, name: str, rows: Iterator[Row]) -> None:
        """Write a table's rows."""
        self.rows[name] = 0
        with (
            self._archive.open(f"{TABLES}{name}.jsonl", "w", force_zip64=True) as member,
            TextIOWrapper(member, encoding="utf-8") as lines,
        ):
            for row in rows:
                if name == "updates" and row["id"] in self._answered:
                    row = self._as_answered(row)
                if name == "donations":
                    self.donations.add(row["id"])
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
                self.rows[name] += 1

    def _as_answered(self, row: Row) -> Row:
        """As the journal has it, which tells the database a moment later."""
        return row | {"content": None, "answered_at": row["answered_at"] or int(time.time())}


def _answered(settings: Settings) -> set[int]:
    try:
        return struck(settings.data_dir / JOURNAL)
    except FileNotFoundError:
        return set()


def _add(archive: ZipFile, path: Path, name: str) -> bool:
    """Add a file; whether it was still there. What is sound is packed already."""
    packing = ZIP_DEFLATED if path.suffix == ".json" else ZIP_STORED
    try:
        archive.write(path, name, packing)
    except FileNotFoundError:
        return False
    return True
