"""Several things that people send at once: each note has its answer, and nothing else is said."""

import asyncio

import pytest
from telegram import Update

from bot.handlers import notes
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram.errors import JSON

VIDEO = {"duration": 5, "width": 64, "height": 64}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "PAUSE", 0.1)


async def at_once(chat: Chat) -> list[JSON]:
    """All that waits is dealt with at the same time; what the bot said."""
    pending = chat.telegram.updates.pending
    updates = [Update.de_json(content, chat.bot.bot) for content in pending.values()]
    pending.clear()
    await asyncio.gather(*(chat.bot.process_update(update) for update in updates))
    return chat.said


async def test_each_of_an_album_is_answered_beneath_itself() -> None:
    async with chatting() as chat:
        files = [("video", bytes([number]), VIDEO) for number in range(3)]
        album = chat.telegram.sends_album(chat.maria, files, caption="which of them is real?")
        answers = await at_once(chat)
        assert sorted(each["reply_to_message"]["message_id"] for each in answers) == [
            each["message_id"] for each in album
        ]
        assert all("photo" in each for each in answers)


async def test_a_photo_in_an_album_is_passed_over() -> None:
    async with chatting() as chat:
        chat.telegram.sends_album(chat.maria, [("video", b"v", VIDEO)])
        photo = {"photo": [], "media_group_id": "1", "caption": "look"}
        chat.telegram.updates.add("message", chat.telegram.chats.add(chat.maria, None, **photo))
        assert len(await at_once(chat)) == 1


@pytest.mark.parametrize("first", [True, False])
async def test_a_comment_beside_a_note_gets_no_hint(first: bool) -> None:
    async with chatting() as chat:
        if first:
            chat.telegram.sends_text(chat.maria, "is this real?")
        chat.telegram.sends_voice(chat.maria, b"a voice note", forwarded=True)
        if not first:
            chat.telegram.sends_text(chat.maria, "is this real?")
        assert ["photo" in each for each in await at_once(chat)] == [True]


async def test_a_comment_long_after_a_note_does() -> None:
    async with chatting() as chat:
        await chat.note()
        late = chat.telegram.sends_text(chat.maria, "is this real?")
        late["date"] += 6
        await chat.answered()
        assert "I understand recordings" in chat.said[-1]["text"]


async def test_somebody_else_s_note_is_no_neighbour() -> None:
    async with chatting() as chat:
        chat.telegram.sends_voice(chat.telegram.person("Rui"), b"a voice note")
        chat.telegram.sends_text(chat.maria, "hello")
        assert "I understand recordings" in (await at_once(chat))[-1]["text"]
