"""Why? One explanation, however often and by however many it is asked for."""

import asyncio
import json

import pytest
from telegram import Update

from tests.bot.chatting import chatting
from tests.fake_telegram import buttons


async def test_the_explanation_replies_to_the_answer_and_tells_the_origin() -> None:
    async with chatting() as chat:
        answer = await chat.note(forwarded=True)
        await chat.tap(answer, "Why?")
        [_, why] = chat.said
        assert why["reply_to_message"]["message_id"] == answer["message_id"]
        assert "Why I answered this" in why["text"]
        assert "somebody who doesn't show who they are" in why["text"]
        assert "Someone" not in why["text"]


async def test_pressed_again_it_stays_one_message() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Why?")
        assert "just below" in await chat.tap(answer, "Why?")
        assert len(chat.said) == 2


async def test_two_who_press_at_once_get_one_message() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        note = chat.telegram.sends_voice(rui, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        [answer] = chat.telegram.sent_to(group)
        for who in (chat.maria, rui):
            chat.telegram.taps(who, answer, "why:")
        both = [
            Update.de_json(each, chat.bot.bot) for each in chat.telegram.updates.pending.values()
        ]
        await asyncio.gather(*(chat.bot.process_update(update) for update in both))
        assert len(chat.telegram.sent_to(group)) == 2


async def test_closed_it_is_gone_and_comes_again_when_asked_for() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Why?")
        await chat.tap(chat.said[1], "Close")
        assert len(chat.said) == 1
        await chat.tap(answer, "Why?")
        assert len(chat.said) == 2


async def test_no_explanation_shows_a_preview_of_a_page() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Why?")
        await chat.tap(answer, "Why?")
        calls = [each for each in chat.telegram.calls if "Why I" in str(each.parameters)]
        assert [each.method for each in calls] == ["sendMessage", "editMessageText"]
        for call in calls:
            assert json.loads(call.parameters["link_preview_options"]) == {"is_disabled": True}


async def test_the_file_is_told_in_detail_by_a_button_that_then_goes() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Why?")
        [_, why] = chat.said
        assert "opus" not in why["text"]
        assert [each["text"] for each in buttons(why)] == ["🗂 File details", "✖ Close"]
        await chat.tap(why, "File details")
        [_, told] = chat.said
        assert told["text"].startswith(why["text"])
        assert "Sound kept as: opus" in told["text"]
        assert [each["text"] for each in buttons(told)] == ["✖ Close"]


async def test_in_a_group_the_rest_of_the_buttons_stands_under_the_explanation() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        [answer] = chat.telegram.sent_to(group)
        assert len(answer["caption"].splitlines()) <= 4
        assert [each["text"] for each in buttons(answer)] == ["💡 Why?", "🔍 Look closer"]
        await chat.tap(answer, "Why?")
        more = [each["text"] for each in buttons(chat.telegram.sent_to(group)[1])]
        assert more == [
            "🎯 Was it right?", "📄 Report", "🎭 Compare", "🗂 File details", "✖ Close",
        ]  # fmt: skip


async def test_the_file_s_details_under_a_message_without_text_are_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    async with chatting() as chat:
        answer = await chat.note()  # a picture, whose words are a caption
        [button] = [b for row in answer["reply_markup"]["inline_keyboard"] for b in row][:1]
        button["callback_data"] = button["callback_data"].replace("why:", "file:")
        await chat.tap(answer, "file:")
    assert "could not be answered" not in caplog.text
    assert "The explanation stays" in caplog.text
