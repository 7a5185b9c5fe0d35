"""`/settings` in a group: administrators choose by buttons how the bot behaves there.

In a private chat there is nothing to choose but the language.
"""

import time
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot.db import chats
from bot.db.tables import ChatRow
from bot.handlers.language import on_language
from bot.telegram import administrators
from bot.telegram.administrators import is_administrator, sees_everything, wrote
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.group_policy import zone_of
from bot.telegram.messages import NEW, PRIVATE, message_of
from bot.texts import texts_for
from bot.views import group_settings

OPEN_SECONDS = 600  # after the last press a menu is closed


async def on_settings(update: Update, context: Context) -> None:
    message = message_of(update)
    if await wrote(message, context):
        await show(message, context)
    else:
        await message.reply_text(context.texts.say("settings", "only_administrators"))


async def show(message: Message, context: Context) -> None:
    """A new menu, beneath `message`."""
    words, buttons = await _page("home", await chats.of(context.store, message.chat_id), context)
    await message.reply_text(words, reply_markup=buttons)


async def on_press(update: Update, context: Context) -> None:
    """A page is opened, something is set, or the menu is closed."""
    query = update.callback_query
    assert query is not None
    message, say = pressed(query), context.texts.say
    if message is None or message.chat.type not in ("group", "supergroup"):
        await toast(query, say("settings", "stale"))
    elif context.call_budget.wait(message.chat_id) > 0:  # Telegram takes no more
        await toast(query, say("settings", "wait"))
    elif not await _may(query, message.chat_id, context):
        await toast(query, say("settings", "only_administrators"), alert=True)
    elif query.data == "set:open":  # under a greeting, which stays
        await toast(query)
        await show(message, context)
    elif _is_old(message):
        await _close(query, message, say("settings", "stale"))
    elif query.data == "set:close":
        await _close(query, message, say("settings", "closed"))
    else:
        await _turn(query, message, context)


async def _may(query: CallbackQuery, chat_id: int, context: Context) -> bool:
    """Whether an administrator pressed; who changes something has to be one at this moment."""
    changes = group_settings.chosen(*_pressed(query)) is not None
    memory = administrators.MOMENT if changes else administrators.MEMORY
    return await is_administrator(context, chat_id, query.from_user.id, memory)


def _pressed(query: CallbackQuery) -> tuple[str, str]:
    name, _, value = (query.data or "").removeprefix("set:").partition(":")
    return name, value


async def _turn(query: CallbackQuery, message: Message, context: Context) -> None:
    """Do what the button says and show the page that comes then."""
    name, value = _pressed(query)
    chat = await chats.of(context.store, message.chat_id)
    if columns := group_settings.chosen(name, value):
        if name == "quiet" and chat.timezone is None:  # what the menu has shown so far
            columns["timezone"] = zone_of(chat, context.texts.language).key
        chat = await chats.change(context.store, message.chat_id, **columns)
        value = group_settings.page_after(name)
    if name == "language":
        code = chat.language or query.from_user.language_code
        context.texts = texts_for(code, context.settings.language)
    await toast(query)
    await rewrite(message, *await _page(value, chat, context))


async def _page(name: str, chat: ChatRow, context: Context) -> tuple[str, InlineKeyboardMarkup]:
    blind = chat.notes != "asked" and not await sees_everything(context, chat.id)
    return group_settings.page(name, chat, context.texts, blind)


async def _close(query: CallbackQuery, message: Message, words: str) -> None:
    await toast(query)
    await rewrite(message, words)


def _is_old(message: Message) -> bool:
    last = message.edit_date or message.date
    return time.time() - last.timestamp() > OPEN_SECONDS


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("settings", on_settings, NEW & filters.ChatType.GROUPS),
        CommandHandler("settings", on_language, PRIVATE),
        CallbackQueryHandler(on_press, pattern=r"^set:"),
    ]
