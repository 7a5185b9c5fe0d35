"""What the tests here send, and what they expect to be told."""

import io
from contextlib import AbstractContextManager

import pytest
from PIL import Image
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)

NOTE = b"a note of no importance"


def refused(kind: type[Exception], words: str) -> AbstractContextManager[object]:
    """PTB writes what Telegram says with other capitals."""
    return pytest.raises(kind, match=f"(?i){words}")


def picture(width: int = 400) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, 300), "red").save(made, "PNG")
    return made.getvalue()


def keyboard(data: str, label: str = "Why?") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def taken(bot: Bot) -> list[Update]:
    """The updates that wait."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(updates[-1].update_id + 1, timeout=0)
    return list(updates)


def text(number: str, words: str = "A person, quite likely.") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(number, "Answer", InputTextMessageContent(words))
