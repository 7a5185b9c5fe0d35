"""*Was it right?* under an answer: right, wrong or not known; one vote a person and note."""

import logging
from typing import Any

from telegram import InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db import verdicts
from bot.telegram import keyboards
from bot.telegram.callbacks import Tap, tap_of, toast
from bot.telegram.context import Context

CHOICES = {"right": True, "wrong": False, "unknown": None}  # by the names of their buttons

logger = logging.getLogger(__name__)


async def on_vote(update: Update, context: Context) -> None:
    """Ask first, then note what is said; whoever sees the answer may vote."""
    tap = await tap_of(update, context)
    if tap is None:
        return
    say, verdict = context.texts.say, tap.answer.verdict
    choice = tap.arguments[0] if tap.arguments else None
    if choice in CHOICES:
        person, is_correct = tap.query.from_user.id, CHOICES[choice]
        await verdicts.vote(context.store, tap.answer, person, is_correct)
        await toast(tap.query, say("vote", f"thanks_{choice}"))
        await _change(tap, keyboards.under(verdict, tap.token, context.texts))
        return
    await toast(tap.query)
    buttons = [keyboards.button(say("vote", each), "vote", tap.token, each) for each in CHOICES]
    await _change(tap, keyboards.keyboard(buttons))


async def _change(tap: Tap, buttons: InlineKeyboardMarkup) -> None:
    try:
        await tap.message.edit_reply_markup(buttons)
    except BadRequest as error:  # two pressed at once, or the message is gone
        logger.info("The buttons stay: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CallbackQueryHandler(on_vote, pattern=r"^vote:[\w-]{16}(:|$)")]
