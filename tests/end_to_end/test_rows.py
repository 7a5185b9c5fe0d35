"""Ten notes forwarded in a row, and a bot that is killed in the middle of them."""

import signal
from pathlib import Path

import pytest

from bot.texts import texts_for
from tests import sounds
from tests.fake_telegram import FakeTelegram
from tests.service import ready, start

ENGLISH = texts_for("en", "en")
NOTES = 10


@pytest.mark.asyncio(loop_scope="session")
async def test_ten_forwards_are_answered_in_order_and_summed_up_across_a_kill(
    tmp_path: Path,
) -> None:
    sound = sounds.encode(sounds.speech(4), "ogg")
    async with FakeTelegram() as telegram:
        bot = await start(tmp_path, telegram)
        await ready(bot, telegram)
        person = telegram.person(language="en")
        joao = telegram.person("João")
        sent = [telegram.chats.add(joao, joao.as_user, voice=voice(telegram, sound, number))
                for number in range(NOTES)]  # fmt: skip
        notes = [telegram.forwards(person, message) for message in sent]
        await telegram.until(lambda: len(telegram.sent_to(person)) >= NOTES // 2)
        assert await bot.ends(signal.SIGKILL) == -signal.SIGKILL
        bot = await start(tmp_path, telegram)
        await telegram.next_call("sendMessage", person)
        assert await bot.ends(signal.SIGTERM) == 0
        *answers, summary = telegram.sent_to(person)
    replied = [answer["reply_to_message"]["message_id"] for answer in answers]
    assert sorted(set(replied)) == [note["message_id"] for note in notes]
    # A kill that falls into the very call that sends makes one answer come twice.
    assert len(replied) <= NOTES + 1
    assert replied == sorted(replied)
    assert summary["text"].startswith(ENGLISH.say("batch", "summary", count=NOTES))
    counted = [line for line in summary["text"].splitlines() if "):" in line]
    numbers = {part.split()[0] for line in counted for part in line.split("): ", 1)[1].split(", ")}
    assert numbers == {str(number) for number in range(1, NOTES + 1)}


def voice(telegram: FakeTelegram, sound: bytes, number: int) -> dict[str, object]:
    """The sound with other last bytes: another file to the bot."""
    file = telegram.chats.keep("voice", sound + b"%012d" % number)
    return file.as_json | {"duration": 4, "mime_type": "audio/ogg"}
