"""A file of Telegram's becomes bytes."""

import asyncio
import hashlib

from telegram import Bot, File
from telegram.error import BadRequest, Forbidden, InvalidToken

from inference.errors import DetectionError, TooLarge

PAUSE = 1.0  # s; Telegram has the same words for a file that is gone and for one that is late


class Gone(DetectionError):
    """Telegram does not give the recording out, or no longer."""

    code = "gone"


async def fetch(file_id: str, bot: Bot) -> bytes:
    """The bytes of a file; raises Gone and TooLarge."""
    return await download(await file_of(file_id, bot))


async def file_of(file_id: str, bot: Bot) -> File:
    """Where a file lies, and how big it is; raises Gone and TooLarge."""
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
    """What lies there; raises Gone."""
    try:
        return bytes(await file.download_as_bytearray())
    except (BadRequest, Forbidden, InvalidToken) as error:  # PTB takes any 404 for a wrong token
        raise Gone(error.message) from error


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def _asked(file_id: str, bot: Bot) -> File:
    try:
        return await bot.get_file(file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise TooLarge(error.message) from error
        raise
