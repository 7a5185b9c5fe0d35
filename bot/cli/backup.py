"""`backup`: everything that the bot remembers in one file, also while it runs."""

import argparse
import asyncio
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.exc import SQLAlchemyError

from bot.cli.arguments import STANDARD_INPUT as STANDARD_OUTPUT
from bot.cli.version import version
from bot.db.store import NewerDatabase
from bot.services.backup import Refused
from bot.services.backup.writing import About, write
from bot.settings import HOME, Settings

DOTENV_HERE = HOME / ".env"


def main(options: argparse.Namespace, settings: Settings, dotenv: Path = DOTENV_HERE) -> int:
    """Exit code: 0 when the file is there and whole, 1 when there is none."""
    kept = dotenv if options.with_env else None
    try:
        if options.file == STANDARD_OUTPUT:
            about = _write(sys.stdout.buffer, settings, kept)
        else:
            about = _write_whole(Path(options.file), settings, kept)
    except (Refused, NewerDatabase, SQLAlchemyError, OSError) as error:
        print(f"backup: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        return 1
    rows = sum(about["rows"].values())
    print(f"{options.file}: {rows} rows, {about['files']} files", file=sys.stderr)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="ouvido backup",
        description="Write everything that the bot remembers, the database and the files in "
        "DATA_DIR, into one file. The bot may run meanwhile.",
    )
    parser.add_argument("file", metavar="FILE", help="a file outside DATA_DIR; - writes it to "
                        "standard output")  # fmt: skip
    parser.add_argument("--with-env", action="store_true", help="also .env, the token in it")
    options = parser.parse_args(arguments)
    if options.file == STANDARD_OUTPUT and (not sys.stdout or sys.stdout.isatty()):
        parser.error("- writes to a file or a pipe, not to a terminal: ouvido backup - > FILE")
    return options


def _write_whole(file: Path, settings: Settings, dotenv: Path | None) -> About:
    """Write a file that only its owner reads; under its name it is there when it is whole."""
    file = file.resolve()  # a link stays one
    if file.is_relative_to(settings.data_dir.resolve()):
        raise Refused(f"{file} lies in DATA_DIR, and would be part of the next: name another one.")
    if file.exists() and not file.is_file():
        raise Refused(f"{file} is no ordinary file; to write into a pipe: ouvido backup - > {file}")
    number, begun = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # 0600
    try:
        with os.fdopen(number, "wb") as stream:
            about = _write(stream, settings, dotenv)
            os.fsync(stream.fileno())
        Path(begun).replace(file)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(begun).unlink()
        raise
    return about


def _write(stream: IO[bytes], settings: Settings, dotenv: Path | None) -> About:
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        about = asyncio.run(write(archive, settings, version(), dotenv))
    stream.flush()
    return about
