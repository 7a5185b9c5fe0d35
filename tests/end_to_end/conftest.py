"""One Telegram and one bot for all tests here: each test is a person of their own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests import sounds
from tests.fake_telegram import FakeTelegram
from tests.service import Service, running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(telegram: FakeTelegram) -> AsyncIterator[Service]:
    async with running(telegram) as service:
        yield service
    assert "Traceback" not in service.written
    assert telegram.token not in service.written


@pytest.fixture
def bot(service: Service) -> Service:
    """The bot, still alive after all tests before."""
    assert service.process.returncode is None, service.written
    return service


@pytest.fixture(scope="session")
def note() -> bytes:
    """A voice note of six seconds."""
    return sounds.encode(sounds.speech(6), "ogg")
