"""Called into a chat that it is not in, the bot answers the query once, and nowhere else."""

import pytest
from telegram import Update

from bot.db import chats
from bot.handlers import guest
from inference.errors import TookTooLong
from tests.bot.chatting import Chat, DrawingWorker, chatting
from tests.bot.talking import VOICE
from tests.fake_telegram import Call, buttons
from tests.fake_telegram.errors import JSON

SENDS = ("sendMessage", "sendPhoto", "sendChatAction", "sendDocument")


async def summoned(chat: Chat, note: bool = True) -> JSON:
    """Maria calls the bot into her chat with João; what stands there then."""
    joao = chat.telegram.person("João")
    place = chat.telegram.conversation(joao)
    sent = chat.telegram.notes(joao, place, b"a voice note") if note else None
    chat.telegram.summons(chat.maria, place, sent)
    await chat.answered()
    call: Call = await chat.telegram.next_call("answerGuestQuery")
    return chat.telegram.methods.guests.sent[call.result["inline_message_id"]]


async def test_the_words_come_at_once_and_the_picture_by_a_link() -> None:
    async with chatting() as chat:
        answer = await summoned(chat)
        assert answer["text"].startswith("🤖 This sounds like an AI voice, made by a machine.")
        [link] = buttons(answer)
        chat.telegram.follows(chat.maria, link["url"])
        await chat.answered()
        [shown] = chat.said
        assert len(answer["text"].splitlines()) <= 4
        assert shown["caption"].splitlines()[:2] == answer["text"].splitlines()[:2]
        assert len(buttons(shown)) >= 4


async def test_the_same_note_is_answered_from_memory_without_a_picture() -> None:
    async with chatting() as chat:
        first, second = await summoned(chat), await summoned(chat)
        assert second["text"] == first["text"]
        assert chat.worker.drawn == [False]


async def test_whoever_sees_it_may_follow_the_link() -> None:
    async with chatting() as chat:
        [link] = buttons(await summoned(chat))
        rui = chat.telegram.person("Rui", "en")
        chat.telegram.follows(rui, link["url"])
        await chat.answered()
        assert "photo" in chat.telegram.sent_to(rui)[0]


async def test_without_a_note_it_says_how() -> None:
    async with chatting() as chat:
        answer = await summoned(chat, note=False)
        assert "choose “Reply” and write just @ouvido_test_bot" in answer["text"]
        assert buttons(answer) == []


async def test_a_guest_s_chat_is_not_the_group_of_the_same_number() -> None:
    async with chatting() as chat:
        place = chat.telegram.group(member=False)
        await chats.of(chat.store, place.id)
        await chats.change(chat.store, place.id, language="es", private_replies=True)
        chat.telegram.summons(chat.maria, place, chat.telegram.notes(chat.maria, place, b"x"))
        await chat.answered()
        [said] = chat.telegram.methods.guests.sent.values()
        assert said["text"].startswith("🤖 This sounds like")


@pytest.mark.parametrize(
    ("error", "words"),
    [(TookTooLong("x"), "took me too long"), (ValueError("our own"), "my fault")],
)
async def test_an_error_is_one_sentence_in_the_same_way(error: Exception, words: str) -> None:
    worker = DrawingWorker()
    worker.outcome = error
    async with chatting(worker) as chat:
        assert words in (await summoned(chat))["text"]
        assert chat.calls(*SENDS) == []


async def test_nothing_else_is_ever_said_to_a_guest() -> None:
    async with chatting() as chat:
        await summoned(chat)
        assert chat.calls(*SENDS) == []
        assert chat.calls("answerGuestQuery") == ["answerGuestQuery"]


async def test_a_query_that_waited_too_long_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async with chatting() as chat:
        chat.telegram.queries.seconds = 0.0
        place = chat.telegram.group(member=False)
        chat.telegram.summons(chat.maria, place, chat.telegram.notes(chat.maria, place, b"x"))
        await chat.answered()
        assert chat.calls(*SENDS) == []
    assert "ERROR" not in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        {"voice": VOICE},
        {"text": "/start"},
        {"text": "/check@ouvido_test_bot"},
        {"text": "@ouvido_test_bot"},
        {"text": "/start " + "A" * 16},
        {"new_chat_members": [{"id": 1, "is_bot": True, "first_name": "A"}]},
        {"document": VOICE | {"file_name": "a.pdf"}},
    ],
)
async def test_no_other_handler_takes_a_guest_s_message(content: JSON) -> None:
    sender = {"id": 7, "is_bot": False, "first_name": "A"}
    entity = {"type": "bot_command", "offset": 0, "length": len(content.get("text", ""))}
    asked = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "from": sender}
    asked |= content | {"guest_query_id": "q", "entities": [entity] if "text" in content else []}
    async with chatting() as chat:
        update = Update.de_json({"update_id": 1, "guest_message": asked}, chat.bot.bot)
        takers = [
            handler.callback
            for group, handlers in chat.bot.handlers.items()
            for handler in handlers
            if group >= 0 and handler.check_update(update)
        ]
    assert takers == [guest.on_guest]
