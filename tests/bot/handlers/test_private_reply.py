"""In a group with private replies only who asked sees the answer."""

from typing import Any

import pytest

from bot.db import chats
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import buttons
from tests.fake_telegram.errors import JSON


async def private_reply_group(chat: Chat) -> Group:
    group = chat.telegram.group()
    await chats.of(chat.store, group.id)
    await chats.change(chat.store, group.id, private_replies=True)
    return group


async def check(chat: Chat, group: Group, **where: Any) -> JSON:
    """Maria asks about Rui's note; her message."""
    rui = chat.telegram.person("Rui", "en")
    note = chat.telegram.sends_voice(rui, b"a voice note", chat=group)
    asked = chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note, **where)
    await chat.answered()
    return asked


async def test_the_group_reads_one_neutral_sentence_and_the_asker_the_answer() -> None:
    async with chatting() as chat:
        group = await private_reply_group(chat)
        asked = await check(chat, group)
        [said] = chat.telegram.sent_to(group)
        assert said["text"] == "🤫 I've listened. Only whoever asked sees the answer."
        assert said["reply_to_message"]["message_id"] == asked["message_id"]
        [link] = buttons(said)
        chat.telegram.follows(chat.maria, link["url"])
        await chat.answered()
        assert chat.said[0]["caption"].startswith("🤖 This sounds like")


async def test_nobody_else_gets_it_by_the_same_link() -> None:
    async with chatting() as chat:
        group = await private_reply_group(chat)
        await check(chat, group)
        [link] = buttons(chat.telegram.sent_to(group)[0])
        eve = chat.telegram.person("Eve", "en")
        chat.telegram.follows(eve, link["url"])
        await chat.answered()
        [said] = chat.telegram.sent_to(eve)
        assert "only for whoever asked" in said["text"]


async def test_who_asks_in_the_name_of_the_group_is_asked_for_theirs() -> None:
    async with chatting() as chat:
        group = await private_reply_group(chat)
        await check(chat, group, sender_chat=group)
        [said] = chat.telegram.sent_to(group)
        assert "não vejo quem você é" in said["text"]
        assert buttons(said) == []


async def test_where_telegram_has_whispers_the_group_reads_nothing() -> None:
    async with chatting(whispers=True, ephemeral=True) as chat:
        group = await private_reply_group(chat)
        chat.telegram.promotes(group)
        await check(chat, group)
        assert chat.telegram.sent_to(group) == []
        [whisper] = chat.telegram.chats.whispers
        assert whisper["receiver_user"]["id"] == chat.maria.id
        assert whisper["caption"].startswith("🤖 This sounds like")
        [link] = buttons(whisper)
        chat.telegram.follows(chat.maria, link["url"])
        await chat.answered()
        assert chat.said[0]["caption"].startswith(whisper["caption"].splitlines()[0])


async def test_a_bot_that_may_not_whisper_sends_the_link() -> None:
    async with chatting(whispers=True, ephemeral=True) as chat:
        group = await private_reply_group(chat)
        await check(chat, group)
        [said] = chat.telegram.sent_to(group)
        assert said["text"].startswith("🤫")


async def test_a_telegram_without_whispers_shows_the_answer_to_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with chatting(ephemeral=True) as chat:
        group = await private_reply_group(chat)
        chat.telegram.promotes(group)
        await check(chat, group)
        [said] = chat.telegram.sent_to(group)
        assert said["text"].startswith("🤫")
    assert "set EPHEMERAL=off" in caplog.text
