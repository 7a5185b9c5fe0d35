"""Telegram repeats updates, mixes them up, lets lines die and counts calls: one answer each."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fake_telegram import FakeTelegram, Limits, Stall
from tests.floods import Flood
from tests.service import Service, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

READING = 15.0  # s that the bot waits for the next bytes


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def disorder() -> AsyncIterator[tuple[FakeTelegram, Service]]:
    """A Telegram of its own: what is told to it holds for everybody's updates."""
    async with FakeTelegram() as telegram, running(telegram) as bot:
        yield telegram, bot


async def test_repeated_and_mixed_updates_are_answered_once_each(
    disorder: tuple[FakeTelegram, Service], note: bytes
) -> None:
    telegram, bot = disorder
    people = [telegram.person(f"Person {number}") for number in range(3)]
    flood = Flood(telegram, note)
    telegram.repeats()
    telegram.shuffles(seed=3)
    try:
        for number in range(12):
            flood.send(people[number % 3])
        await flood.ends(bot)
    finally:
        telegram.repeats(False)
        telegram.shuffles(None)
    assert (flood.lost, flood.doubled) == (0, 0)


async def test_notes_outlast_the_limits_of_a_chat(
    disorder: tuple[FakeTelegram, Service], note: bytes
) -> None:
    telegram, bot = disorder
    maria, flood = telegram.person(), Flood(telegram, note)
    telegram.limits = Limits(burst=1)
    try:
        for _ in range(4):
            flood.send(maria)
        await flood.ends(bot)
    finally:
        telegram.limits = None
    assert (flood.lost, flood.doubled) == (0, 0)
    assert any(call.status == 429 for call in telegram.calls)


@pytest.mark.slow
async def test_a_line_that_dies_in_the_middle_of_a_note_is_given_up_and_dialled_again(
    disorder: tuple[FakeTelegram, Service], note: bytes
) -> None:
    telegram, _ = disorder
    maria = telegram.person()
    telegram.fails("download", Stall(seconds=10 * READING))
    started = asyncio.get_running_loop().time()
    telegram.sends_voice(maria, note)
    await telegram.next_call("sendPhoto", maria, seconds=3 * READING)
    assert asyncio.get_running_loop().time() - started < 2 * READING
    assert len(telegram.sent_to(maria)) == 1
