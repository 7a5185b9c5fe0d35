"""`/start`, `/help`, `/privacy` and `/about`: a page of words each."""

from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CommandHandler

from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of

PAGES = ("start", "help", "privacy", "about")


async def on_page(update: Update, context: Context) -> None:
    message = message_of(update)
    assert message.text is not None
    page = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    words = context.texts.say(
        "chat",
        page,
        megabytes=context.max_bytes // 1024**2,
        minutes=context.settings.max_seconds / 60,
        model=context.worker.model,
        name=context.bot.username,
        guest="yes" if context.bot.bot.supports_guest_queries else "no",
    )
    if page == "privacy" and context.settings.telegram_api_dir:
        words += "\n\n" + context.texts.say("chat", "privacy_local")
    if page == "privacy" and context.settings.contact:
        words += "\n" + context.texts.say("chat", "contact", contact=context.settings.contact)
    # In private a quoted command says nothing, and that of a link is a riddle.
    await message.reply_text(
        words,
        do_quote=message.chat.type != ChatType.PRIVATE,
        link_preview_options=LinkPreviewOptions(is_disabled=True),  # of the operator's page
    )


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CommandHandler(PAGES, on_page, NEW)]
