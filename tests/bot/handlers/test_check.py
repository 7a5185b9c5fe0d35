"""`/check` in reply to what can't be heard says what is wrong with that."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.telegram import files
from bot.texts import LANGUAGES, texts_for
from bot.views import no_sound
from tests.bot.chatting import Chat, chatting
from tests.bot.stand_ins import MEBIBYTE
from tests.fake_telegram.errors import JSON

ENGLISH = texts_for("en", "en")


def sentence(kind: str) -> str:
    return no_sound.words(kind, ENGLISH)


SIZE = {"file_id": "P", "file_unique_id": "p", "width": 9, "height": 9}
STICKER = SIZE | {"type": "regular", "is_animated": False, "is_video": False}
POLL = {
    "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
    "allows_revoting": False, "members_only": False,
}  # fmt: skip
LINK = {"text": "see http://example.org/a.mp3"} | {
    "entities": [{"type": "url", "offset": 4, "length": 24}]
}
CONTENTS: dict[str, JSON] = {
    "photo": {"photo": [SIZE]},
    "sticker": {"sticker": STICKER},
    "poll": {"poll": POLL},
    "story": {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    "link": LINK,
    "text": {"text": "hello"},
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
    "expired": {},
    "other": {"location": {"latitude": 1.0, "longitude": 1.0}},
}


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    async with chatting() as chat:
        yield chat


async def check(chat: Chat, note: JSON, words: str = "/check") -> str:
    chat.telegram.sends_text(chat.maria, words, reply_to=note)
    await chat.answered()
    return str(chat.said[-1]["text"])


@pytest.mark.parametrize("kind", CONTENTS)
async def test_what_holds_no_sound_is_named(chat: Chat, kind: str) -> None:
    note = chat.telegram.chats.add(chat.maria, chat.maria.as_user, **CONTENTS[kind])
    assert await check(chat, note) == sentence(kind)
    assert chat.worker.asked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_sentence_of_its_own(language: str) -> None:
    texts = texts_for(language, language)
    said = [no_sound.words(kind, texts) for kind in ("own", *CONTENTS)]
    assert len(set(said)) == len(said)


async def test_the_bots_own_answer_is_named_also_where_it_was_forwarded(chat: Chat) -> None:
    answer = await chat.note()
    assert await check(chat, answer) == sentence("own")
    origin = {"type": "user", "date": 1, "sender_user": chat.telegram.bot}
    forwarded = chat.telegram.chats.add(
        chat.maria, chat.maria.as_user, photo=[SIZE], forward_origin=origin
    )
    assert await check(chat, forwarded) == sentence("own")
    external = {"external_reply": {"origin": origin, "photo": [SIZE]}}
    assert await check_external(chat, external) == sentence("own")


async def check_external(chat: Chat, reply: JSON) -> str:
    asked = {"text": "/check", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    sent = chat.telegram.chats.add(chat.maria, chat.maria.as_user, **asked, **reply)
    chat.telegram.updates.add("message", sent)
    await chat.answered()
    return str(chat.said[-1]["text"])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({}, "text"),
        ({"link_preview_options": {"url": "http://example.org"}}, "link"),
        ({"photo": [SIZE]}, "photo"),
        ({"poll": POLL}, "poll"),
        ({"contact": {"phone_number": "1", "first_name": "A"}}, "other"),
    ],
)
async def test_so_is_what_stands_in_another_chat(
    chat: Chat, content: dict[str, Any], kind: str
) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "A"}
    external = {"external_reply": {"origin": origin} | content}
    assert await check_external(chat, external) == sentence(kind)


async def test_a_note_that_is_gone_or_too_large_has_its_own_sentence(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PAUSE", 0.0)
    voice = {"duration": 3, "file_id": "gone", "file_unique_id": "g"}
    note = chat.telegram.chats.add(chat.maria, chat.maria.as_user, voice=voice)
    assert await check(chat, note) == ENGLISH.error("gone", 0)
    large = voice | {"file_unique_id": "l", "file_size": 20 * MEBIBYTE + 1}
    note = chat.telegram.chats.add(chat.maria, chat.maria.as_user, voice=large)
    assert await check(chat, note) == ENGLISH.error("too_large", 20 * MEBIBYTE)


async def test_in_a_topic_a_check_that_replies_to_nothing_is_told_how(chat: Chat) -> None:
    group = chat.telegram.group(forum=True)
    topic = chat.telegram.topic(group)
    chat.telegram.sends_text(chat.maria, "/check", chat=group, thread=topic)
    await chat.answered()
    assert chat.telegram.sent_to(group)[-1]["text"] == ENGLISH.say("chat", "check")


async def test_its_name_in_reply_to_a_photo_is_check_and_in_talk_it_is_not(chat: Chat) -> None:
    group = chat.telegram.group()
    for content, said in (
        (CONTENTS["photo"], sentence("photo")),
        (CONTENTS["text"], ENGLISH.say("groups", "mention")),
    ):
        note = chat.telegram.chats.add(group, chat.maria.as_user, **content)
        chat.telegram.sends_text(chat.maria, "@ouvido_test_bot", chat=group, reply_to=note)
        await chat.answered()
        assert chat.telegram.sent_to(group)[-1]["text"] == said


async def test_a_guest_is_told_what_is_wrong_with_a_photo(chat: Chat) -> None:
    joao = chat.telegram.person("João")
    place = chat.telegram.conversation(joao)
    note = chat.telegram.chats.add(place, joao.as_user, **CONTENTS["photo"])
    chat.telegram.summons(chat.maria, place, note)
    await chat.answered()
    call = await chat.telegram.next_call("answerGuestQuery")
    sent = chat.telegram.methods.guests.sent[call.result["inline_message_id"]]
    assert sent["text"] == sentence("photo")
