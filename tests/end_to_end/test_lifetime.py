"""How the service starts and ends: refused with a sentence, ended cleanly, killed and back."""

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.fake_telegram import FakeTelegram, Hang, HangUp, ServerError
from tests.service import Service, ready, running, start

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_it_ends_cleanly_and_leaves_nothing(note: bytes) -> None:
    async with FakeTelegram() as telegram, running(telegram, LOG_LEVEL="DEBUG") as bot:
        person = telegram.person()
        telegram.sends_voice(person, note)
        await telegram.next_call("sendPhoto", person)
        started = asyncio.get_running_loop().time()
        assert await bot.ends(signal.SIGTERM) == 0
        assert asyncio.get_running_loop().time() - started < 15
        assert bot.left == []
        assert not bot.remembers(note[100:150])
        assert not bot.remembers(b"Maria")
        assert bot.remembers(b"ouvido-")  # the verdict
        assert telegram.token not in bot.written
        assert "Traceback" not in bot.written


async def test_a_note_in_work_is_answered_before_the_end(note: bytes) -> None:
    async with FakeTelegram() as telegram, running(telegram) as bot:
        person = telegram.person()
        telegram.fails("download", Hang(seconds=2))
        telegram.sends_voice(person, note)
        await telegram.until(lambda: any(call.method == "download" for call in telegram.calls))
        assert await bot.ends(signal.SIGTERM) == 0
        assert len(telegram.sent_to(person)) == 1


@pytest.mark.parametrize("repeated", [False, True], ids=["forgotten", "sent again by Telegram"])
async def test_a_note_is_answered_once_when_the_process_is_killed(
    tmp_path: Path, note: bytes, repeated: bool
) -> None:
    async with FakeTelegram() as telegram:
        person = telegram.person()
        killed = await start(tmp_path, telegram)
        await ready(killed, telegram)
        telegram.fails("download", Hang(seconds=60))
        telegram.sends_voice(person, note)
        (update,) = telegram.updates.pending.values()
        await telegram.until(lambda: any(call.method == "download" for call in telegram.calls))
        await telegram.until(lambda: not telegram.updates.pending)
        assert await killed.ends(signal.SIGKILL) == -signal.SIGKILL
        if repeated:  # as if the killed bot had had no time to say that it has it
            telegram.updates.push(update)
        back = await start(tmp_path, telegram)
        await telegram.next_call("sendPhoto", person)
        await asyncio.sleep(1)  # in which another answer would come
        assert await back.ends(signal.SIGTERM) == 0
        assert len(telegram.sent_to(person)) == 1
        assert back.left == []


async def test_it_waits_for_a_telegram_that_is_not_there_yet(note: bytes) -> None:
    async with FakeTelegram() as telegram:
        telegram.fails("getMe", ServerError(502))
        telegram.fails("getMe", HangUp())
        async with running(telegram):
            person = telegram.person()
            telegram.sends_voice(person, note)
            await telegram.next_call("sendPhoto", person)


async def refused(service: Service) -> str:
    """The one sentence with which it refuses to start."""
    assert await service.ends() not in (0, None)
    assert "Traceback" not in service.written
    assert len(service.errors) <= 2, service.errors
    return service.errors[-1]


async def test_a_wrong_token_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        wrong = "123456:TEST-not-the-token-that-is-known-here"
        service = await start(tmp_path, telegram, TELEGRAM_BOT_TOKEN=wrong)
        assert "TELEGRAM_BOT_TOKEN" in await refused(service)
        assert wrong not in service.written


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "hello"),
        ("OUVIDO_PORT", "eighty"),
        ("LOG_LEVEL", "xx"),
        ("MODEL", "/no"),
    ],
)
async def test_a_wrong_setting_is_refused_with_a_sentence(
    tmp_path: Path, name: str, value: str
) -> None:
    service = await start(tmp_path, None, **{name: value})
    assert name in await refused(service)


async def test_without_a_token_the_page_is_served_and_says_how_to_get_one() -> None:
    async with running(None) as service, aiohttp.ClientSession() as session:
        async with session.get(f"{service.address}/healthz") as healthy:
            assert healthy.status == 200
        async with session.get(f"{service.address}/") as page:
            assert "Ouvido" in await page.text()
        assert "@BotFather" in service.written
