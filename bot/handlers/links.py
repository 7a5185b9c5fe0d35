"""`/start TOKEN`: a link to an answer was opened; the answer is shown once more, in private."""

import logging
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.caption import caption
from bot.db import answers
from bot.handlers import pages
from bot.handlers.notes import PRIVATE, message_of, show
from bot.services import earlier
from bot.services.earlier import Earlier
from bot.telegram import keyboards
from bot.telegram.context import Context
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_link(update: Update, context: Context) -> None:
    """Whoever has the link sees the answer, unless it is for the asker alone."""
    message = message_of(update)
    found = await earlier.find(context.store, (message.text or "").split()[-1])
    if found is None:  # forgotten, or never an answer: as if the bot was simply begun
        await pages.on_page(update, context)
    elif found.answer.private and found.answer.asker_id != answers.asker_of(message):
        await message.reply_text(context.texts.say("links", "not_yours"))
    else:
        await show_again(message, found, context)


async def show_again(message: Message, found: Earlier, context: Context) -> None:
    """With buttons for this reader; the words alone where the picture can't be had any more."""
    try:
        heard = await earlier.heard_again(found, context)
    except DetectionError as error:
        logger.info("An answer without its picture: %s", error)
        heard = None
    reader = answers.asker_of(message)
    token = await answers.issue_again(context.store, found.answer, message.chat_id, reader)
    if heard:
        await show(message, heard, context, token)
        return
    words = caption(found.verdict, found.checks, context.texts)
    buttons = keyboards.under(found.verdict, token, context.texts)
    await message.reply_text(words, reply_markup=buttons)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Before the pages, which have a `/start` of their own."""
    return [MessageHandler(PRIVATE & filters.Regex(r"^/start(@\w+)? [\w-]{16}$"), on_link)]
