"""Telegram's odd corners: docs/bot.md lists them, each row with its test."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.db import chats
from bot.texts import texts_for
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import buttons
from tests.fake_telegram.chats import Place
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.parts import ANONYMOUS, TELEGRAM

SAY = texts_for("en", "en").say
SENDS = ("sendPhoto", "sendMessage", "sendDocument", "forwardMessage", "copyMessage")
VIDEO = {"duration": 5, "width": 320, "height": 240}


def voice(chat: Chat, data: bytes = b"a voice note") -> JSON:
    """A voice note as a field of a message."""
    file = chat.telegram.chats.keep("voice", data).as_json
    return {"voice": file | {"duration": 5, "mime_type": "audio/ogg"}}


async def happens(chat: Chat, group: Place, sender: JSON, **content: Any) -> JSON:
    """Somebody who is no person of ours writes in a group, and the bot sees it."""
    message = chat.telegram.chats.add(group, sender, **content)
    chat.telegram.updates.add("message", message)
    await chat.answered()
    return message


async def speaks_english(chat: Chat, group: Group) -> None:
    """Who is no person has no language of an app."""
    await chats.change(chat.store, group.id, language="en")


async def check(
    chat: Chat, group: Group, note: JSON | None, text: str = "/check", **where: Any
) -> None:
    chat.telegram.sends_text(chat.maria, text, chat=group, reply_to=note, **where)
    await chat.answered()


def is_under(answer: JSON, note: JSON) -> bool:
    return bool(answer["reply_to_message"]["message_id"] == note["message_id"])


# Channels and the groups where their posts are discussed


async def test_a_channels_post_is_not_answered_in_the_channel() -> None:
    async with chatting() as chat:
        channel = chat.telegram.channel()
        chat.telegram.posts(channel, "voice", b"news", {"duration": 3})
        await chat.answered()
        assert chat.telegram.sent_to(channel) == []


async def test_a_post_in_its_discussion_group_is_answered_once_among_its_comments() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        chat.telegram.promotes(group)
        await chats.change(chat.store, group.id, notes="forwarded")
        post = chat.telegram.posts(channel, "voice", b"news", {"duration": 3})
        carried = chat.telegram.carries_over(post, group)
        await chat.answered()
        [answer] = chat.telegram.sent_to(group)
        assert is_under(answer, carried)
        assert answer["message_thread_id"] == carried["message_id"]
        assert chat.telegram.sent_to(channel) == []


async def test_check_in_a_comment_on_a_post_is_answered_among_the_comments() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        post = chat.telegram.posts(channel, "voice", b"news", {"duration": 3})
        carried = chat.telegram.carries_over(post, group)
        await check(chat, group, carried, message_thread_id=carried["message_id"])
        [answer] = chat.telegram.sent_to(group)
        assert is_under(answer, carried)
        assert answer["message_thread_id"] == carried["message_id"]


async def test_a_note_among_the_comments_is_answered_there() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        post = chat.telegram.posts(channel, "document", b"%PDF", {"file_name": "news.pdf"})
        thread = chat.telegram.carries_over(post, group)["message_id"]
        comment = chat.telegram.sends_voice(
            chat.maria, b"a comment", chat=group, message_thread_id=thread
        )
        await check(chat, group, comment, message_thread_id=thread)
        [answer] = chat.telegram.sent_to(group)
        assert is_under(answer, comment)
        assert answer["message_thread_id"] == thread
        asked = [call.parameters for call in chat.telegram.calls if call.method == "sendPhoto"]
        assert "message_thread_id" not in asked[0]  # Telegram takes it of topics only


async def test_a_reply_to_a_channels_post_elsewhere_is_heard() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        origin = {"type": "channel", "chat": channel.as_chat, "message_id": 3, "date": 1}
        quoted = {"origin": origin, "chat": channel.as_chat, "message_id": 3} | voice(chat)
        await check(chat, group, None, external_reply=quoted)
        [answer] = chat.telegram.sent_to(group)
        assert "photo" in answer


async def test_the_direct_messages_of_a_channel_are_left_to_its_people() -> None:
    async with chatting() as chat:
        inbox = chat.telegram.group("Notícias")
        chat.telegram.sends_voice(chat.maria, b"a note", chat=inbox, caption="/check")
        note = chat.telegram.chats.said(inbox.id)[0]
        note |= {
            "chat": inbox.as_chat | {"is_direct_messages": True},
            "direct_messages_topic": {"topic_id": 5, "user": chat.maria.as_user},
        }
        await chat.answered()
        assert chat.calls(*SENDS) == []


# Topics


async def test_in_the_general_topic_the_answer_names_no_thread() -> None:
    async with chatting() as chat:
        group = chat.telegram.group(forum=True)
        note = chat.telegram.sends_voice(chat.maria, b"a note", chat=group)
        await check(chat, group, note)
        [answer] = chat.telegram.sent_to(group)
        assert is_under(answer, note)
        assert "message_thread_id" not in answer


async def test_all_that_is_said_in_a_topic_stays_in_it() -> None:
    async with chatting() as chat:
        group = chat.telegram.group(forum=True)
        topic = chat.telegram.topic(group)
        chat.telegram.promotes(group, chat.maria)
        note = chat.telegram.sends_voice(chat.maria, b"a note", chat=group, thread=topic)
        for text in ("/check", "/settings", "/help", "/language", "/quiz"):
            await check(chat, group, note, text, thread=topic)
        await check(chat, group, None, thread=topic)  # in reply to nothing: how it is done
        await chat.tap(chat.telegram.sent_to(group)[0], "Why?")
        said = chat.telegram.sent_to(group)
        assert len(said) >= 7
        assert {message.get("message_thread_id") for message in said} == {topic}


async def test_a_topic_of_a_private_chat_keeps_its_answer() -> None:
    async with chatting() as chat:
        opened = chat.telegram.chats.add(chat.maria, chat.maria.as_user, text="a new topic")
        thread = int(opened["message_id"])
        chat.telegram.chats.topics[chat.maria.id, thread] = opened
        answer = await chat.note(thread=thread)
        assert answer["message_thread_id"] == thread


# Senders who are no persons


async def test_an_anonymous_administrator_is_answered_and_everybody_may_press() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        await speaks_english(chat, group)
        note = chat.telegram.sends_voice(rui, b"a note", chat=group)
        await check(chat, group, note, sender_chat=group)
        [answer] = chat.telegram.sent_to(group)
        await chat.tap(answer, "Why?")
        [_, why] = chat.telegram.sent_to(group)
        popped_up = await chat.tap(why, "Report", rui)
        assert popped_up.startswith("Here you are")


async def test_an_anonymous_administrator_votes_as_the_person_who_presses() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        await speaks_english(chat, group)
        chat.telegram.promotes(group, rui)
        note = chat.telegram.sends_voice(chat.maria, b"a note", chat=group)
        await check(chat, group, note, sender_chat=group)
        await chat.tap(chat.telegram.sent_to(group)[0], "Why?")
        [_, why] = chat.telegram.sent_to(group)
        await chat.tap(why, "vote:", rui)
        popped_up = await chat.tap(chat.telegram.sent_to(group)[1], "Right", rui)
        assert popped_up == SAY("vote", "thanks_right")


async def test_an_anonymous_administrator_changes_the_settings() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        await speaks_english(chat, group)
        chat.telegram.promotes(group, rui)
        await check(chat, group, None, "/settings", sender_chat=group)
        [menu] = chat.telegram.sent_to(group)
        assert menu["text"] == SAY("settings", "home")
        await chat.tap(menu, "👂", rui)  # a press tells who it is
        await chat.tap(chat.telegram.sent_to(group)[0], "set:notes:all", rui)
        assert (await chats.of(chat.store, group.id)).notes == "all"


async def test_who_writes_as_a_channel_is_answered_and_is_no_administrator() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        await speaks_english(chat, group)
        note = chat.telegram.sends_voice(chat.maria, b"a note", chat=group, sender_chat=channel)
        await check(chat, group, note, sender_chat=channel)
        await check(chat, group, None, "/settings", sender_chat=channel)
        answer, refusal = chat.telegram.sent_to(group)
        assert is_under(answer, note)
        assert refusal["text"] == SAY("settings", "only_administrators")


async def test_a_note_by_way_of_an_inline_bot_is_answered_who_asks() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        chat.telegram.promotes(group)
        await chats.change(chat.store, group.id, notes="all")
        other = {"id": 4242, "is_bot": True, "first_name": "Radio", "username": "radio_bot"}
        note = await happens(chat, group, chat.maria.as_user, via_bot=other, **voice(chat))
        assert chat.telegram.sent_to(group) == []  # bots that answer bots never end
        await check(chat, group, note)
        assert len(chat.telegram.sent_to(group)) == 1


# Groups that move


async def test_who_presses_a_button_of_before_the_group_moved_is_told_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with chatting() as chat:
        group = chat.telegram.group(kind="group")
        chat.telegram.promotes(group, chat.maria)
        await check(chat, group, None, "/settings")
        [menu] = chat.telegram.sent_to(group)
        chat.telegram.migrates(group)
        await chat.answered()
        chat.bot.bot_data.administrators.clear()
        assert await chat.tap(menu, "👂") == SAY("buttons", "stale")
    assert "ERROR" not in caplog.text


async def test_a_command_of_before_the_group_moved_undoes_no_setting() -> None:
    async with chatting() as chat:
        group = chat.telegram.group(kind="group")
        await chats.change(chat.store, group.id, notes="all", language="es")
        chat.telegram.sends_text(chat.maria, "/settings", chat=group, sender_chat=group)
        late = chat.telegram.updates.pending.popitem()[1]
        new = chat.telegram.migrates(group)
        await chat.answered()
        chat.telegram.updates.push({"message": late["message"]})
        await chat.answered()
        kept = await chats.of(chat.store, new.id)
        assert (kept.notes, kept.language) == ("all", "es")
        assert await chats.find(chat.store, group.id) is None


# Messages that change, go, or hold what a bot does not get


async def test_an_edited_note_or_caption_is_no_new_note() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        note = chat.telegram.chats.message(chat.maria.id, answer["reply_to_message"]["message_id"])
        assert note
        chat.telegram.updates.add("edited_message", note | {"edit_date": 2, "caption": "/check"})
        await chat.answered()
        assert len(chat.said) == 1


async def test_of_a_note_that_was_deleted_a_group_is_told_only_when_somebody_asked() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        chat.telegram.promotes(group)
        await chats.change(chat.store, group.id, notes="all")
        for data, asked in ((b"one", False), (b"two", True)):
            note = chat.telegram.sends_voice(chat.maria, data, chat=group)
            chat.telegram.chats.remove(group.id, note["message_id"])
            if asked:
                chat.telegram.updates.pending.clear()
                chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
            await chat.answered()
            assert len(chat.telegram.sent_to(group)) == asked


async def test_protected_content_is_answered_and_never_passed_on() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        note = chat.telegram.sends_voice(
            chat.maria, b"a note", chat=group, has_protected_content=True
        )
        await check(chat, group, note)
        assert chat.calls(*SENDS) == ["sendPhoto"]
        [call] = [call for call in chat.telegram.calls if call.method == "sendPhoto"]
        assert "protect_content" not in call.parameters  # ours may be passed on


async def test_a_note_that_plays_only_once_gets_a_sentence_where_the_bot_is_called_to_it() -> None:
    async with chatting() as chat:
        joao = chat.telegram.person("João")
        place = chat.telegram.conversation(joao)
        left = chat.telegram.chats.add(place, joao.as_user)  # all that a bot may see of it
        chat.telegram.summons(chat.maria, place, left)
        await chat.answered()
        [said] = chat.telegram.methods.guests.sent.values()
        assert said["text"] == SAY("withheld", "nothing")


async def test_a_story_gets_a_sentence_and_a_note_in_reply_to_one_an_answer() -> None:
    async with chatting() as chat:
        story = {"chat": chat.maria.as_chat, "id": 3}
        await happens(chat, chat.maria, chat.maria.as_user, story=story)
        assert chat.said[-1]["text"] == SAY("withheld", "story")
        assert "photo" in await chat.note(reply_to_story=story)


async def test_paid_media_is_heard_where_the_bot_may_see_it_and_else_gets_a_sentence() -> None:
    async with chatting() as chat:
        file = chat.telegram.chats.keep("video", b"a paid film").as_json | VIDEO
        for media in ({"type": "preview"}, {"type": "video", "video": file}):
            paid = {"star_count": 5, "paid_media": [media]}
            await happens(chat, chat.maria, chat.maria.as_user, paid_media=paid)
        sentence, answer = chat.said
        assert sentence["text"] == SAY("withheld", "paid_media")
        assert buttons(answer)
        assert chat.worker.asked == [b"a paid film"]


async def test_a_giveaway_gets_the_sentence_of_everything_else_and_in_a_group_nothing() -> None:
    async with chatting() as chat:
        group, channel = chat.telegram.group(), chat.telegram.channel()
        chat.telegram.promotes(group)
        await chats.change(chat.store, group.id, notes="all")
        giveaway = {
            "chats": [channel.as_chat], "winners_selection_date": 1, "winner_count": 3,
        }  # fmt: skip
        await happens(chat, group, TELEGRAM, giveaway=giveaway, is_automatic_forward=True)
        await happens(chat, group, ANONYMOUS, giveaway_created={"prize_star_count": 5})
        assert chat.telegram.sent_to(group) == []
        await happens(chat, chat.maria, chat.maria.as_user, giveaway=giveaway)
        assert chat.said[-1]["text"] == SAY("chat", "text")


@pytest.mark.parametrize("text", ["is this real?", "/check"])
async def test_a_reply_in_private_to_a_note_of_another_chat_is_answered(text: str) -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        note = chat.telegram.notes(chat.maria, group, b"of another chat")
        chat.telegram.sends_text(chat.maria, text, reply_to=note)
        await chat.answered()
        [answer] = chat.said
        assert "photo" in answer
        assert chat.worker.asked == [b"of another chat"]


def test_every_row_of_the_table_names_tests_that_there_are() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs" / "bot.md").read_text(encoding="utf-8")
    table = page.split("## Telegram's odd corners")[1].split("\n## ")[0]
    rows = [row.strip(" |").split(" | ") for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 20
    sources = [path.read_text(encoding="utf-8") for path in (root / "tests/bot").rglob("test_*.py")]
    there = set(re.findall(r"^(?:async )?def (test_\w+)\(", "\n".join(sources), re.MULTILINE))
    for corner, *_, tests in rows:
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, corner
        assert [name for name in named if name not in there] == [], corner
