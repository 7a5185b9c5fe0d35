"""`/accuracy`: how often the served model was right when it was measured, and a picture of it."""

import asyncio
import logging
from functools import cache
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CommandHandler

from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of
from bot.texts import texts_for
from bot.views import accuracy

logger = logging.getLogger(__name__)


async def on_accuracy(update: Update, context: Context) -> None:
    message, model = message_of(update), context.settings.model
    found = await asyncio.to_thread(accuracy.measured, model)
    words = accuracy.words(context.texts, found, context.worker.model)
    if found is None:
        await message.reply_text(words)
        return
    picture = await asyncio.to_thread(_picture, model, context.texts.language)
    try:
        await message.reply_photo(picture, caption=words)
    except BadRequest as error:  # a group that allows no pictures
        await message.reply_text(words)
        logger.warning("No picture: %s", error)


@cache
def _picture(model: Path | None, language: str) -> bytes:
    from bot.views.accuracy_picture import (
        draw,  # brings Pillow and NumPy along, 16 MB; few will ask
    )

    found = accuracy.measured(model)
    assert found is not None
    return draw(found, texts_for(language, language))


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CommandHandler("accuracy", on_accuracy, NEW)]
