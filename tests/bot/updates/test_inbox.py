"""Updates wait safely, have their turns, and are struck out when a message has gone out."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.db import Store, updates
from bot.telegram.context import App, current
from bot.updates import inbox
from bot.updates.content import holds_note, is_chatter, kind_of, parse, sender
from bot.updates.inbox import Inbox, delivered

BOT = Bot("1:a")


def text(number: int, who: int = 7) -> dict[str, Any]:
    user = {"id": who, "is_bot": False, "first_name": "A"}
    chat = {"id": who, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": 5, "date": 0, "chat": chat, "from": user, "text": "hello"},
    }


def note(number: int, who: int = 7) -> dict[str, Any]:
    update = text(number, who)
    update["message"]["voice"] = {"file_id": "v", "file_unique_id": "u", "duration": 3}
    return update


class Answering:
    """Stands in for PTB's application: what it was given, answered when the test says so."""

    bot = BOT
    bot_data = SimpleNamespace(worker=SimpleNamespace(model="ouvido-9.9.9"))

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.given_up: list[str] = []
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def process_update(self, update: Update) -> None:
        self.begun.append(update.update_id)
        await self.may_end.wait()

    async def process_error(self, update: Update, error: Exception) -> None:
        self.given_up.append(str(error))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def bot() -> Any:
    return Answering()


async def settled(bot: Answering, begun: int) -> None:
    async with asyncio.timeout(60):
        while len(bot.begun) < begun:
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.05)  # in which more would begin


async def test_an_update_is_answered_once_and_owed_until_then(store: Store, bot: Any) -> None:
    box = Inbox(store, bot)
    await box.open()
    bot.may_end.clear()
    await box.take([text(1)])
    await box.take([text(1)])  # Telegram repeats what it can't know to have arrived
    await settled(bot, 1)
    assert [owed["update_id"] for owed in await updates.owed(store)] == [1]
    bot.may_end.set()
    await box.close()
    assert (bot.begun, await updates.owed(store), len(box)) == ([1], [], 0)


async def test_the_next_start_answers_what_was_left_in_order(store: Store, bot: Any) -> None:
    bot.may_end.clear()
    killed = Inbox(store, bot)
    await killed.open()
    await killed.take([text(2), text(1)])
    await settled(bot, 1)
    await killed.leave()
    bot.begun.clear()
    bot.may_end.set()
    box = Inbox(store, bot)
    await box.open()
    await settled(bot, 2)
    await box.close()
    assert bot.begun == [1, 2]


async def test_what_was_sent_is_not_answered_again_though_the_bot_died_right_after(
    store: Store, bot: Any
) -> None:
    async def sends_and_hangs(update: Update) -> None:
        bot.begun.append(update.update_id)
        await delivered(store)
        await asyncio.Event().wait()

    bot.process_update = sends_and_hangs
    box = Inbox(store, bot)
    await box.open()
    await box.take([text(1)])
    await settled(bot, 1)
    await box.leave()
    assert await updates.owed(store) == []


async def test_what_comes_before_the_start_waits_for_it_and_is_answered_once(
    store: Store, bot: Any
) -> None:
    box = Inbox(store, bot)
    await box.take([text(1)])
    await settled(bot, 0)
    assert bot.begun == []
    await asyncio.gather(box.open(), box.take([text(2)]))
    await settled(bot, 2)
    await box.close()
    assert sorted(bot.begun) == [1, 2]


async def test_what_a_webhook_brings_in_disorder_is_answered_in_the_order_of_sending(
    store: Store, bot: Any
) -> None:
    bot.may_end.clear()
    box = Inbox(store, bot)
    await box.open()
    for number in (1, 4, 2, 5, 3):  # Telegram posts several at a time
        await box.take([note(number)])
    await settled(bot, 1)
    assert box.holds_note_of(7)
    assert not box.holds_note_of(8)
    bot.may_end.set()
    await settled(bot, 5)
    await box.close()
    assert bot.begun == [1, 2, 3, 4, 5]
    assert not box.holds_note_of(7)


async def test_who_sends_a_hundred_notes_does_not_keep_the_others_waiting(
    store: Store, bot: Any
) -> None:
    bot.may_end.clear()
    box = Inbox(store, bot)
    await box.open()
    await box.take([note(n, who=1) for n in range(100)] + [note(200, who=2), text(201, who=1)])
    await settled(bot, 3)
    assert sorted(bot.begun) == [0, 200, 201]  # and a note of one's own does not hold up a command
    bot.may_end.set()
    await settled(bot, 102)
    await box.close()
    assert [n for n in bot.begun if n < 100] == list(range(100))


async def test_only_so_many_notes_are_in_work_at_once(store: Store, bot: Any) -> None:
    bot.may_end.clear()
    box = Inbox(store, bot)
    await box.open()
    await box.take([note(n, who=n) for n in range(50)])
    await settled(bot, inbox.NOTES_AT_ONCE)
    assert len(bot.begun) == inbox.NOTES_AT_ONCE
    bot.may_end.set()
    await settled(bot, 50)
    await box.close()


