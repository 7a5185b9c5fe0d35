"""Presses of our buttons: which message and answer they belong to, and who may press."""

import logging
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.db import answers
from bot.db.answers import StoredAnswer
from bot.telegram.context import Context

logger = logging.getLogger(__name__)


def pressed(query: CallbackQuery) -> Message | None:
    """The message whose button was pressed; None when it has no such button (any more).

    An app may send whatever it likes, and a message may be gone or have other buttons by now.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    return message if query.data in [button.callback_data for button in buttons] else None


async def rewrite(
    message: Message, words: str, keyboard: InlineKeyboardMarkup | None = None
) -> bool:
    """Other words and buttons in a text of ours, or under a recording; whether that changed it."""
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
    """Who pressed what; None, and a sentence to who pressed, where that can't be answered."""
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
    """End the waiting of who pressed, with a few words or none (at most 200 characters)."""
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:  # a button can be answered for some seconds only
        logger.info("A press was answered too late: %s", error)
