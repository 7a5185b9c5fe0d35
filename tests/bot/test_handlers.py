"""Updates go in, and what the bot asks Telegram to send comes out."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import Update

from bot import application
from bot.application import App
from bot.room import Busy
from bot.settings import Settings
from bot.worker import Answer, Worker
from inference.errors import TookTooLong, Undecodable
from tests.bot.stand_ins import MEBIBYTE, ReadyWorker, Telegram, verdict

VOICE = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 5}
FILES = {"v": b"a voice note"}


@asynccontextmanager
async def bot(
    monkeypatch: pytest.MonkeyPatch, worker: Worker, telegram: Telegram, **settings: Any
) -> AsyncIterator[App]:
    monkeypatch.setattr(application, "PatientRequest", lambda: telegram)
    built = application.build(Settings(telegram_bot_token="1:a", **settings), worker)
    async with built:
        telegram.sent.clear()
        yield built


def message(
    chat: str = "private", language: str | None = "en", sender: bool = True, **content: Any
) -> dict[str, Any]:
    user = {"id": 7, "is_bot": False, "first_name": "A", "language_code": language}
    return {
        "message_id": 5,
        "date": 0,
        "chat": {"id": 7 if chat == "private" else -7, "type": chat},
        **({"from": user} if sender else {}),
        **content,
    }


def command(text: str) -> dict[str, Any]:
    [name] = re.findall(r"^/[\w@]+", text)  # as Telegram does it
    length = len(name)
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


async def tell(
    monkeypatch: pytest.MonkeyPatch, worker: Worker, telegram: Telegram, *updates: dict[str, Any]
) -> list[tuple[str, dict[str, Any]]]:
    """What the bot answers to updates, one after the other."""
    async with bot(monkeypatch, worker, telegram) as built:
        for number, content in enumerate(updates):
            update = Update.de_json({"update_id": number, **content}, built.bot)
            await built.process_update(update)
    return telegram.answers()


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
    assert worker.asked == [(b"a voice note", ("person", "machine"))]


@pytest.mark.parametrize(
    "content",
    [
        {"audio": VOICE},
        {"video_note": {**VOICE, "length": 100}},
        {"video": {**VOICE, "width": 1, "height": 1}},
        {"document": {**VOICE, "mime_type": "audio/x-wav", "file_name": "a.bin"}},
        {"document": {**VOICE, "mime_type": "application/octet-stream", "file_name": "A.OPUS"}},
        {"document": {**VOICE}},
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
    worker = ReadyWorker()
    document = {**VOICE, "mime_type": "application/pdf", "file_name": "a.pdf"}
    [(_, sent)] = await tell(
        monkeypatch, worker, Telegram(), {"message": message(document=document)}
    )
    assert "don't recognise this file" in sent["text"]
    assert worker.asked == []


async def test_a_big_file_is_refused_before_it_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram()
    voice = {**VOICE, "file_size": 20 * MEBIBYTE + 1}
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(voice=voice)})
    [(name, sent)] = telegram.sent
    assert (name, "20 MB" in sent["text"]) == ("sendMessage", True)


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


async def test_without_a_free_place_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram(FILES)
    await tell(monkeypatch, ReadyWorker(places=0), telegram, {"message": message(voice=VOICE)})
    [(name, sent)] = telegram.sent
    assert (name, "wait a minute" in sent["text"]) == ("sendMessage", True)


async def test_one_sender_cannot_take_all_places(monkeypatch: pytest.MonkeyPatch) -> None:
    release = asyncio.Event()

    class Slow(ReadyWorker):
        async def detect(self, data: bytes, ends: tuple[str, str]) -> Answer:
            await release.wait()
            return await super().detect(data, ends)

    worker, telegram = Slow(), Telegram(FILES)
    async with bot(monkeypatch, worker, telegram) as built:

        def sends(number: int, user: int) -> asyncio.Task[None]:
            update: dict[str, Any] = {"update_id": number, "message": message(voice=VOICE)}
            update["message"]["from"]["id"] = user
            return asyncio.create_task(built.process_update(Update.de_json(update, built.bot)))

        answers = [sends(number, user=7) for number in range(5)] + [sends(5, user=8)]
        await asyncio.wait(answers, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        release.set()
        await asyncio.gather(*answers)
        assert (
            sorted(name for name, _ in telegram.answers())
            == ["sendMessage"] * 2 + ["sendPhoto"] * 4
        )
        await sends(6, user=7)  # the places are free again
    assert telegram.answers()[-1][0] == "sendPhoto"


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
    assert (name, sent["chat_id"], sent["reply_parameters"]["message_id"]) == ("sendPhoto", -7, 5)


async def test_check_reaches_a_note_of_another_chat(monkeypatch: pytest.MonkeyPatch) -> None:
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "A"}
    external = {"origin": origin, "voice": VOICE}
    update = {"message": message("supergroup", external_reply=external, **command("/check"))}
    [(name, _)] = await tell(monkeypatch, ReadyWorker(), Telegram(FILES), update)
    assert name == "sendPhoto"


@pytest.mark.parametrize("chat", ["group", "private"])
@pytest.mark.parametrize("replied", [{}, {"text": "hello"}])
async def test_check_without_a_note_explains_itself(
    monkeypatch: pytest.MonkeyPatch, chat: str, replied: dict[str, Any]
) -> None:
    reply: dict[str, Any] = {"reply_to_message": message(chat, **replied)} if replied else {}
    update = {"message": message(chat, **reply, **command("/check"))}
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
    ("name", "words"),
    [("start", "Forward me"), ("help", "20 MB"), ("privacy", "deleted"), ("about", "ouvido-9.9.9")],
)
async def test_the_pages_are_there_in_every_chat(
    monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    updates = [{"message": message(chat, **command(f"/{name}"))} for chat in ("private", "group")]
    answers = await tell(monkeypatch, ReadyWorker(), Telegram(), *updates)
    assert [words in sent["text"] for _, sent in answers] == [True, True]


@pytest.mark.parametrize("text", ["/help!", "/help, please", "/help\nhello", "/HELP@ouvido_bot."])
async def test_what_follows_a_command_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    update = {"message": message(**command(text))}
    [(_, sent)] = await tell(monkeypatch, ReadyWorker(), Telegram(), update)
    assert "20 MB" in sent["text"]


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
    answers = await tell(monkeypatch, worker, Telegram(FILES), *updates)
    assert [sent["caption"].split(".")[0][2:].strip() for _, sent in answers] == [
        "Parece la voz de una persona",
        "Parece voz de pessoa",
        "Parece voz de pessoa",
        "Parece voz de pessoa",
    ]
    assert worker.asked[0][1] == ("persona", "máquina")


async def test_a_second_note_does_not_wait_for_the_first_ones_download(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Slow(Telegram):
        async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> Any:
            if url.endswith("/slow"):
                await asyncio.Event().wait()
            return await super().do_request(url, method, *args, **kwargs)

    telegram = Slow(FILES)
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        await built.start()
        for number, file_id in enumerate(("slow", "v")):
            update = {"update_id": number, "message": message(voice={**VOICE, "file_id": file_id})}
            await built.update_queue.put(Update.de_json(update, built.bot))
        async with asyncio.timeout(5):
            while not telegram.answers():
                await asyncio.sleep(0.01)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            if "process_concurrent_update" in task.get_name():
                task.cancel()
        await built.stop()
    assert [name for name, _ in telegram.answers()] == ["sendPhoto"]
