"""What is said when an answer failed."""

import pytest
from telegram import Update

from bot.inbox import GivenUp, Turn, current
from tests.bot.chatting import chatting
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import FILES, VOICE, bot, command, message, tell


async def test_a_bug_is_logged_and_then_apologised_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker = ReadyWorker(ZeroDivisionError("our own"))
    [(_, sent)] = await tell(
        monkeypatch, worker, Telegram(FILES), {"message": message(voice=VOICE)}
    )
    assert "my fault" in sent["text"]
    assert "ZeroDivisionError: our own" in caplog.text


async def test_a_chat_that_blocked_the_bot_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Telegram(FILES)
    refusal = (403, {"description": "Forbidden: bot was blocked by the user"})
    telegram.refuse = lambda name: refusal if name == "sendMessage" else None
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(**command("/start"))})
    assert len(telegram.sent) == 1
    assert "Forbidden" in caplog.text


async def test_an_answer_that_telegram_does_not_take_stays_owed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Telegram(FILES)
    refusal = (502, {"description": "Bad Gateway"})
    telegram.refuse = lambda name: refusal if name == "sendMessage" else None
    turn = Turn(1)
    current.set(turn)
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(**command("/start"))})
    assert turn.postponed
    assert "answered later" in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_bug_behind_a_button_is_told_where_it_was_pressed() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.worker.outcome = ZeroDivisionError("our own")
        assert "my fault" in await chat.tap(answer, "Look closer")
        assert len(chat.said) == 1


@pytest.mark.parametrize(("chat", "said"), [("private", 1), ("supergroup", 0)])
async def test_a_group_is_not_told_what_it_was_not_told_in_time(
    monkeypatch: pytest.MonkeyPatch, chat: str, said: int
) -> None:
    telegram = Telegram()
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        update = Update.de_json({"update_id": 1, "message": message(chat, voice=VOICE)}, built.bot)
        await built.process_error(update, GivenUp("a day late"))
    assert len(telegram.answers()) == said
