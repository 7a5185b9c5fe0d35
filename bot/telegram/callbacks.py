"""Callback queries: the message and answer that a button belongs to, and who may press it."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.db import answers
from bot.db.answers import StoredAnswer
from bot.telegram.context import Context

logger = logging.getLogger(__name__)


def pressed(query: CallbackQuery) -> Message | None:
    """Return the message whose button was pressed; None when it has no such button.

    A client may send any data, and a message may be gone or have other buttons by now.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    return message if query.data in [button.callback_data for button in buttons] else None


async def rewrite(
    message: Message, words: str, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Edit the text or caption and the buttons of our message; return whether that worked."""
    edit = message.edit_text if message.text is not None else message.edit_caption
    try:
        await edit(words, reply_markup=keyboard)
    except BadRequest as error:  # pressed twice, or deleted meanwhile
        logger.info("A message stays as it is: %s", error)
        return False
    return True


@dataclass(frozen=True)
class Callback:
    """A pressed button, `name:TOKEN` or `name:TOKEN:argument:…`."""

    query: CallbackQuery
    message: Message  # under which the button stands
    answer: StoredAnswer
    arguments: list[str]

    @property
    def token(self) -> str:
        return self.answer.token


async def callback_of(
    update: Update, context: Context, asker_only: bool = False
) -> Callback | None:
    """Parse the update's callback query.

    None, after a sentence to whoever pressed, when the answer is gone or is not theirs to use.
    """
    query = update.callback_query
    assert query is not None  # the handlers' patterns let nothing else through
    message, (_, token, *arguments) = pressed(query), (query.data or "").split(":")
    found = await answers.find(context.store, token) if message else None
    if message is None or found is None:
        await toast(query, context.texts.say("buttons", "stale"))
        return None
    if (asker_only or found.private) and not found.may_order(query.from_user.id):
        await toast(query, context.texts.say("buttons", "not_yours"), alert=True)
        return None
    return Callback(query, message, found, arguments)


async def toast(query: CallbackQuery, text: str | None = None, alert: bool = False) -> None:
    """Answer a callback query, with at most 200 characters or nothing; as an alert or a toast."""
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:  # it expires after some seconds
        logger.info("A press was answered too late: %s", error)
