"""What is said when an answer failed."""

import pytest
from telegram import Update

from bot import metrics
from bot.db import people
from bot.telegram.context import Turn, current
from bot.telegram.rate_limiter import MOST
from bot.texts import texts_for
from bot.updates.inbox import GivenUp, Inbox
from tests.bot.chatting import DrawingWorker, chatting
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


@pytest.mark.parametrize(
    ("words", "bug"),
    [
        ("not enough rights to send text messages to the chat", False),
        ("have no rights to send a message", False),
        ("need administrator rights in the channel chat", False),
        ("CHAT_WRITE_FORBIDDEN", False),
        ("CHAT_RESTRICTED", False),
        ("TOPIC_CLOSED", False),
        ("TOPIC_DELETED", False),
        ("message thread not found", False),
        ("chat not found", False),
        ("can't parse entities: unsupported start tag", True),
        ("message is not modified", True),
        ("message text is empty", True),
    ],
)
async def test_a_chat_that_lets_us_say_nothing_is_no_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, words: str, bug: bool
) -> None:
    failed = metrics.total("ouvido_errors_total", code="failed")
    telegram = Telegram(FILES)
    refusal = (400, {"description": f"Bad Request: {words}"})
    telegram.refuse = lambda name: refusal if name == "sendMessage" else None
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(**command("/start"))})
    [line] = [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
    assert (line.levelname, bool(line.exc_info)) == (("ERROR", True) if bug else ("WARNING", False))
    assert metrics.total("ouvido_errors_total", code="failed") == failed + bug


@pytest.mark.parametrize("words", ["/check", "/help", "/quiz", "/accuracy", "/language"])
async def test_a_command_in_a_silent_group_costs_one_line_of_the_log(
    words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        chat.telegram.forbids(group, "text messages", "photos", "voice notes", "documents")
        note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, words, chat=group, reply_to=note)
        await chat.answered()
    [line] = [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]
    assert (line.levelname, line.exc_info) == ("WARNING", None)


async def test_our_own_pace_is_not_taken_for_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        for _ in range(MOST + 1):
            chat.telegram.sends_text(chat.maria, "/help", chat=group)
        await chat.answered()
        assert len(chat.telegram.sent_to(group)) == MOST
    assert "A group has had its 20 calls of a minute" in caplog.text
    assert "out of reach" not in caplog.text


async def test_an_answer_that_telegram_does_not_take_stays_owed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    telegram = Telegram(FILES)
    refusal = (502, {"description": "Bad Gateway"})
    telegram.refuse = lambda name: refusal if name == "sendMessage" else None
    turn = Turn(0)
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


async def test_an_apology_comes_in_the_language_that_was_chosen() -> None:
    worker = DrawingWorker(ZeroDivisionError("our own"))
    async with chatting(worker) as chat:
        await people.choose(chat.store, chat.maria.id, language="es")
        inbox = Inbox(chat.store, chat.bot)
        await inbox.open()
        chat.telegram.sends_voice(chat.maria, b"a voice note")
        await inbox.take(list(chat.telegram.updates.pending.values()))
        await inbox.close()
        assert chat.said[-1]["text"] == texts_for("es", "es").error("failed", worker.max_bytes)


@pytest.mark.parametrize(("chat", "said"), [("private", 1), ("supergroup", 0)])
async def test_a_group_is_not_told_what_it_was_not_told_in_time(
    monkeypatch: pytest.MonkeyPatch, chat: str, said: int
) -> None:
    telegram = Telegram()
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        update = Update.de_json({"update_id": 1, "message": message(chat, voice=VOICE)}, built.bot)
        await built.process_error(update, GivenUp("a day late"))
    assert len(telegram.answers()) == said
