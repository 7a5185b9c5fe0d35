"""A family's group and the real bot: chosen by buttons, heard unasked, told in one message."""

import asyncio
import re
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.fake_telegram import Chat, FakeTelegram, Limits, Person
from tests.service import ready, running, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTES = 12


async def choose(telegram: FakeTelegram, ana: Person, group: Chat, *buttons: str) -> None:
    """Go through the settings menu as an administrator."""
    telegram.promotes(group, ana)
    telegram.sends_text(ana, "/settings", chat=group)
    menu: Any = (await telegram.next_call("sendMessage", group)).result
    for button in buttons:
        telegram.taps(ana, menu, button)
        menu = (await telegram.next_call("editMessageText", group)).result


@pytest.mark.usefixtures("bot")
async def test_what_administrators_choose_is_done(telegram: FakeTelegram, note: bytes) -> None:
    group, ana = telegram.group(forum=True), telegram.person("Ana", "es")
    topic = telegram.topic(group)
    await choose(telegram, ana, group, "page:notes", "notes:forwarded", "page:home", "close")
    telegram.promotes(group)  # so that it sees what is not meant for it
    forwarded = telegram.sends_voice(ana, note, chat=group, thread=topic, forwarded=True)
    answer = (await telegram.next_call("sendPhoto", group)).result
    assert answer["reply_to_message"]["message_id"] == forwarded["message_id"]
    assert answer["message_thread_id"] == topic
    assert "máquina" in answer["caption"]
    actions = [call.method for call in telegram.calls if call.chat == group.id]
    assert "sendChatAction" not in actions


@pytest.mark.slow
async def test_a_summary_outlives_kills(note: bytes, tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        bot = await start(tmp_path, telegram)
        await ready(bot, telegram)
        group, ana = telegram.group(), telegram.person("Ana", "en")
        telegram.promotes(group)
        steps = ("page:notes", "notes:all", "page:home", "page:reply_mode", "reply_mode:summary")
        await choose(telegram, ana, group, *steps)
        for number in range(NOTES):
            telegram.sends_voice(ana, note + b"%d" % number, chat=group)
            if number in (3, 8):
                await asyncio.sleep(0.7)
                await bot.ends(signal.SIGKILL)
                bot = await start(tmp_path, telegram)
                await ready(bot, telegram)
        database = tmp_path / "data" / "ouvido.db"
        await telegram.until(lambda: bool(told(telegram)), 90)
        # What was told leaves the database just after it was sent.
        await telegram.until(lambda: told(telegram) + waiting(database) == NOTES, 30)
        assert await bot.ends(signal.SIGTERM) == 0
        assert "Traceback" not in bot.written


def told(telegram: FakeTelegram) -> int:
    """How many notes the summaries have told of."""
    texts = [call.parameters["text"] for call in telegram.calls if call.method == "sendMessage"]
    counts = [re.search(r"📋 \D*?(one|um|un|\d+) ", text) for text in texts]
    return sum(int(found[1]) if found[1].isdigit() else 1 for found in counts if found)


def waiting(database: Path) -> int:
    """How many notes the next summary will tell of."""
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT count(*) FROM digests").fetchone()[0])


@pytest.mark.slow
async def test_a_flooded_group_is_spared_and_holds_up_nobody(note: bytes) -> None:
    async with FakeTelegram() as telegram, running(telegram):
        group, ana = telegram.group(), telegram.person("Ana", "en")
        telegram.promotes(group)
        await choose(telegram, ana, group, "page:notes", "notes:all")
        telegram.limits = Limits()
        people = [telegram.person(f"P{number}", "en") for number in range(10)]
        for number in range(30):
            telegram.sends_voice(people[number % 10], note + b"%d" % number, chat=group)
        maria = telegram.person("Maria")
        telegram.sends_voice(maria, note)
        await telegram.next_call("sendPhoto", maria)

        def answered() -> set[int]:
            pictures = [sent for sent in telegram.sent_to(group) if "photo" in sent]
            return {sent["reply_to_message"]["message_id"] for sent in pictures}

        await telegram.until(lambda: len(answered()) + told(telegram) >= 30, 150)
        assert len(answered()) + told(telegram) == 30  # each once
        minute = [call for call in telegram.calls if call.chat == group.id and call.status == 200]
        assert len(minute) < 2 * 20
