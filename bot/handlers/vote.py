"""*Was it right?* under an answer: right, wrong or not known; one vote a person and note."""

import logging
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db import verdicts
from bot.telegram import keyboards
from bot.telegram.callbacks import Callback, callback_of, toast
from bot.telegram.context import Context
from bot.views.file_facts import facts

CHOICES = {"right": True, "wrong": False, "unknown": None}  # by the names of their buttons

logger = logging.getLogger(__name__)


async def on_vote(update: Update, context: Context) -> None:
    """Ask first, then note what is said; whoever sees the answer may vote."""
    callback = await callback_of(update, context)
    if callback is None:
        return
    say = context.texts.say
    choice = callback.arguments[0] if callback.arguments else None
    if choice in CHOICES:
        person, is_correct = callback.query.from_user.id, CHOICES[choice]
        await verdicts.vote(context.store, callback.answer, person, is_correct)
        await toast(callback.query, say("vote", f"thanks_{choice}"))
        await _change(callback, _before(callback, context))
        return
    await toast(callback.query)
    buttons = [
        keyboards.button(say("vote", each), "vote", callback.token, each) for each in CHOICES
    ]
    await _change(callback, keyboards.keyboard(buttons))


def _before(callback: Callback, context: Context) -> InlineKeyboardMarkup:
    """The buttons that stood there before the choices: an answer's or an explanation's."""
    answer, few = callback.answer, callback.message.chat.type != ChatType.PRIVATE
    if callback.message.message_id == answer.explanation_message_id:
        details = bool(facts(answer.evidence, context.texts))
        return keyboards.under_why(answer.verdict, callback.token, context, few, details)
    return keyboards.under(answer.verdict, callback.token, context, few)


async def _change(callback: Callback, buttons: InlineKeyboardMarkup) -> None:
    try:
        await callback.message.edit_reply_markup(buttons)
    except BadRequest as error:  # two pressed at once, or the message is gone
        logger.info("The buttons stay: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CallbackQueryHandler(on_vote, pattern=r"^vote:[\w-]{16}(:|$)")]
