"""Updates go into the bot, and what it asks Telegram to send comes out."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Update

from bot import application
from bot.db import Store
from bot.handlers import notes
from bot.settings import Settings
from bot.telegram.context import App
from bot.worker.pool import WorkerPool
from tests.bot.stand_ins import Telegram

VOICE = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 5}
FILES = {"v": b"a voice note"}


@asynccontextmanager
async def bot(
    monkeypatch: pytest.MonkeyPatch, worker: WorkerPool, telegram: Telegram, **settings: Any
) -> AsyncIterator[App]:
    """A bot with an empty store."""
    monkeypatch.setattr(application, "PatientRequest", lambda *_: telegram)
    monkeypatch.setattr(notes, "PAUSE", 0)
    store = Store("sqlite://")
    await store.open()
    built = application.build(Settings(telegram_bot_token="1:a", **settings), worker, store)
    try:
        async with built:
            telegram.sent.clear()
            yield built
    finally:
        await store.close()


def message(
    chat: str = "private", language: str | None = "en", sender: bool = True, **content: Any
) -> dict[str, Any]:
    user = {"id": 7, "is_bot": False, "first_name": "A", "language_code": language}
    return {
        "message_id": 5,
        "date": 0,
        "chat": {"id": 7 if chat == "private" else -7, "type": chat},
        **({"from": user} if sender else {}),
        **content,
    }


def command(text: str) -> dict[str, Any]:
    [name] = re.findall(r"^/[\w@]+", text)  # as Telegram does it
    length = len(name)
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


async def tell(
    monkeypatch: pytest.MonkeyPatch,
    worker: WorkerPool,
    telegram: Telegram,
    *updates: dict[str, Any],
    **settings: Any,
) -> list[tuple[str, dict[str, Any]]]:
    """What the bot answers to updates, one after the other."""
    async with bot(monkeypatch, worker, telegram, **settings) as built:
        for number, content in enumerate(updates):
            update = Update.de_json({"update_id": number, **content}, built.bot)
            await built.process_update(update)
    return telegram.answers()
