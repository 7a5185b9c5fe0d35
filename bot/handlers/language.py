"""`/language`: a person chooses for themselves, an administrator for a group."""

import logging
from typing import Any

from telegram import (
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.db import chats, people
from bot.telegram import commands
from bot.telegram.administrators import is_administrator, wrote
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, message_of
from bot.texts import LANGUAGES, texts_for

logger = logging.getLogger(__name__)


async def on_language(update: Update, context: Context) -> None:
    message, say = message_of(update), context.texts.say
    private = message.chat.type == ChatType.PRIVATE
    if not private and not await wrote(message, context):
        await message.reply_text(say("language", "administrators"))
        return
    names = [*LANGUAGES, "auto"] if private else LANGUAGES
    buttons = [
        InlineKeyboardButton(say("language", name), callback_data=f"language:{name}")
        for name in names
    ]
    keyboard = InlineKeyboardMarkup.from_column(buttons)
    await message.reply_text(say("language", "which"), reply_markup=keyboard)


async def on_press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    message, choice = pressed(query), (query.data or "").partition(":")[2]
    if message is None or choice not in (*LANGUAGES, "auto"):
        await toast(query, context.texts.say("language", "stale"))
        return
    person, language = query.from_user, None if choice == "auto" else choice
    if message.chat.type == ChatType.PRIVATE:
        await people.choose(context.store, person.id, language=language)
    elif await is_administrator(context, message.chat_id, person.id):
        await chats.change(context.store, message.chat_id, language=language)
    else:
        await toast(query, context.texts.say("language", "administrators"), alert=True)
        return
    context.texts = texts_for(language or person.language_code, context.settings.language)
    await toast(query)
    await rewrite(message, context.texts.say("language", "chosen"))
    await announce(message, language, context)


async def announce(message: Message, language: str | None, context: Context) -> None:
    """The menu of commands in the language that this chat has chosen."""
    scope, texts = BotCommandScopeChat(message.chat_id), context.texts
    try:
        if language is None:
            await context.bot.delete_my_commands(scope)
        elif message.chat.type == ChatType.PRIVATE:
            takes_donations = context.settings.donations_mb > 0
            await context.bot.set_my_commands(commands.private(texts, takes_donations), scope)
        else:
            await context.bot.set_my_commands(commands.group(texts), scope)
            theirs = BotCommandScopeChatAdministrators(message.chat_id)
            await context.bot.set_my_commands(commands.administrators(texts), theirs)
    except TelegramError as error:  # a group may have removed us
        logger.info("The commands of a chat stay as they are: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("language", on_language, NEW),
        CallbackQueryHandler(on_press, pattern=r"^language:"),
    ]
