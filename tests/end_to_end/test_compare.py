"""Two real notes are compared by the real bot, from the command to the answer."""

import pytest

from tests import sounds
from tests.fake_telegram import FakeTelegram

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]


def voice(pitch: float, seed: int) -> bytes:
    return sounds.encode(sounds.speech(8.0, pitch=pitch, seed=seed), "ogg")


async def test_a_note_is_compared_with_a_genuine_one(telegram: FakeTelegram) -> None:
    maria = telegram.person("Maria", language="en")
    telegram.sends_voice(maria, voice(110.0, seed=1))
    answer = await telegram.next_call("sendPhoto", maria)
    telegram.taps(maria, answer.result, "Compare")
    question = await telegram.next_call("sendMessage", maria)
    telegram.sends_voice(maria, voice(110.0, seed=2), reply_to=question.result)
    found = await telegram.next_call("sendMessage", maria)
    assert "sound alike" in found.parameters["text"]
    assert "does not rule out a clone" in found.parameters["text"]
    telegram.sends_voice(maria, sounds.encode(sounds.speech(2.0), "ogg"), reply_to=question.result)
    short = await telegram.next_call("sendMessage", maria)
    assert "The real voice: there is less than 3 seconds of speech." in short.parameters["text"]
