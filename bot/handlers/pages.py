"""`/start`, `/help`, `/privacy` and `/about`: a page of words each."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.context import Context
from bot.handlers.notes import NEW, message_of

PAGES = ("start", "help", "privacy", "about")


async def on_page(update: Update, context: Context) -> None:
    message = message_of(update)
    assert message.text is not None
    name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    await message.reply_text(
        context.texts.say(
            "chat",
            name,
            megabytes=context.worker.max_bytes // 1024**2,
            minutes=context.settings.max_seconds / 60,
            model=context.worker.model,
        )
    )


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CommandHandler(PAGES, on_page, NEW)]
