"""Which of our buttons somebody pressed, and the message that changes by it."""

import logging

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

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
