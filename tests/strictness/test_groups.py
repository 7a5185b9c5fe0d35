"""Groups: what the bot sees there, may do there, and is told when it may not."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.fake_telegram import FakeTelegram
from tests.strictness.asking import NOTE, picture, refused, taken


async def test_of_a_group_only_what_is_meant_for_the_bot_is_shown(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group, ana = telegram.group(), telegram.person("Ana")
    note = telegram.sends_voice(ana, NOTE, chat=group)
    telegram.sends_text(ana, "hello", chat=group)
    telegram.sends_text(ana, "/check@another_bot", chat=group, reply_to=note)
    assert await taken(bot) == []
    telegram.sends_text(ana, "/check", chat=group, reply_to=note)
    telegram.sends_text(ana, f"@{bot.username} is it real?", chat=group, reply_to=note)
    answer = await bot.send_message(group.id, "hello")
    telegram.sends_text(
        ana, "thanks", chat=group, reply_to=telegram.chats.message(group.id, answer.message_id)
    )
    assert len(await taken(bot)) == 3
    telegram.promotes(group)
    telegram.sends_text(ana, "hello", chat=group)
    (became, update) = await taken(bot)
    assert became.my_chat_member
    assert update.message
    assert update.message.text == "hello"


async def test_a_removed_bot_is_told_so(telegram: FakeTelegram, bot: Bot) -> None:
    group, ana = telegram.group(), telegram.person("Ana")
    telegram.removes_bot(ana, group)
    with refused(Forbidden, "kicked from the supergroup chat"):
        await bot.send_message(group.id, "hello")
    (update,) = await taken(bot)
    assert update.my_chat_member
    assert update.my_chat_member.new_chat_member.status == "kicked"
    telegram.adds_bot(ana, group)
    await bot.send_message(group.id, "hello")


async def test_a_group_that_moved_is_answered_for_at_its_new_number(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group = telegram.group(kind="group")
    new = telegram.migrates(group)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "hello")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "hello")
    (old, young) = await taken(bot)
    assert old.message
    assert old.message.migrate_to_chat_id == new.id
    assert young.message
    assert young.message.migrate_from_chat_id == group.id


async def test_a_reply_stays_in_its_topic(telegram: FakeTelegram, bot: Bot) -> None:
    group, ana = telegram.group(forum=True), telegram.person("Ana")
    thread = telegram.topic(group)
    note = telegram.sends_voice(ana, NOTE, chat=group, thread=thread)
    assert note["reply_to_message"]["forum_topic_created"]  # as Telegram has it in every topic
    sent = await bot.send_message(group.id, "x", reply_to_message_id=note["message_id"])
    assert sent.message_thread_id == thread
    with refused(BadRequest, "message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=thread + 1)


async def test_what_members_may_not_send_the_bot_may_not_send(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group = telegram.group()
    telegram.forbids(group, "photos")
    with refused(BadRequest, "not enough rights to send photos to the chat"):
        await bot.send_photo(group.id, picture())
    await bot.send_message(group.id, "x")
    telegram.promotes(group)
    await bot.send_photo(group.id, picture())


async def test_administrators_are_told_from_members(telegram: FakeTelegram, bot: Bot) -> None:
    group, ana, rui = telegram.group(), telegram.person("Ana"), telegram.person("Rui")
    telegram.promotes(group, ana, "creator")
    telegram.sends_text(rui, "hello", chat=group)
    assert (await bot.get_chat_member(group.id, ana.id)).status == "creator"
    assert (await bot.get_chat_member(group.id, rui.id)).status == "member"
    assert [each.user.id for each in await bot.get_chat_administrators(group.id)] == [ana.id]
    telegram.promotes(group, rui)
    assert (await bot.get_chat_member(group.id, rui.id)).status == "administrator"
    await bot.set_my_commands(
        [BotCommand("check", "Listen")], BotCommandScopeChatMember(group.id, rui.id)
    )
    assert (f"chat_member:{group.id}:{rui.id}", "") in telegram.methods.profile.commands


async def test_a_reaction_is_one_of_those_that_the_chat_allows(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group, ana = telegram.group(), telegram.person("Ana")
    note = telegram.sends_voice(ana, NOTE, chat=group)
    number = note["message_id"]
    await bot.set_message_reaction(group.id, number, "👀")
    assert telegram.reaction(note) == ["👀"]
    with refused(BadRequest, "Reaction_invalid"):
        await bot.set_message_reaction(group.id, number, "🤖")
    telegram.chats.reactions[group.id] = ["👍"]
    with refused(BadRequest, "Reaction_invalid"):
        await bot.set_message_reaction(group.id, number, "👀")
    available = (await bot.get_chat(group.id)).available_reactions
    assert available
    assert len(available) == 1
