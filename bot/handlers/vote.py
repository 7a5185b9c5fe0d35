"""*Was it right?* under an answer: right, wrong or not known; one vote a person and note."""

import logging
import time
from typing import Any

from sqlalchemy import delete
from telegram import InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db.tables import Vote
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.taps import Tap, tap_of, toast

CHOICES = ("right", "wrong", "unknown")

logger = logging.getLogger(__name__)


async def on_vote(update: Update, context: Context) -> None:
    """Ask first, then note what is said; whoever sees the answer may vote."""
    tap = await tap_of(update, context)
    if tap is None:
        return
    say, verdict = context.texts.say, tap.answer.verdict
    choice = tap.arguments[0] if tap.arguments else None
    if choice in CHOICES:
        await keep(tap, choice, context)
        await toast(tap.query, say("vote", f"thanks_{choice}"))
        await _change(tap, keyboards.under(verdict, tap.token, context.texts))
        return
    await toast(tap.query)
    buttons = [keyboards.button(say("vote", each), "vote", tap.token, each) for each in CHOICES]
    await _change(tap, keyboards.keyboard(buttons))


async def keep(tap: Tap, choice: str, context: Context) -> None:
    """Note a vote in place of an earlier one; who does not know takes theirs back."""
    answer, person = tap.answer, tap.query.from_user.id
    key = {"sha256": answer.sha256, "model": answer.verdict.model, "person_id": person}
    async with context.store.session() as session:
        if choice == "unknown":
            await session.execute(delete(Vote).filter_by(**key))
            return
        said = {
            "label": tap.answer.verdict.label.value,
            "right": choice == "right",
            "voted_at": int(time.time()),
        }
        new = context.store.insert(Vote).values(key | said)
        await session.execute(new.on_conflict_do_update(index_elements=list(key), set_=said))


async def _change(tap: Tap, buttons: InlineKeyboardMarkup) -> None:
    try:
        await tap.message.edit_reply_markup(buttons)
    except BadRequest as error:  # two pressed at once, or the message is gone
        logger.info("The buttons stay: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CallbackQueryHandler(on_vote, pattern=r"^vote:[\w-]{16}(:|$)")]
