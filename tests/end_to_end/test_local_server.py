"""A Bot API server of the operator's own in --local mode, and the real service beside it."""

import tempfile
from pathlib import Path

import pytest

from bot.texts import texts_for
from tests import sounds
from tests.fake_telegram import FakeTelegram, LocalServer
from tests.service import Service, running

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEBIBYTE = 1024**2
SERVER = "/var/lib/telegram-bot-api"
ENGLISH = texts_for("en", "en")


def memory(service: Service) -> int:
    """Bytes that the bot itself holds, at its peak."""
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


async def test_a_file_of_a_gigabyte_in_another_containers_volume_is_heard_in_little_memory() -> (
    None
):
    wav = sounds.encode(sounds.speech(20), "wav")
    # Its length in the header, so that ffmpeg reads on: speech, and then hours of silence.
    size = 1024 * MEBIBYTE
    wav = wav[:4] + (size - 8).to_bytes(4, "little") + wav[8:]
    at = wav.index(b"data") + 4
    wav = wav[:at] + (size - at - 4).to_bytes(4, "little") + wav[at + 4 :]
    with tempfile.TemporaryDirectory() as folder:
        volume = Path(folder)
        settings = {"TELEGRAM_API_DIR": folder, "MAX_MEGABYTES": "2000", "MAX_MINUTES": "1"}
        async with (
            FakeTelegram(local=LocalServer(volume, SERVER)) as telegram,
            running(telegram, **settings) as bot,
        ):
            person = telegram.person(language="en")
            telegram.sends_voice(person, sounds.encode(sounds.speech(3), "ogg"))
            await telegram.next_call("sendPhoto", person)
            before = memory(bot)
            telegram.sends_file(person, "audio", wav, {"duration": 9}, size=size)
            caption = (await telegram.next_call("sendPhoto", person)).parameters["caption"]
            assert caption.startswith("I heard the first 1:00 of ")
            assert memory(bot) - before < 100 * MEBIBYTE
            assert "download" not in {call.method for call in telegram.calls}
            assert bot.left == []


async def test_without_the_volume_the_person_and_the_log_are_told_the_truth() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            FakeTelegram(local=LocalServer(Path(folder), SERVER)) as telegram,
            running(telegram) as bot,
        ):
            person = telegram.person(language="en")
            telegram.sends_voice(person, b"a note")
            said = (await telegram.next_call("sendMessage", person)).parameters["text"]
            assert said == ENGLISH.error("unreadable", 0)
            await telegram.until(lambda: "TELEGRAM_API_DIR" in bot.written)
            assert f"{SERVER}/…/voices/" in bot.written  # where; but not the token
            assert telegram.token not in bot.written
