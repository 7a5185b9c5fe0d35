"""Downloading files from Telegram."""

import asyncio
import hashlib

from telegram import Bot, File
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.telegram.request import PatientRequest
from inference.decoding.containers import JUNK, sniff
from inference.errors import DetectionError, NotSound, TooLarge

KIND_BYTES = 2 * JUNK  # bytes of a document by which it is told whether it is sound
PAUSE = 1.0  # s; Telegram has the same words for a file that is gone and for one that is late


class Gone(DetectionError):
    """Telegram does not, or no longer, let the bot download the file."""

    code = "gone"


async def fetch(file_id: str, bot: Bot) -> bytes:
    """Download a file by its file_id; raises Gone and TooLarge, and NotSound for a document whose
    first bytes are those of no recording: the rest of it is not fetched."""
    file = await file_of(file_id, bot)
    beginning = await _beginning_of_document(file, bot)
    if beginning is not None and sniff(beginning) is None:
        raise NotSound("a document that begins like no recording")
    return await download(file)


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


async def _beginning_of_document(file: File, bot: Bot) -> bytes | None:
    """The first bytes of a document that is larger; None of anything else."""
    path = file.file_path or ""
    if "/documents/" not in path or not path.startswith("http"):
        return None
    if (file.file_size or 0) <= KIND_BYTES or not isinstance(bot.request, PatientRequest):
        return None
    return await bot.request.beginning(path, KIND_BYTES)


async def _asked(file_id: str, bot: Bot) -> File:
    try:
        return await bot.get_file(file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise TooLarge(error.message) from error
        raise
