"""What Telegram sends is kept, then confirmed; trouble only makes it later."""

import asyncio
import json

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot

from bot.db.updates import Content
from bot.settings import SettingError
from bot.updates import polling
from bot.updates.polling import poll
from tests.bot.stand_ins import Polled


async def polled(
    monkeypatch: pytest.MonkeyPatch, telegram: Polled, wanted: int, troubles: int = 0
) -> list[int]:
    """The numbers of the first `wanted` updates; the store fails as often as `troubles` says."""
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)
    taken: list[int] = []
    enough = asyncio.Event()
    waiting = iter(range(troubles))

    async def take(contents: list[Content]) -> None:
        for _ in waiting:
            raise OperationalError("INSERT", {}, OSError("disk full"))
        taken.extend(content["update_id"] for content in contents)
        if len(taken) >= wanted:
            enough.set()

    async with Bot("1:a", request=telegram, get_updates_request=telegram) as bot:
        work = asyncio.create_task(poll(bot, take))
        await asyncio.wait(
            {work, asyncio.create_task(enough.wait())}, timeout=60, return_when="FIRST_COMPLETED"
        )
        work.cancel()
        outcome = (await asyncio.gather(work, return_exceptions=True))[0]
    if isinstance(outcome, Exception):
        raise outcome
    return taken


async def test_updates_are_confirmed_after_they_were_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Polled([{"update_id": 41}], [{"update_id": 42}, {"update_id": 43}])
    assert await polled(monkeypatch, telegram, 3) == [41, 42, 43]
    assert telegram.offsets == [0, 42, 44, 44]


async def test_what_could_not_be_kept_is_not_confirmed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Polled([{"update_id": 41}], [{"update_id": 41}])
    assert await polled(monkeypatch, telegram, 1, troubles=1) == [41]
    assert telegram.offsets[:3] == [0, 0, 42]
    assert "disk full" in caplog.text


async def test_polling_goes_on_after_failures(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Polled(502, 409, 500, b"<html>", b"[]", [{"update_id": 1}])
    assert await polled(monkeypatch, telegram, 1) == [1]
    assert caplog.text.count("No updates: ") == 5
    assert "Traceback" not in caplog.text


async def test_an_update_of_any_shape_is_handed_on_raw(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Polled([{"update_id": 1, "poll": {"id": "without the rest of it"}}])
    assert await polled(monkeypatch, telegram, 1) == [1]


async def test_what_no_database_can_number_is_passed_over_and_not_asked_for_at_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hostile = {"update_id": 2**70}
    telegram = Polled([{"update_id": 1}, hostile], [hostile], [hostile, {"update_id": 2}])
    assert await polled(monkeypatch, telegram, 2) == [1, 2]
    assert telegram.offsets == [0, 2, 2, 3, 3]
    assert caplog.text.count("again in") == 1


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_ends_it_with_advice(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    with pytest.raises(SettingError, match="@BotFather") as caught:
        await polled(monkeypatch, Polled(code), 1)
    assert "1:a" not in str(caught.value)


async def test_telegram_is_told_what_we_want(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Polled([{"update_id": 1}])
    await polled(monkeypatch, telegram, 1)
    assert json.loads(telegram.asked[0]["allowed_updates"]) == polling.KINDS
