"""Downloading files from Telegram."""

import asyncio
import hashlib

from telegram import Bot, File
from telegram.error import BadRequest, Forbidden, InvalidToken

from inference.errors import DetectionError, TooLarge

PAUSE = 1.0  # s; Telegram has the same words for a file that is gone and for one that is late


class Gone(DetectionError):
    """Telegram does not, or no longer, let the bot download the file."""

    code = "gone"


async def fetch(file_id: str, bot: Bot) -> bytes:
    """Download a file by its file_id; raises Gone and TooLarge."""
    return await download(await file_of(file_id, bot))


async def file_of(file_id: str, bot: Bot) -> File:
    """Get path and size of a file, trying twice; raises Gone and TooLarge."""
    try:
        return await _asked(file_id, bot)
    except BadRequest as error:
        if "temporarily" not in error.message.lower():
            raise Gone(error.message) from error
    await asyncio.sleep(PAUSE)
    try:
        return await _asked(file_id, bot)
    except BadRequest as error:
        raise Gone(error.message) from error


async def download(file: File) -> bytes:
    """Download the file at a path of `file_of`; raises Gone."""
    try:
        return bytes(await file.download_as_bytearray())
    except (BadRequest, Forbidden, InvalidToken) as error:  # PTB takes any 404 for a wrong token
        raise Gone(error.message) from error


def sha256(data: bytes) -> str:
    """Return the hash in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


async def _asked(file_id: str, bot: Bot) -> File:
    try:
        return await bot.get_file(file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise TooLarge(error.message) from error
        raise
