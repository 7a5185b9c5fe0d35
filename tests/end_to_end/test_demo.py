"""The examples through a strict Telegram, answered by the served model."""

import pytest

from bot.services.demo import examples
from bot.texts import texts_for
from tests.fake_telegram import FakeTelegram

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]


async def test_each_example_is_sent_and_answered(telegram: FakeTelegram) -> None:
    ana, words = telegram.person("Ana", language="pt-br"), texts_for("pt-BR", "en")
    telegram.sends_text(ana, "/demo")
    menu = await telegram.next_call("sendMessage", ana)
    for example in examples():
        telegram.taps(ana, menu.result, words.say("demo", example.name))
        sent = await telegram.next_call("sendVoice", ana)
        assert words.say("demo", f"is_{example.name}") in sent.parameters["caption"]
        answer = await telegram.next_call("sendPhoto", ana)
        assert words.say("verdict", example.answer) in answer.parameters["caption"]
        assert answer.result["reply_to_message"]["message_id"] == sent.result["message_id"]
