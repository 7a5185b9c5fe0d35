"""`/start TOKEN`: a link to an answer was opened; the answer is shown once more, in private."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.db import answers
from bot.handlers import pages
from bot.handlers.notes import show
from bot.telegram.context import Context
from bot.telegram.messages import PRIVATE, asker_of, message_of


async def on_link(update: Update, context: Context) -> None:
    """Whoever has the link sees the answer, unless it is for the asker alone."""
    message = message_of(update)
    found = await answers.find(context.store, (message.text or "").split()[-1])
    if found is None:  # forgotten, or never an answer: as if the bot was simply begun
        await pages.on_page(update, context)
    elif found.private and found.asker_id != asker_of(message):
        await message.reply_text(context.texts.say("links", "not_yours"))
    else:
        reader = asker_of(message)  # who gets buttons of their own
        again = await answers.give_again(context.store, found, message.chat_id, reader)
        await show(message, again, context)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Before the pages, which have a `/start` of their own."""
    return [MessageHandler(PRIVATE & filters.Regex(r"^/start(@\w+)? [\w-]{16}$"), on_link)]
