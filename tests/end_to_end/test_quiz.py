"""A game is played to its end through a strict Telegram."""

import pytest

from bot.services.quiz.clips import shipped
from bot.services.quiz.game import ROUNDS
from bot.texts import texts_for
from tests.fake_telegram import FakeTelegram

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]


async def test_five_clips_are_played_and_scored(telegram: FakeTelegram) -> None:
    ana = telegram.person("Ana", language="en")
    telegram.sends_text(ana, "/quiz")
    known = {clip.read() for clip in shipped()}
    for number in range(1, ROUNDS + 1):
        asked = await telegram.next_call("sendVoice", ana)
        assert asked.parameters["caption"].endswith(f"{number}/{ROUNDS}")
        assert asked.files.get("voice") in {*known, None}  # an earlier game may have sent it
        telegram.taps(ana, asked.result, "Person")
        answer = await telegram.next_call("editMessageCaption", ana)
        assert answer.parameters["caption"].startswith(("✅", "❌"))
        assert "What I hear myself" in answer.parameters["caption"]
        telegram.taps(ana, answer.result, "Next" if number < ROUNDS else "again")
        used = await telegram.next_call("editMessageCaption", ana)
        [[source]] = used.result["reply_markup"]["inline_keyboard"]  # what is left to press
        assert ":source:" in source["callback_data"]
    assert "You got" in answer.parameters["caption"]
    asked = await telegram.next_call("sendVoice", ana)
    assert asked.parameters["caption"].endswith(f"1/{ROUNDS}")


async def test_in_a_group_only_who_began_plays(telegram: FakeTelegram) -> None:
    group, ana, rui = telegram.group(), telegram.person("Ana", language="es"), telegram.person()
    telegram.sends_text(ana, "/quiz", chat=group)
    asked = await telegram.next_call("sendVoice", group)
    telegram.taps(rui, asked.result, "Persona")
    [buttons] = asked.result["reply_markup"]["inline_keyboard"]
    machine = buttons[1]["callback_data"]
    foreign = texts_for("pt-BR", "en").say("quiz", "not_yours")
    await telegram.until(
        lambda: foreign in [call.parameters.get("text") for call in telegram.calls]
    )
    telegram.taps(ana, asked.result, "Persona")
    answer = await telegram.next_call("editMessageCaption", group)
    telegram.presses(ana, asked.result, machine)  # as it still stands on a slow phone
    stale = texts_for("es", "en").say("quiz", "stale")
    await telegram.until(lambda: stale in [call.parameters.get("text") for call in telegram.calls])
    [clip] = telegram.sent_to(group)
    assert clip["caption"] == answer.parameters["caption"]
