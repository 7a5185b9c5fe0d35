"""One Telegram and one bot for all tests here: each test is a person of their own."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests import sounds
from tests.fake_telegram import FakeTelegram, Person
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
    for who in telegram.chats.chats.values():  # nobody is told of in the log, by number or name
        assert str(abs(who.id)) not in service.written
        if isinstance(who, Person):
            assert not re.search(rf"\b{re.escape(who.name)}\b", service.written)


@pytest.fixture
def bot(service: Service) -> Service:
    """The bot, still alive after all tests before."""
    assert service.process.returncode is None, service.written
    return service


@pytest.fixture(scope="session")
def note() -> bytes:
    """A voice note of six seconds."""
    return sounds.encode(sounds.speech(6), "ogg")
