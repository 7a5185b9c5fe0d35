"""Downloading files from Telegram, or from the disk of a Bot API server in `--local` mode."""

import asyncio
import logging
from pathlib import Path
from urllib.parse import quote

from telegram import Bot, File
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.telegram.context import Context
from bot.telegram.local_files import LocalFileUnreadable, locate
from bot.telegram.request import PatientRequest
from inference.decoding.containers import JUNK, sniff
from inference.errors import DetectionError, NotSound, TooLarge

KIND_BYTES = 2 * JUNK  # bytes of a document by which it is told whether it is sound
PAUSE = 1.0  # s; Telegram has the same words for a file that is gone and for one that is late
# A --local server answers getFile only when it has the whole file: s, and bytes a second.
ANSWER_SECONDS, SLOWEST = 15.0, 500_000

logger = logging.getLogger(__name__)


class Gone(DetectionError):
    """Telegram does not, or no longer, let the bot download the file."""

    code = "gone"


async def fetch(file_id: str, context: Context) -> bytes:
    """Download a file by its file_id into memory; raises what `download` raises."""
    return await content(await file_of(file_id, context), context)


async def file_of(file_id: str, context: Context, size: int | None = None) -> File:
    """Get path and size of a file, trying twice; raises Gone, TooLarge, LocalFileUnreadable.

    `size` in bytes, where it is known, bounds how long a local server may take to fetch it.
    """
    try:
        return await _asked(file_id, context, size)
    except BadRequest as error:
        if "temporarily" not in error.message.lower():
            raise Gone(error.message) from error
    await asyncio.sleep(PAUSE)
    try:
        return await _asked(file_id, context, size)
    except BadRequest as error:
        raise Gone(error.message) from error


async def download(file: File, context: Context) -> bytes | Path:
    """Return the bytes of a file, or where it lies when a local server has it on its disk.

    Raises Gone, TooLarge and LocalFileUnreadable, and NotSound for a document whose first bytes are
    those of no recording: the rest of it is not fetched.
    """
    path = path_of(file, context.bot)
    found = await asyncio.to_thread(_on_disk, path, context) if path.startswith("/") else None
    beginning = await _beginning(found or path, file.file_size or 0, context.bot)
    if beginning is not None and sniff(beginning) is None:
        raise NotSound("a document that begins like no recording")
    if found:
        return found
    try:
        return await downloaded(path, context.bot)
    except (BadRequest, Forbidden, InvalidToken) as error:  # PTB takes any 404 for a wrong token
        logger.warning("A file can't be downloaded: %s", error.message)
        raise Gone(error.message) from error


async def content(file: File, context: Context) -> bytes:
    """As `download`, but always into memory; raises TooLarge for more than the worker takes."""
    source = await download(file, context)
    if isinstance(source, bytes):
        return source
    _check(source.stat().st_size, context.worker.max_bytes)
    return await asyncio.to_thread(source.read_bytes)


async def _beginning(source: str | Path, size: int, bot: Bot) -> bytes | None:
    """The first bytes of a document; None of anything else, and of a small one."""
    if "documents/" not in str(source) or size <= KIND_BYTES:
        return None
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(KIND_BYTES)
    if not isinstance(bot.request, PatientRequest):
        return None
    return await bot.request.beginning(f"{bot.base_file_url}/{quote(source)}", KIND_BYTES)


def path_of(file: File, bot: Bot) -> str:
    """Return the `file_path` as the server said it, from which PTB makes an address."""
    return (file.file_path or "").removeprefix(f"{bot.base_file_url}/")


async def downloaded(path: str, bot: Bot) -> bytes:
    """Download what lies at a relative path of the server; raises TelegramError."""
    return await bot.request.retrieve(f"{bot.base_file_url}/{quote(path)}")


def _on_disk(path: str, context: Context) -> Path:
    settings = context.settings
    try:
        found = locate(path, settings.telegram_bot_token, settings.telegram_api_dir)
    except LocalFileUnreadable as error:
        raise _logged(error) from error.__cause__
    _check(found.stat().st_size, context.max_bytes)
    return found


def _logged(error: LocalFileUnreadable) -> LocalFileUnreadable:
    logger.error("The Bot API server's file can't be used: %s", error)
    return error


def _check(size: int, most: int) -> None:
    if size > most:
        raise TooLarge(f"{size} bytes, at most {most} are taken")


async def _asked(file_id: str, context: Context, size: int | None) -> File:
    local, seconds = context.settings.telegram_api_dir, ANSWER_SECONDS
    if local:
        seconds += (size or context.max_bytes) / SLOWEST
    try:
        return await context.bot.get_file(file_id, read_timeout=seconds)
    except BadRequest as error:
        if "too big" not in error.message.lower():
            raise
        if local and size and size <= context.max_bytes:
            what = f"The Bot API server finds {size} bytes too big, so it is not in --local mode"
            raise _logged(LocalFileUnreadable(what, "start it with --local")) from error
        raise TooLarge(error.message) from error
