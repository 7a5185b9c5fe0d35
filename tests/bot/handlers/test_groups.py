"""The bot comes into groups, is called there, follows them when they move, and goes."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.db import Store, chats
from bot.db.tables import Access, Answer, ChatRow, Digest
from bot.services import digests
from bot.telegram.context import App
from bot.texts import texts_for
from tests.bot.meeting import QuickWorker, meeting
from tests.fake_telegram import FakeTelegram, Person, buttons

SAY = texts_for("en", "en").say


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
async def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'ouvido.db'}")


@pytest.fixture
async def app(
    telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    monkeypatch.setattr(digests, "PAUSE", 0.1)
    async with meeting(telegram, QuickWorker(), store) as app:
        yield app


@pytest.fixture
def ana(telegram: FakeTelegram) -> Person:
    return telegram.person("Ana", "en")


async def is_done(telegram: FakeTelegram, ana: Person) -> None:
    """What came before has been dealt with: one person's updates are answered in turn."""
    telegram.sends_text(ana, "/about")
    await telegram.next_call("sendMessage", ana)


async def test_a_group_that_takes_the_bot_in_is_greeted_once_a_day(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    group = telegram.group(member=False)
    telegram.adds_bot(ana, group)
    greeting = await telegram.next_call("sendMessage", group)
    assert greeting.parameters["text"] == SAY("groups", "greeting")
    telegram.removes_bot(ana, group)
    telegram.adds_bot(ana, group)
    telegram.promotes(group)  # is no arrival
    await is_done(telegram, ana)
    await asyncio.sleep(0.2)
    assert len(telegram.sent_to(group)) == 1


async def test_a_group_that_comes_back_after_days_is_greeted_and_finds_its_settings(
    telegram: FakeTelegram, app: App, store: Store, ana: Person
) -> None:
    group = telegram.group(member=False)
    await chats.change(store, group.id, language="es", left_at=int(time.time()) - 2 * 24 * 3600)
    telegram.adds_bot(ana, group)
    greeting = await telegram.next_call("sendMessage", group)
    assert greeting.parameters["text"] == texts_for("es", "en").say("groups", "greeting")
    assert (await chats.of(store, group.id)).left_at is None


async def test_the_greetings_button_opens_the_menu_for_administrators(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    group = telegram.group(member=False)
    telegram.adds_bot(ana, group)
    greeting = (await telegram.next_call("sendMessage", group)).result
    telegram.taps(ana, greeting, "set:open")
    toast = await telegram.next_call("answerCallbackQuery")
    assert toast.parameters["text"] == SAY("settings", "only_administrators")
    telegram.promotes(group, ana)
    app.bot_data.administrators.clear()
    telegram.taps(ana, greeting, "set:open")
    shown = await telegram.next_call("sendMessage", group)
    assert shown.parameters["text"] == SAY("settings", "home")


async def test_a_group_where_it_may_not_speak_and_a_channel_are_no_trouble(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    group = telegram.group(member=False)
    telegram.forbids(group, "text messages")
    telegram.adds_bot(ana, group)
    channel = telegram.channel()
    telegram.removes_bot(ana, channel)
    await is_done(telegram, ana)
    assert telegram.sent_to(group) == []


async def test_who_makes_it_a_channels_administrator_is_told_why_it_does_not_answer(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    telegram.sends_text(ana, "/start")
    await telegram.next_call("sendMessage", ana)
    channel = telegram.channel()
    telegram.removes_bot(ana, channel)
    telegram.adds_bot(ana, channel)
    told = await telegram.next_call("sendMessage", ana)
    assert told.parameters["text"] == SAY("groups", "channel")
    assert telegram.sent_to(channel) == []


@pytest.mark.parametrize("text", ["@Ouvido_Test_Bot", "is that true, @ouvido_test_bot?"])
async def test_its_name_in_reply_to_a_note_is_check(
    telegram: FakeTelegram, app: App, ana: Person, text: str
) -> None:
    group = telegram.group()
    note = telegram.sends_voice(ana, b"a note", chat=group)
    telegram.sends_text(ana, text, chat=group, reply_to=note)
    answer = await telegram.next_call("sendPhoto", group)
    assert answer.result["reply_to_message"]["message_id"] == note["message_id"]


@pytest.mark.parametrize("caption", ["@ouvido_test_bot", "/check@ouvido_test_bot"])
async def test_its_name_under_a_note_is_check(
    telegram: FakeTelegram, app: App, ana: Person, caption: str
) -> None:
    group = telegram.group()
    details = {"duration": 3, "mime_type": "audio/mpeg"}
    note = telegram.sends_file(ana, "audio", b"song", details, chat=group, caption=caption)
    answer = await telegram.next_call("sendPhoto", group)
    assert answer.result["reply_to_message"]["message_id"] == note["message_id"]


async def test_its_name_alone_gets_one_sentence_and_another_name_nothing(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    group = telegram.group()
    telegram.privacy = False
    telegram.sends_text(ana, "@ouvido_test_bot_2 hello", chat=group)
    telegram.sends_text(ana, "@ouvido_test_bot", chat=group)
    answer = await telegram.next_call("sendMessage", group)
    assert answer.parameters["text"] == SAY("groups", "mention")
    assert len(telegram.sent_to(group)) == 1


@pytest.mark.parametrize("command", ["/check", "/check@ouvido_test_bot"])
async def test_check_is_answered_beneath_the_note_in_its_topic(
    telegram: FakeTelegram, app: App, ana: Person, command: str
) -> None:
    group = telegram.group(forum=True)
    topic = telegram.topic(group)
    note = telegram.sends_voice(ana, b"a note", chat=group, thread=topic)
    telegram.sends_text(ana, command, chat=group, reply_to=note, thread=topic)
    answer = (await telegram.next_call("sendPhoto", group)).result
    assert answer["message_thread_id"] == topic
    assert answer["reply_to_message"]["message_id"] == note["message_id"]


async def test_a_command_for_another_bot_is_left_to_it(
    telegram: FakeTelegram, app: App, ana: Person
) -> None:
    group = telegram.group()
    telegram.privacy = False
    telegram.sends_text(ana, "/settings@another_bot", chat=group)
    telegram.sends_text(ana, "/check@another_bot", chat=group)
    await is_done(telegram, ana)
    assert telegram.sent_to(group) == []


async def knows(store: Store, number: int) -> dict[str, bool]:
    """Where something is known of a chat."""
    async with store.session() as session:
        found = {"settings": await session.get(ChatRow, number) is not None}
        found["access"] = await session.get(Access, number) is not None
        answered = select(Answer.token).where(Answer.chat_id == number)
        found["answers"] = await session.scalar(answered) is not None
        waiting = select(Digest.message_id).where(Digest.chat_id == number)
        found["digest"] = await session.scalar(waiting) is not None
    return found


async def test_a_group_that_becomes_a_supergroup_keeps_all_that_is_known_of_it(
    telegram: FakeTelegram, app: App, store: Store, ana: Person
) -> None:
    group = telegram.group(kind="group")
    note = telegram.sends_voice(ana, b"a note", chat=group)
    telegram.sends_text(ana, "/check", chat=group, reply_to=note)
    await telegram.next_call("sendPhoto", group)
    await chats.change(store, group.id, notes="all", reply_mode="summary")
    async with store.session() as session:
        session.add(Access(id=group.id, allowed=True, decided_at=1))
        now = int(time.time())
        session.add(
            Digest(
                chat_id=group.id,
                message_id=9,
                label="human",
                score=0.1,
                created_at=now,
                language="en",
            )
        )
    new = telegram.migrates(group)
    await telegram.until(lambda: not telegram.updates.pending)
    await is_done(telegram, ana)
    assert set((await knows(store, group.id)).values()) == {False}
    assert set((await knows(store, new.id)).values()) == {True}
    assert (await chats.of(store, new.id)).reply_mode == "summary"


async def test_an_answer_on_its_way_follows_the_group_that_has_moved(
    telegram: FakeTelegram, app: App, store: Store, ana: Person
) -> None:
    group = telegram.group(kind="group")
    await chats.change(store, group.id, language="es")
    note = telegram.sends_voice(ana, b"a note", chat=group)
    new = telegram.chats.chat(group.title, "supergroup")
    telegram.chats.members[new.id] = dict(telegram.chats.members[group.id])
    telegram.chats.moved[group.id] = new.id  # and nobody has told the bot yet
    telegram.sends_text(ana, "/check", chat=group, reply_to=note)
    answer = await telegram.next_call("sendPhoto", new)
    assert "reply_to_message" not in answer.result  # its number means another message there
    assert (await chats.of(store, new.id)).language == "es"
    assert buttons(answer.result)