async def test_an_update_over_which_bots_die_is_given_up_with_an_apology(
    store: Store, bot: Any
) -> None:
    await updates.keep(store, [text(1)])
    for _ in range(inbox.MAX_ATTEMPTS):
        async with store.session() as session:
            await updates.begin(session, 1)
    box = Inbox(store, bot)
    await box.open()
    async with asyncio.timeout(60):
        while await updates.owed(store):
            await asyncio.sleep(0.005)
    assert (bot.begun, len(bot.given_up)) == ([], 1)


async def test_what_telegram_could_not_be_told_is_tried_again_later(
    store: Store, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "LATER", 0.05)
    outages = iter(range(inbox.MAX_ATTEMPTS + 2))

    async def process(update: Update) -> None:
        bot.begun.append(update.update_id)
        for _ in outages:
            turn = current.get()
            assert turn is not None
            turn.postponed = True
            return

    bot.process_update = process
    box = Inbox(store, bot)
    await box.open()
    await box.take([text(1)])
    await settled(bot, inbox.MAX_ATTEMPTS + 3)
    await box.close()
    assert (len(bot.begun), bot.given_up) == (inbox.MAX_ATTEMPTS + 3, [])
    assert await updates.owed(store) == []


async def test_an_update_that_cannot_be_read_is_passed_over(
    store: Store, bot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    box = Inbox(store, bot)
    await box.open()
    await box.take([{"update_id": 1, "poll": {"id": "without the rest of it"}}, text(2)])
    await settled(bot, 1)
    await box.close()
    assert (bot.begun, await updates.owed(store)) == ([2], [])
    assert "Update 1 can't be read" in caplog.text


async def test_what_cannot_be_looked_up_is_answered_all_the_same(
    store: Store, bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise OverflowError("no such number")

    monkeypatch.setattr(inbox, "look_up", fails)
    box = Inbox(store, bot)
    await box.open()
    await box.take([text(1)])
    await settled(bot, 1)
    await box.close()
    assert (bot.begun, await updates.owed(store)) == ([1], [])


async def test_a_failing_store_leaves_the_update_to_the_next_start(
    store: Store, bot: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise OSError("no database today")

    box = Inbox(store, bot)
    await box.open()
    with monkeypatch.context() as broken:
        broken.setattr(updates, "answered", fails)
        await box.take([text(1)])
        await settled(bot, 1)
        await box.close()
    assert "Update 1 stays owed" in caplog.text
    assert len(await updates.owed(store)) == 1


@pytest.mark.parametrize(
    ("event", "who"),
    [
        ({"message": {"from": {"id": 3}, "chat": {"id": -5}}}, 3),
        ({"message": {"from": {"id": 1087968824}, "sender_chat": {"id": -5}}}, -5),
        ({"callback_query": {"from": {"id": 3}}}, 3),
        ({"channel_post": {"chat": {"id": -9}}}, -9),
        ({"tomorrow": "a word"}, 0),
        ({"message": {"from": {"id": "x"}}}, 0),
        ({}, 0),
    ],
)
def test_an_update_is_counted_for_its_sender(event: dict[str, Any], who: int) -> None:
    assert sender({"update_id": 1, **event}) == who


@pytest.mark.parametrize(
    ("event", "holds"),
    [
        ({"message": {"voice": {}}}, True),
        ({"guest_message": {"reply_to_message": {"audio": {}}}}, True),
        ({"message": {"external_reply": {"document": {}}}}, True),
        ({"message": {"paid_media": {}}}, True),
        ({"business_message": {"voice": {}}}, True),
        ({"business_message": {"text": "a"}}, False),
        ({"message": {"text": "a"}}, False),
        ({"message": "a"}, False),
        ({"message": {"reply_to_message": 7}}, False),
    ],
)
def test_what_has_to_be_heard_is_told_from_what_has_not(event: dict[str, Any], holds: bool) -> None:
    assert holds_note({"update_id": 1, **event}) == holds


def test_the_stand_in_has_what_the_inbox_uses() -> None:
    assert all(
        hasattr(App, name) for name in ("process_update", "process_error", "bot", "bot_data")
    )


@pytest.mark.parametrize("number", [2**60, 2**63, -(2**63)])
@pytest.mark.parametrize("field", ["date", "duration"])
def test_a_number_beyond_the_clock_s_is_an_update_that_nobody_can_read(
    field: str, number: int
) -> None:
    update = note(1)
    place = update["message"]["voice"] if field == "duration" else update["message"]
    place[field] = number
    assert parse(update, BOT) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "from", "chat", "voice", "type", "text"]), inner),
    max_leaves=12,
)


@given(st.sampled_from(["message", "callback_query", "business_message", "odd"]), JSON)
def test_no_update_makes_the_queue_fail(kind: str, event: Any) -> None:
    update = {"update_id": 1, kind: event}
    parse(update, BOT)
    assert isinstance(sender(update), int)
    assert kind_of(update) in (kind, "other")
    assert isinstance(is_chatter(update), bool)
    assert isinstance(holds_note(update), bool)
