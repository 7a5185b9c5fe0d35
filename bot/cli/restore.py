"""`restore`: what `backup` has written becomes the data of a bot that is not running."""

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.arguments import STANDARD_INPUT
from bot.services.backup import DOTENV, Refused
from bot.services.backup.reading import Archive, restore
from bot.settings import HOME, Settings

DOTENV_HERE = HOME / ".env"


def main(options: argparse.Namespace, settings: Settings, dotenv: Path = DOTENV_HERE) -> int:
    """Exit code: 0 when everything is back, 1 when nothing was changed."""
    try:
        with _opened(options.file, settings) as file:
            archive = Archive(file)
            asyncio.run(restore(archive, settings, options.replace))
            told = _settings(archive, dotenv)
    except (Refused, SQLAlchemyError, OSError) as error:
        print(f"restore: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        return 1
    made, rows = archive.about["created_at"], sum(archive.rows.values())
    print(f"Back is what was there at {made}: {rows} rows, {len(archive.files)} files. {told}")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="ouvido restore",
        description="Bring back what `ouvido backup` has written: into the database and the "
        "DATA_DIR of the settings here, SQLite or PostgreSQL. The bot must not run.",
    )
    parser.add_argument("file", metavar="FILE", help="- reads it from standard input")
    parser.add_argument("--replace", action="store_true", help="erase what is there first")
    return parser.parse_args(arguments)


def _opened(name: str, settings: Settings) -> IO[bytes]:
    """A file in which one can go back and forth; what comes in by a pipe is kept beside the data,
    where there is room, without a name."""
    if name != STANDARD_INPUT:
        return Path(name).open("rb")
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = tempfile.TemporaryFile(dir=settings.data_dir)  # noqa: SIM115 - the caller closes it
    if sys.stdin:  # None where it was closed
        shutil.copyfileobj(sys.stdin.buffer, file)
    file.seek(0)
    return file


def _settings(archive: Archive, dotenv: Path) -> str:
    """Write `.env` where the backup has one and none is here; a sentence about the settings."""
    if DOTENV not in archive.zip.namelist():
        return "The settings are not in it: .env must be there before the start."
    try:
        number = os.open(dotenv, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return f"{dotenv} was there already and stays as it is."
    with os.fdopen(number, "wb") as file:
        file.write(archive.zip.read(DOTENV))
    return f"{dotenv} is back, too."
