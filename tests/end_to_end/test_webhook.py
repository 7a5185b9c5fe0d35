"""Updates that come by webhook: only Telegram's own are taken."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from tests.fake_telegram import FakeTelegram
from tests.service import Service, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECRET = "a-secret_Word-42"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def behind_proxy() -> AsyncIterator[tuple[FakeTelegram, Service]]:
    """A bot whose public address ends at a proxy that leads to it."""
    url = "https://ouvido.example/telegram/updates"
    async with (
        FakeTelegram() as telegram,
        running(telegram, WEBHOOK_URL=url, WEBHOOK_SECRET=SECRET) as bot,
    ):
        telegram.updates.upstream = bot.address
        yield telegram, bot


async def test_notes_are_answered(behind_proxy: tuple[FakeTelegram, Service], note: bytes) -> None:
    telegram, _ = behind_proxy
    person = telegram.person()
    telegram.sends_voice(person, note)
    await telegram.next_call("sendPhoto", person)
    assert set(telegram.updates.webhook.answers) == {200}
    assert not [call for call in telegram.calls if call.method == "getUpdates"]


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: "wrong"}, {HEADER: SECRET[:-1]}, {HEADER: "ú"}], ids=str
)
async def test_without_the_secret_nothing_is_taken(
    behind_proxy: tuple[FakeTelegram, Service], headers: dict[str, str]
) -> None:
    telegram, bot = behind_proxy
    person = telegram.person()
    update = {
        "update_id": 1_000_000 + person.id,  # one that was not seen before
        "message": telegram.chats.add(person, person.as_user, text="/start"),
    }
    address = f"{bot.address}/telegram/updates"
    async with aiohttp.ClientSession() as session:
        async with session.post(address, json=update, headers=headers) as refused:
            assert refused.status in (401, 403)
        async with session.post(address, json=update, headers={HEADER: SECRET}) as taken:
            assert taken.status == 200
    await telegram.next_call("sendMessage", person)
    assert len(telegram.sent_to(person)) == 1


async def test_an_update_that_telegram_repeats_is_answered_once(
    behind_proxy: tuple[FakeTelegram, Service], note: bytes
) -> None:
    """It does when our 200 got lost on the way."""
    telegram, _ = behind_proxy
    person = telegram.person()
    telegram.sends_voice(person, note)
    (update,) = telegram.updates.pending.values()
    await telegram.until(lambda: not telegram.updates.pending)
    telegram.updates.push(update)
    await telegram.until(lambda: not telegram.updates.pending)
    await telegram.next_call("sendPhoto", person)
    await asyncio.sleep(1)  # in which another answer would come
    assert len(telegram.sent_to(person)) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe"], ids=repr)
async def test_what_is_no_update_is_refused(
    behind_proxy: tuple[FakeTelegram, Service], body: bytes
) -> None:
    _, bot = behind_proxy
    headers = {HEADER: SECRET, "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{bot.address}/telegram/updates", data=body, headers=headers) as answer,
    ):
        assert answer.status == 400
    assert "Traceback" not in bot.written


async def test_the_secret_is_never_logged(behind_proxy: tuple[FakeTelegram, Service]) -> None:
    telegram, bot = behind_proxy
    assert SECRET not in bot.written
    assert telegram.token not in bot.written
