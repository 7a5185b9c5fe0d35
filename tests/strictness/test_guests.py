"""Answers where the bot is not, and answers that only one member sees."""

import pytest
from telegram import (
    Bot,
    InlineQueryResult,
    InlineQueryResultCachedPhoto,
    InlineQueryResultPhoto,
)
from telegram.error import BadRequest, Forbidden

from tests.fake_telegram import FakeTelegram, buttons
from tests.strictness.asking import NOTE, keyboard, refused, taken, text


async def test_a_guest_answers_once_and_cannot_do_anything_else(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria, joao = telegram.person(), telegram.person("João")
    chat = telegram.conversation(joao)
    telegram.summons(maria, chat, telegram.notes(joao, chat, NOTE))
    (update,) = await taken(bot)
    message = update.guest_message
    assert message
    assert message.reply_to_message
    assert message.reply_to_message.voice
    with refused(Forbidden, "can't initiate conversation"):
        await bot.send_message(message.chat_id, "hello")
    assert message.guest_query_id
    await bot.answer_guest_query(message.guest_query_id, text("1"))
    assert telegram.sent_to(chat)[0]["text"] == "A person, quite likely."
    assert telegram.sent_to(joao) == []
    with refused(BadRequest, "query is too old"):
        await bot.answer_guest_query(message.guest_query_id, text("2"))


@pytest.mark.parametrize(
    ("result", "refusal"),
    [
        (text("1", "x" * 4097), "too long"),
        (text("x" * 65), "Result_id_invalid"),
        (InlineQueryResultPhoto("1", "picture.jpg", "https://x.org/y.jpg"), "Photo_url_invalid"),
        (InlineQueryResultCachedPhoto("1", "unknown"), "wrong file identifier"),
    ],
    ids=["text", "id", "upload", "file"],
)
async def test_a_guests_answer_is_refused_for_what_it_holds(
    telegram: FakeTelegram, bot: Bot, result: InlineQueryResult, refusal: str
) -> None:
    maria, group = telegram.person(), telegram.group(member=False)
    telegram.summons(maria, group, telegram.notes(maria, group, NOTE))
    (update,) = await taken(bot)
    assert update.guest_message
    assert update.guest_message.guest_query_id
    with refused(BadRequest, refusal):
        await bot.answer_guest_query(update.guest_message.guest_query_id, result)
    with refused(BadRequest, "chat not found"):
        await bot.send_message(group.id, "hello")
    assert telegram.sent_to(group) == []


async def test_a_whisper_needs_an_administrator_or_a_pressed_button() -> None:
    async with (
        FakeTelegram(ephemeral=True) as telegram,
        Bot(telegram.token, f"{telegram.url}/bot") as bot,
    ):
        group, ana = telegram.group(), telegram.person("Ana")
        telegram.sends_text(ana, "/check", chat=group)

        async def whispers(**more: object) -> None:
            told = {"receiver_user_id": ana.id} | more
            await bot.send_message(
                group.id, "psst", api_kwargs={"ephemeral_message_parameters": told}
            )

        with refused(BadRequest, "Bot_not_admin"):
            await whispers()
        shown = await bot.send_message(group.id, "x", reply_markup=keyboard("a"))
        message = telegram.chats.message(group.id, shown.message_id)
        assert message
        query = telegram.presses(ana, message, buttons(message)[0]["callback_data"])
        await whispers(callback_query_id=query)
        telegram.promotes(group)
        await whispers()
        assert [each["text"] for each in telegram.chats.whispers] == ["psst", "psst"]
        assert len(telegram.sent_to(group)) == 1


async def test_without_ephemeral_messages_everybody_sees_it(
    telegram: FakeTelegram, bot: Bot
) -> None:
    group, ana = telegram.group(), telegram.person("Ana")
    told = {"receiver_user_id": ana.id}
    await bot.send_message(group.id, "psst", api_kwargs={"ephemeral_message_parameters": told})
    assert len(telegram.sent_to(group)) == 1
