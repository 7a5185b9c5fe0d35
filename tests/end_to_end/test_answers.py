"""What people send is answered by the real bot through a strict Telegram, and looked at."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.telegram.files import KIND_BYTES
from bot.texts import LANGUAGES, texts_for
from inference.verdict import ANSWERS
from tests import sounds
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.errors import JSON
from tests.service import Service

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("bot")]

VERDICTS = {
    language: {texts_for(language, "en").say("verdict", answer) for answer in ANSWERS}
    for language in LANGUAGES
}


async def test_a_voice_note_is_answered_with_a_picture(telegram: FakeTelegram, note: bytes) -> None:
    maria = telegram.person("Maria", language="pt-br")
    sent = telegram.sends_voice(maria, note, forwarded=True)
    answer = await telegram.next_call("sendPhoto", maria)
    assert answer.result["reply_to_message"]["message_id"] == sent["message_id"]
    with Image.open(io.BytesIO(answer.files["photo"])) as picture:
        assert picture.format == "JPEG"
        assert min(picture.size) >= 480  # to be read on a phone
        pixels = np.asarray(picture.convert("RGB"), np.float32)
    assert pixels.std() > 20
    assert np.ptp(pixels, axis=2).max() > 60  # colours, not greys
    rows = pixels.mean(axis=2).std(axis=1)
    assert (rows > 5).mean() > 0.5  # something is drawn over most of the height
    assert len(telegram.sent_to(maria)) == 1


async def test_while_it_works_the_chat_shows_it(telegram: FakeTelegram, note: bytes) -> None:
    maria = telegram.person()
    telegram.sends_voice(maria, note)
    action = await telegram.next_call("sendChatAction", maria)
    answer = await telegram.next_call("sendPhoto", maria)
    assert action.parameters["action"] == "upload_photo"
    assert action.at < answer.at


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("pt-br", "pt-BR"),
        ("pt", "pt-BR"),
        ("en", "en"),
        ("es-MX", "es"),
        ("de", "en"),  # of what we do not speak most people know some English
        (None, "pt-BR"),
    ],
)
async def test_the_caption_is_in_the_language_of_the_sender(
    telegram: FakeTelegram, note: bytes, code: str | None, language: str
) -> None:
    person = telegram.person(language=code)
    telegram.sends_voice(person, note)
    answer = await telegram.next_call("sendPhoto", person)
    caption = answer.parameters["caption"]
    assert caption.splitlines()[0] in VERDICTS[language]
    assert "{" not in caption


@pytest.mark.parametrize(
    ("kind", "container", "details"),
    [
        ("video_note", "mp4", {"duration": 6, "length": 384}),
        ("video", "mp4", {"duration": 6, "width": 64, "height": 64, "mime_type": "video/mp4"}),
        ("audio", "mp3", {"duration": 6, "mime_type": "audio/mpeg", "title": "x"}),
        ("audio", "m4a", {"duration": 6, "mime_type": "audio/mp4"}),
        ("document", "ogg", {"file_name": "PTT-20261122-WA0001.opus", "mime_type": "audio/ogg"}),
        ("document", "mp3", {"file_name": "a.MP3", "mime_type": "application/octet-stream"}),
        ("document", "wav", {"file_name": "a.wav"}),
        ("document", "ogg", {"file_name": "ata.pdf", "mime_type": "application/pdf"}),
        ("document", "wav", {"file_name": "nota", "mime_type": "text/plain"}),
        ("document", "m4a", {"file_name": "foto.jpg", "mime_type": "image/jpeg"}),
    ],
)
async def test_whatever_holds_sound_is_judged(
    telegram: FakeTelegram, kind: str, container: str, details: JSON
) -> None:
    person = telegram.person()
    data = sounds.encode(sounds.speech(6), container)
    telegram.sends_file(person, kind, data, details)
    answer = await telegram.next_call("sendPhoto", person)
    assert answer.parameters["caption"].splitlines()[0] in VERDICTS["pt-BR"]


@pytest.mark.parametrize("size", [8, 1_000_000])
async def test_of_a_document_without_sound_only_the_beginning_is_fetched(
    telegram: FakeTelegram, size: int
) -> None:
    person = telegram.person(language="en")
    details = {"file_name": "note.mp3", "mime_type": "audio/mpeg"}
    data = b"%PDF-1.7".ljust(size, b"%")
    sent = telegram.sends_file(person, "document", data, details)
    answer = await telegram.next_call("sendMessage", person)
    assert answer.parameters["text"] == texts_for("en", "en").say("errors", "unknown_file")
    path = telegram.chats.files[sent["document"]["file_id"]].path
    calls = [call for call in telegram.calls if call.parameters.get("path") == path]
    assert [call.parameters.get("range", "all") for call in calls] == [
        "all" if size < KIND_BYTES else f"bytes=0-{KIND_BYTES - 1}"
    ]


async def test_in_a_group_it_answers_check_in_reply_to_a_note(
    telegram: FakeTelegram, note: bytes
) -> None:
    group, ana = telegram.group(), telegram.person("Ana", language="es")
    sent = telegram.sends_voice(ana, note, chat=group)
    for command in ("/check", "/check@ouvido_test_bot"):
        telegram.sends_text(ana, command, chat=group, reply_to=sent)
        answer = await telegram.next_call("sendPhoto", group)
        assert answer.parameters["caption"].splitlines()[0] in VERDICTS["es"]
    telegram.sends_text(ana, "/check", chat=group)
    hint = await telegram.next_call("sendMessage", group)
    assert hint.parameters["text"] == texts_for("es", "en").say("chat", "check")


async def test_in_a_group_without_pictures_it_answers_in_words(
    telegram: FakeTelegram, note: bytes
) -> None:
    group, ana = telegram.group(), telegram.person("Ana", language="en")
    telegram.forbids(group, "photos")
    sent = telegram.sends_voice(ana, note, chat=group)
    telegram.sends_text(ana, "/check", chat=group, reply_to=sent)
    answer = await telegram.next_call("sendMessage", group)
    assert answer.parameters["text"].splitlines()[0] in VERDICTS["en"]


async def test_in_a_group_it_is_silent_unless_asked(telegram: FakeTelegram, note: bytes) -> None:
    group, ana = telegram.group(), telegram.person("Ana")
    telegram.privacy = False  # as if it were an administrator, which sees everything
    try:
        sent = telegram.sends_voice(ana, note, chat=group)
        telegram.sends_text(ana, "check this?", chat=group, reply_to=sent)
        telegram.sends_text(ana, "/check@another_bot", chat=group, reply_to=sent)
        telegram.sends_text(ana, "/start@ouvido_test_bot", chat=group)
        await telegram.next_call("sendMessage", group)  # all before it has been dealt with
    finally:
        telegram.privacy = True
    assert len(telegram.sent_to(group)) == 1


@pytest.mark.parametrize("command", ["start", "help", "privacy", "about"])
async def test_commands_explain_themselves(telegram: FakeTelegram, command: str) -> None:
    person = telegram.person(language="en")
    telegram.sends_text(person, f"/{command}")
    answer = await telegram.next_call("sendMessage", person)
    assert len(answer.parameters["text"]) > 100
    assert "{" not in answer.parameters["text"]


async def test_text_gets_a_hint(telegram: FakeTelegram) -> None:
    person = telegram.person(language="en")
    telegram.sends_text(person, "is this real?")
    answer = await telegram.next_call("sendMessage", person)
    assert answer.parameters["text"] == texts_for("en", "en").say("chat", "text")


async def test_commands_are_registered_per_language_and_scope(
    telegram: FakeTelegram, bot: Service
) -> None:
    profile = telegram.methods.profile
    await telegram.until(lambda: ("short_description", "es") in profile.texts)
    for language in ("", "pt", "en", "es"):
        private = profile.commands["all_private_chats", language]
        group = profile.commands["all_group_chats", language]
        assert {"start", "help", "privacy", "about"} <= {item["command"] for item in private}
        assert "check" in {item["command"] for item in group}
        assert profile.texts["description", language]
    descriptions = {
        profile.commands["all_private_chats", language][0]["description"]
        for language in ("pt", "en", "es")
    }
    assert len(descriptions) == 3
