"""A note goes in, its verdict comes out; so does a sentence when there is none."""

from typing import Any

import pytest

from bot.worker.capacity import Busy
from inference.errors import NotSound, TookTooLong, Undecodable
from tests.bot.stand_ins import MEBIBYTE, ReadyWorker, Telegram, verdict
from tests.bot.talking import FILES, VOICE, command, message, tell


async def test_a_voice_note_gets_a_chat_action_then_its_picture_in_reply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, telegram = ReadyWorker(), Telegram(FILES)
    await tell(monkeypatch, worker, telegram, {"message": message(voice=VOICE)})
    assert [name for name, _ in telegram.sent] == ["sendChatAction", "getFile", "sendPhoto"]
    sent = telegram.sent[-1][1]
    assert sent["caption"].startswith("🤖 This sounds like")
    assert sent["reply_parameters"]["message_id"] == 5
    assert sent["reply_parameters"]["allow_sending_without_reply"] is True
    assert worker.asked == [b"a voice note"]


@pytest.mark.parametrize(
    "content",
    [
        {"audio": VOICE},
        {"video_note": {**VOICE, "length": 100}},
        {"video": {**VOICE, "width": 1, "height": 1}},
        {"document": {**VOICE, "mime_type": "audio/x-wav", "file_name": "a.bin"}},
        {"document": {**VOICE, "mime_type": "application/octet-stream", "file_name": "A.OPUS"}},
        {"document": {**VOICE}},
        {"document": {**VOICE, "mime_type": "application/pdf", "file_name": "a.pdf"}},
    ],
)
async def test_everything_that_may_hold_sound_is_heard(
    monkeypatch: pytest.MonkeyPatch, content: dict[str, Any]
) -> None:
    answers = await tell(
        monkeypatch, ReadyWorker(), Telegram(FILES), {"message": message(**content)}
    )
    assert [name for name, _ in answers] == ["sendPhoto"]


async def test_a_document_that_is_no_sound_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = ReadyWorker(NotSound())
    document = {**VOICE, "mime_type": "audio/mpeg", "file_name": "a.mp3"}
    [(_, sent)] = await tell(
        monkeypatch, worker, Telegram(FILES), {"message": message(document=document)}
    )
    assert "don't recognise this file" in sent["text"]


async def test_a_big_file_is_refused_before_it_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram()
    voice = {**VOICE, "file_size": 20 * MEBIBYTE + 1}
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(voice=voice)})
    [(_, sent)] = telegram.answers()
    assert "20 MB" in sent["text"]
    assert "getFile" not in [name for name, _ in telegram.sent]


async def test_a_file_that_telegram_finds_too_big_gets_the_same_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram()
    refusal = (400, {"description": "Bad Request: file is too big"})
    telegram.refuse = lambda name: refusal if name == "getFile" else None
    [(_, sent)] = await tell(
        monkeypatch, ReadyWorker(), telegram, {"message": message(voice=VOICE)}
    )
    assert "too big" in sent["text"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Undecodable("x"), "couldn't open this"),
        (TookTooLong("x"), "too long"),
        (Busy("x"), "wait a minute"),
    ],
)
async def test_an_error_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    [(name, sent)] = await tell(
        monkeypatch, ReadyWorker(error), Telegram(FILES), {"message": message(voice=VOICE)}
    )
    assert name == "sendMessage"
    assert words in sent["text"]


async def test_where_no_pictures_are_allowed_the_words_come_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram(FILES)
    refusal = (400, {"description": "Bad Request: not enough rights to send photos to the chat"})
    telegram.refuse = lambda name: refusal if name == "sendPhoto" else None
    update = {"message": message(voice=VOICE)}
    [_, (name, sent)] = await tell(monkeypatch, ReadyWorker(), telegram, update)
    assert name == "sendMessage"
    assert sent["text"].startswith("🤖 This sounds like")


async def test_a_failing_chat_action_does_not_hold_up_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram(FILES)
    refusal = (429, {"description": "Too Many Requests", "parameters": {"retry_after": 60}})
    telegram.refuse = lambda name: refusal if name == "sendChatAction" else None
    answers = await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(voice=VOICE)})
    assert [name for name, _ in answers] == ["sendPhoto"]


@pytest.mark.parametrize("text", ["/check", "/check@ouvido_bot"])
async def test_check_in_a_group_judges_the_note_replied_to(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    note = {**message("group"), "message_id": 4, "voice": VOICE}
    update = {"message": message("group", reply_to_message=note, **command(text))}
    [(name, sent)] = await tell(monkeypatch, ReadyWorker(), Telegram(FILES), update)
    assert (name, sent["chat_id"], sent["reply_parameters"]["message_id"]) == ("sendPhoto", -7, 4)


async def test_check_reaches_a_note_of_another_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "A"}
    external = {"origin": origin, "voice": VOICE}
    update = {"message": message("supergroup", external_reply=external, **command("/check"))}
    [(name, _)] = await tell(monkeypatch, ReadyWorker(), Telegram(FILES), update)
    assert name == "sendPhoto"


@pytest.mark.parametrize("chat", ["group", "private"])
async def test_check_without_a_note_explains_itself(
    monkeypatch: pytest.MonkeyPatch, chat: str
) -> None:
    update = {"message": message(chat, **command("/check"))}
    [(_, sent)] = await tell(monkeypatch, ReadyWorker(), Telegram(), update)
    assert "“Reply”" in sent["text"]


async def test_in_a_group_only_commands_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    updates = [
        {"message": message("group", voice=VOICE)},
        {"message": message("group", text="hello")},
        {"message": message("group", **command("/check@another_bot"))},
        {"message": message("group", **command("/unknown"))},
    ]
    assert await tell(monkeypatch, ReadyWorker(), Telegram(FILES), *updates) == []


@pytest.mark.parametrize(
    "content", [{"text": "is this real?"}, {"photo": [{**VOICE, "width": 1, "height": 1}]}]
)
async def test_anything_else_in_a_private_chat_gets_one_helpful_sentence(
    monkeypatch: pytest.MonkeyPatch, content: dict[str, Any]
) -> None:
    [(_, sent)] = await tell(
        monkeypatch, ReadyWorker(), Telegram(), {"message": message(**content)}
    )
    assert "Forward me the voice message" in sent["text"]


async def test_unknown_updates_are_ignored_quietly(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    updates = [
        {},
        {"a_kind_of_tomorrow": {"id": 1}},
        {"edited_message": message(voice=VOICE)},
        {"channel_post": message("channel", sender=False, voice=VOICE)},
        {"message": message(pinned_message=message())},
    ]
    assert await tell(monkeypatch, ReadyWorker(), Telegram(FILES), *updates) == []
    assert caplog.text == ""


async def test_the_language_is_the_senders_or_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    updates = [{"message": message(language=code, voice=VOICE)} for code in ("es", "pt-br", None)]
    updates.append({"message": message(sender=False, voice=VOICE)})
    worker = ReadyWorker(verdict(0.1))
    telegram = Telegram({**FILES, "P": b"the picture that was sent first"})
    answers = await tell(monkeypatch, worker, telegram, *updates)
    assert [sent["caption"].split(".")[0][2:].strip() for _, sent in answers] == [
        "Parece la voz de una persona",
        "Parece voz de pessoa",
        "Parece voz de pessoa",
        "Parece voz de pessoa",
    ]
    assert len(worker.asked) == 1
    assert worker.rewritten == ["Não é prova"]
