"""*Why?* under an answer: one message that explains it, however often it is pressed."""

import asyncio
import logging
from typing import Any
from weakref import WeakValueDictionary

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db import answers
from bot.telegram import keyboards
from bot.telegram.callbacks import Callback, callback_of, toast
from bot.telegram.context import Context
from bot.views import accuracy
from bot.views.explanation import details, explanation

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
ORIGINS = ("user", "hidden_user", "chat", "channel")

# Of each answer that is being explained; else two who press at once get two explanations.
_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

logger = logging.getLogger(__name__)


async def on_why(update: Update, context: Context) -> None:
    """Explain an answer to whoever sees it."""
    assert update.callback_query is not None
    turn = _turns.setdefault(str(update.callback_query.data), asyncio.Lock())
    async with turn:
        callback = await callback_of(update, context)
        if callback is None:
            return
        found = None
        if callback.answer.verdict.model == context.worker.model:
            found = await asyncio.to_thread(accuracy.measured, context.settings.model)
        words = explanation(callback.answer, _origin(callback.message), found, context.texts)
        buttons = _buttons(callback, bool(details(callback.answer, context.texts)), context)
        if await _stands(callback, words, buttons, context):
            await toast(callback.query, context.texts.say("why", "there"))
            return
        sent = await callback.message.reply_text(
            words, ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
        )
        await answers.change(context.store, callback.answer, explanation_message_id=sent.message_id)
    await toast(callback.query)


def _buttons(callback: Callback, more: bool, context: Context) -> InlineKeyboardMarkup:
    few = callback.message.chat.type != ChatType.PRIVATE
    return keyboards.under_why(callback.answer.verdict, callback.token, context, few, more)


async def on_file(update: Update, context: Context) -> None:
    """*File details* under an explanation: add them to it."""
    callback = await callback_of(update, context)
    if callback is None:
        return
    await toast(callback.query)
    told, said = details(callback.answer, context.texts), callback.message.text_html or ""
    if "<blockquote" in said:  # somebody was faster
        return
    try:
        await callback.message.edit_text(
            f"{said}\n{told}", ParseMode.HTML, reply_markup=_buttons(callback, False, context),
            link_preview_options=NO_PREVIEW,
        )  # fmt: skip
    except BadRequest as error:  # two pressed at once, or it was closed
        logger.info("The explanation stays: %s", error)


async def _stands(
    callback: Callback, words: str, buttons: InlineKeyboardMarkup, context: Context
) -> bool:
    """Whether the explanation is there already; in another reader's language it is said anew."""
    number = callback.answer.explanation_message_id
    if number is None:
        return False
    try:
        await context.bot.edit_message_text(
            words, callback.message.chat_id, number, parse_mode=ParseMode.HTML,
            reply_markup=buttons, link_preview_options=NO_PREVIEW,
        )  # fmt: skip
    except BadRequest as error:
        return "not modified" in error.message.lower()  # and not "not found"
    return True


def _origin(message: Message) -> str | None:
    """From what kind of sender the note was forwarded; never from whom."""
    note = message.reply_to_message
    origin = note.forward_origin.type if note and note.forward_origin else None
    return origin if origin in ORIGINS else None


async def on_close(update: Update, context: Context) -> None:
    """Take an explanation or a closer look away again."""
    callback = await callback_of(update, context, asker_only=True)
    if callback is None:
        return
    await toast(callback.query)
    try:
        await callback.message.delete()
    except BadRequest as error:  # after two days a bot may not
        logger.info("A message stays: %s", error)
        await callback.message.edit_reply_markup(None)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CallbackQueryHandler(on_why, pattern=r"^why:[\w-]{16}$"),
        CallbackQueryHandler(on_file, pattern=r"^file:[\w-]{16}$"),
        CallbackQueryHandler(on_close, pattern=r"^close:[\w-]{16}$"),
    ]
