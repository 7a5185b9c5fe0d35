"""Which of our buttons somebody pressed."""

from telegram import CallbackQuery, Message


def pressed(query: CallbackQuery) -> Message | None:
    """The message whose button was pressed; None when it has no such button (any more).

    An app may send whatever it likes, and a message may be gone or have other buttons by now.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    return message if query.data in [button.callback_data for button in buttons] else None
