"""The fake is as strict as Telegram: PTB is told what Telegram would tell it."""

import io
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChatMember,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultPhoto,
    InputMediaPhoto,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from tests.fake_telegram import FakeTelegram, Limits, Stall, buttons

NOTE = b"a note of no importance"


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest_asyncio.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    address = f"{telegram.url}/bot", f"{telegram.url}/file/bot"
    async with Bot(telegram.token, *address) as bot:
        yield bot


def refused(kind: type[Exception], words: str) -> AbstractContextManager[object]:
    """PTB writes what Telegram says with other capitals."""
    return pytest.raises(kind, match=f"(?i){words}")


def picture(width: int = 400) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, 300), "red").save(made, "PNG")
    return made.getvalue()


def keyboard(data: str, label: str = "Why?") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


async def taken(bot: Bot) -> list[Update]:
    """The updates that wait."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(updates[-1].update_id + 1, timeout=0)
    return list(updates)


def text(number: str, words: str = "A person, quite likely.") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(number, "Answer", InputTextMessageContent(words))


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


async def test_too_many_calls_are_told_to_wait(
    telegram: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # PTB warns else
    group, maria = telegram.group(), telegram.person()
    telegram.sends_text(maria, "/start")
    telegram.limits = Limits(burst=2)
    for _ in range(2):
        await bot.send_message(maria.id, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(maria.id, "x")
    for _ in range(20):
        await bot.send_chat_action(group.id, "typing")
    with pytest.raises(RetryAfter):
        await bot.send_chat_action(group.id, "typing")


async def test_updates_come_twice_and_in_any_order_when_told(
    telegram: FakeTelegram, bot: Bot
) -> None:
    maria = telegram.person()
    for number in range(5):
        telegram.sends_text(maria, str(number))
    telegram.repeats()
    telegram.shuffles()
    numbers = [update.update_id for update in await bot.get_updates(timeout=0)]
    assert sorted(numbers) == sorted([*range(1, 6), *range(1, 6)])
    assert numbers != sorted(numbers)


async def test_a_line_that_dies_leaves_half_a_file(telegram: FakeTelegram, bot: Bot) -> None:
    note = telegram.sends_voice(telegram.person(), NOTE)
    telegram.fails("download", Stall(seconds=0.05))
    file = await bot.get_file(note["voice"]["file_id"])
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == NOTE
