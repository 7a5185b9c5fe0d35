"""Guest mode: "@bot" in reply to a note in any chat, also where the bot is no member.

Apart from all other handlers: a guest may write nothing into that chat but one answer to the query,
and not a picture that Telegram does not have yet; so words, and a link to the rest.
"""

import logging
from typing import Any

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import BaseHandler, MessageHandler, filters

from bot import metrics
from bot.db import answers
from bot.services import detection
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.messages import Sound, asker_of, sound_of
from bot.views import no_sound
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_guest(update: Update, context: Context) -> None:
    """Judge the note that is replied to, or the one that "@bot" is written under."""
    message, texts = update.guest_message, context.texts
    assert message is not None  # the filter lets nothing else through
    sound = note_of(message)
    if sound is None:
        kind = no_sound.kind_of(message.reply_to_message or message.external_reply, context.bot.id)
        how = texts.say("guest", "how", name=f"@{context.bot.username}")
        words = no_sound.words(kind, texts) if kind and kind != "text" else how
        await answer(message, words, context)
        return
    try:
        found = await detection.detect(sound, context, drawn=False)
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        await answer(message, texts.error(error.code, context.max_bytes), context)
        return
    asker = asker_of(message)
    # The chat's own number may be that of another one here: a guest's answer belongs to who asked.
    given = await answers.give(context.store, found, sound, asker, asker)
    way = keyboards.way_to(given.token, texts.say("guest", "more"), context.bot.username)
    await answer(message, texts.short(given.verdict), context, way)


def note_of(message: Message) -> Sound | None:
    """What is replied to, here or in another chat, or what the words stand under."""
    for note in (message.reply_to_message, message.external_reply, message):
        if note and (sound := sound_of(note)):
            return sound
    return None


async def answer(
    message: Message, words: str, context: Context, buttons: InlineKeyboardMarkup | None = None
) -> None:
    """The one message that a guest may write."""
    assert message.guest_query_id is not None
    result = InlineQueryResultArticle(
        "answer", words.splitlines()[0], InputTextMessageContent(words), reply_markup=buttons
    )
    try:
        await context.bot.answer_guest_query(message.guest_query_id, result)
    except BadRequest as error:  # answered before, or too late
        logger.warning("A guest was not answered: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [MessageHandler(filters.UpdateType.GUEST_MESSAGE, on_guest)]
