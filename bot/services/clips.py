"""A recording of our own is sent as a voice message: once as a file, then by Telegram's file_id."""

import logging
from typing import Any

from telegram import Message
from telegram.error import BadRequest

from bot.db import clips
from bot.telegram.context import Context

logger = logging.getLogger(__name__)


async def send(
    message: Message, sound: bytes, sha256: str, seconds: float, context: Context, **options: Any
) -> Message | None:
    """The message that was sent in reply; None where no voice messages are allowed.

    `options` are those of `Message.reply_voice`.
    """
    kept = await clips.file_id_of(context.store, sha256)
    for voice in (kept, sound) if kept else (sound,):
        try:
            sent = await message.reply_voice(voice, round(seconds), **options)
        except BadRequest as error:  # a file_id that is no longer good, or no voices are allowed
            logger.info("No clip: %s", error)
        else:
            if sent.voice:
                await clips.keep(context.store, sha256, sent.voice.file_id)
            return sent
    return None
