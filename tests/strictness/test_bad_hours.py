"""Telegram in its bad hours: limits, disorder, dead lines."""

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from tests.fake_telegram import FakeTelegram, Limits, Stall
from tests.strictness.asking import NOTE


async def test_too_many_calls_are_told_to_wait(
    telegram: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # PTB warns else
    group, maria = telegram.group(), telegram.person()
    telegram.sends_text(maria, "/start")
    telegram.limits = Limits(burst=2)
    for _ in range(2):
        await bot.send_message(maria.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(maria.id, "x")
    for _ in range(20):
        await bot.send_chat_action(group.id, "typing")
    with pytest.raises(RetryAfter):
        await bot.send_chat_action(group.id, "typing")


async def test_updates_come_twice_and_in_any_order_when_told(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria = telegram.person()
    for number in range(5):
        telegram.sends_text(maria, str(number))
    telegram.repeats()
    telegram.shuffles()
    numbers = [update.update_id for update in await bot.get_updates(timeout=0)]
    assert sorted(numbers) == sorted([*range(1, 6), *range(1, 6)])
    assert numbers != sorted(numbers)


async def test_a_line_that_dies_leaves_half_a_file(telegram: FakeTelegram, bot: Bot) -> None:
    note = telegram.sends_voice(telegram.person(), NOTE)
    telegram.fails("download", Stall(seconds=0.05))
    file = await bot.get_file(note["voice"]["file_id"])
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == NOTE
