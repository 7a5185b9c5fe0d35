"""Messages, buttons and files: what a private chat takes and what it refuses."""

from typing import Any

import pytest
from telegram import (
    Bot,
    ForceReply,
    InputMediaPhoto,
)
from telegram.error import BadRequest, Forbidden

from tests.fake_telegram import FakeTelegram
from tests.strictness.asking import NOTE, keyboard, picture, refused, taken


async def test_nobody_is_written_to_who_never_wrote(telegram: FakeTelegram, bot: Bot) -> None:
    ana, group = telegram.person("Ana"), telegram.group()
    telegram.sends_text(ana, "/check", chat=group)
    with refused(Forbidden, "can't initiate conversation"):
        await bot.send_message(ana.id, "hello")
    telegram.sends_text(ana, "/start")
    await bot.send_message(ana.id, "hello")


@pytest.mark.parametrize(
    ("words", "markup", "refusal"),
    [
        ("x" * 4097, None, "too long"),
        ("x", keyboard("x" * 65), "Button_data_invalid"),
        ("x", keyboard("é" * 33), "Button_data_invalid"),
        ("x", keyboard("x", " "), "Button_text_empty"),
        ("x", ForceReply(input_field_placeholder="x" * 65), "Reply_markup_invalid"),
    ],
    ids=["text", "data", "bytes", "label", "placeholder"],
)
async def test_what_is_too_long_is_refused(
    telegram: FakeTelegram, bot: Bot, words: str, markup: Any, refusal: str
) -> None:
    maria = telegram.person()
    telegram.sends_text(maria, "/start")
    with refused(BadRequest, refusal):
        await bot.send_message(maria.id, words, reply_markup=markup)
    assert not telegram.sent_to(maria)


async def test_text_is_measured_after_its_markup_was_read(telegram: FakeTelegram, bot: Bot) -> None:
    maria = telegram.person()
    telegram.sends_text(maria, "/start")
    await bot.send_message(maria.id, "<b>" + "x" * 4096 + "</b>", "HTML")
    await bot.send_photo(
        maria.id, picture(), caption="<b>" + "x" * 1024 + "</b>", parse_mode="HTML"
    )
    with refused(BadRequest, "caption is too long"):
        await bot.send_photo(maria.id, picture(), caption="x" * 1025)
    with refused(BadRequest, "can't parse entities"):
        await bot.send_message(maria.id, "1 < 2", "HTML")


async def test_an_edit_must_change_something(telegram: FakeTelegram, bot: Bot) -> None:
    maria = telegram.person()
    telegram.sends_text(maria, "/start")
    sent = await bot.send_message(maria.id, "one", reply_markup=keyboard("a"))
    with refused(BadRequest, "not modified"):
        await sent.edit_text("one", reply_markup=keyboard("a"))
    await sent.edit_text("one", reply_markup=keyboard("b"))
    with refused(BadRequest, "message to edit not found"):
        await bot.edit_message_text("two", maria.id, sent.message_id + 77)


async def test_a_picture_is_sent_again_by_the_name_of_its_largest_size(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria = telegram.person()
    note = telegram.sends_voice(maria, NOTE)
    first = await bot.send_photo(maria.id, picture(1000))
    assert [size.width for size in first.photo] == [320, 1000]
    again = await bot.send_photo(maria.id, first.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    with refused(BadRequest, "file of type Voice as Photo"):
        await bot.send_photo(maria.id, note["voice"]["file_id"])
    with refused(BadRequest, "Wrong file identifier"):
        await bot.send_photo(maria.id, "FphotoOfAnotherBot")


async def test_an_album_has_two_to_ten_pictures(telegram: FakeTelegram, bot: Bot) -> None:
    maria = telegram.person()
    telegram.sends_text(maria, "/start")
    sent = await bot.send_media_group(maria.id, [InputMediaPhoto(picture()) for _ in range(2)])
    assert len({message.media_group_id for message in sent}) == 1
    with refused(BadRequest, "2-10"):
        await bot.send_media_group(maria.id, [InputMediaPhoto(picture())])


async def test_a_pressed_button_is_answered_once_and_soon(telegram: FakeTelegram, bot: Bot) -> None:
    maria = telegram.person()
    telegram.sends_text(maria, "/start")
    await bot.send_message(maria.id, "x", reply_markup=keyboard("why:1"))
    (message,) = telegram.sent_to(maria)
    telegram.taps(maria, message, "Why?")
    (_, update) = await taken(bot)
    assert update.callback_query
    assert update.callback_query.data == "why:1"
    await update.callback_query.answer()
    with refused(BadRequest, "query is too old"):
        await update.callback_query.answer()
    late = telegram.presses(maria, message, "why:1")
    telegram.queries.seconds = 0
    with refused(BadRequest, "query is too old"):
        await bot.answer_callback_query(late)


async def test_a_link_starts_the_bot_only_with_letters_that_telegram_takes(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria = telegram.person()
    telegram.follows(maria, f"https://t.me/{bot.username}?start=why_1-A")
    (update,) = await taken(bot)
    assert update.message
    assert update.message.text == "/start why_1-A"
    with pytest.raises(AssertionError, match="Telegram drops"):
        telegram.follows(maria, f"https://t.me/{bot.username}?start=why:1")
    with pytest.raises(AssertionError, match="Telegram drops"):
        telegram.follows(maria, f"https://t.me/{bot.username}?start={'x' * 65}")
