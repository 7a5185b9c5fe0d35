"""Links that open the bot with an answer: `https://t.me/BOT?start=TOKEN`."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.helpers import create_deep_linked_url


def way_to(token: str, label: str, username: str) -> InlineKeyboardMarkup:
    """One button that leads to the answer, in private."""
    link = create_deep_linked_url(username, token)
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, link)]])
