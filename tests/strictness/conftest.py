"""A Telegram and a bot of PTB's for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio
from telegram import Bot

from tests.fake_telegram import FakeTelegram


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest_asyncio.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    address = f"{telegram.url}/bot", f"{telegram.url}/file/bot"
    async with Bot(telegram.token, *address) as bot:
        yield bot
