"""`/accuracy` in a chat: a picture with words, or a sentence."""

from pathlib import Path

import pytest
from telegram import Update

from inference.accuracy import beside
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import bot, command, message, tell

ASKED = {"update_id": 1, "message": message(**command("/accuracy now"))}


async def test_a_picture_and_words_in_the_asker_s_language(monkeypatch: pytest.MonkeyPatch) -> None:
    [(name, sent)] = await tell(
        monkeypatch,
        ReadyWorker(),
        Telegram(),
        {"message": message(language="es", **command("/accuracy"))},
    )
    assert name == "sendPhoto"
    assert sent["caption"].startswith("📏 ¿Cuánto acierto?")
    assert sent["reply_parameters"]["message_id"] == 5


async def test_a_group_without_pictures_gets_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram()
    no = (400, {"description": "Bad Request: not enough rights to send photos to the chat"})
    telegram.refuse = lambda name: no if name == "sendPhoto" else None
    answers = await tell(
        monkeypatch,
        ReadyWorker(),
        telegram,
        {"message": message("supergroup", **command("/accuracy"))},
    )
    assert [name for name, _ in answers] == ["sendPhoto", "sendMessage"]
    assert "Of 100 notes" in answers[-1][1]["text"]


async def test_an_operator_s_own_model_says_that_nothing_was_measured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    telegram, mine = Telegram(), tmp_path / "mine.onnx"
    mine.write_bytes(b"a model")
    beside(mine).write_text('{"groups": {}, "model": "other"}')
    async with bot(monkeypatch, ReadyWorker(), telegram, model=mine) as built:
        await built.process_update(Update.de_json(ASKED, built.bot))
    [(name, sent)] = telegram.answers()
    assert name == "sendMessage"
    assert "(ouvido-9.9.9) came without any measurement" in sent["text"]
