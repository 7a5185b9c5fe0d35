"""What the bot's operators can have done, and nobody else."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Update

from bot.db import Store, access
from bot.db.tables import Answer, Vote
from bot.telegram.context import App
from bot.texts import texts_for
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import FILES, VOICE, bot, command, message

SAY = texts_for("en", "en").say
OPERATOR = 7


class Orders:
    """A bot that takes orders from person 7."""

    def __init__(self, built: App, telegram: Telegram) -> None:
        self._built, self._telegram = built, telegram
        self.store: Store = built.bot_data.store

    async def give(self, text: str, chat: str = "private", person: int = OPERATOR) -> str:
        """The one message that an order is answered with; empty when there is none."""
        self._telegram.sent.clear()
        content = message(chat, **command(text))
        content["from"]["id"] = person
        update = Update.de_json({"update_id": 1, "message": content}, self._built.bot)
        await self._built.process_update(update)
        return "\n--\n".join(sent["text"] for _, sent in self._telegram.answers())


@pytest.fixture
async def orders(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Orders]:
    telegram = Telegram(FILES)
    operators = frozenset({OPERATOR})
    async with bot(monkeypatch, ReadyWorker(), telegram, operators=operators) as built:
        yield Orders(built, telegram)


async def test_who_is_blocked_and_let_in_can_be_changed_and_looked_at(orders: Orders) -> None:
    assert await orders.give("/block 123") == SAY("operator", "block", id="123")
    assert await orders.give("/allow@ouvido_bot -100500") == SAY("operator", "allow", id="-100500")
    assert await orders.give("/access") == "\n".join(
        [
            SAY("operator", "access_open"),
            SAY("operator", "allowed", count=1, ids="-100500"),
            SAY("operator", "blocked", count=1, ids="123"),
        ]
    )
    assert await orders.give("/undo 123") == SAY("operator", "undone", id="123")
    assert await orders.give("/undo 123") == SAY("operator", "nothing", id="123")
    assert await access.decided(orders.store, allowed=False) == []


@pytest.mark.parametrize(
    "argument",
    [
        "",
        " @maria",
        " 12 13",
        " 1e9",
        " ٣",
        " " + "9" * 4000,
        " <b>1</b>",
        " --1",
        " 0",
        " -0",
        " 007",
    ],
)
async def test_what_is_no_number_is_asked_for(orders: Orders, argument: str) -> None:
    assert await orders.give(f"/block{argument}") == SAY("operator", "which", order="block")
    assert await access.decided(orders.store, allowed=False) == []


async def test_an_operator_cannot_be_locked_out(orders: Orders) -> None:
    assert await orders.give("/block 7") == SAY("operator", "yourself", id="7")


@pytest.mark.parametrize(
    "order", ["/stats", "/busiest", "/access", "/block 1", "/allow 1", "/undo 1", "/maintenance on"]
)
async def test_for_everybody_else_and_in_groups_there_are_no_orders(
    orders: Orders, order: str
) -> None:
    assert await orders.give(order, person=8) == SAY("chat", "text")
    assert await orders.give(order, chat="group") == ""
    assert await access.decided(orders.store, allowed=False) == []
    async with orders.store.session() as session:
        assert await access.maintenance(session) is None


async def test_maintenance_begins_and_ends(orders: Orders) -> None:
    standard = SAY("gate", "maintenance")
    begun = SAY("operator", "maintenance_on", words=standard)
    assert await orders.give("/maintenance on") == begun
    assert await orders.give("/start", person=8) == standard
    own = await orders.give("/maintenance on Back at *8* {pm}")
    assert own == SAY("operator", "maintenance_on", words="Back at *8* {pm}")
    assert await orders.give("/maintenance off") == SAY("operator", "maintenance_off")
    assert await orders.give("/start", person=8) != standard


async def test_an_order_may_go_on_in_the_next_line_and_in_capitals(orders: Orders) -> None:
    own = SAY("operator", "maintenance_on", words="Back at 8\nor 9")
    assert await orders.give("/maintenance on\nBack at 8\nor 9") == own
    assert await orders.give("/maintenance OFF") == SAY("operator", "maintenance_off")
    assert await orders.give("/block\n/forget") == SAY("operator", "which", order="block")
    assert await orders.give("/block\n5") == SAY("operator", "block", id="5")


@pytest.mark.parametrize("argument", ["", " perhaps", " offf", "\n"])
async def test_maintenance_is_on_or_off(orders: Orders, argument: str) -> None:
    assert await orders.give(f"/maintenance{argument}") == SAY("operator", "switch")


async def test_words_that_no_phone_shows_are_refused(orders: Orders) -> None:
    assert await orders.give("/maintenance on " + "x" * 501) == SAY("operator", "long", most=500)
    async with orders.store.session() as session:
        assert await access.maintenance(session) is None


def answer(number: int, asker: int, chat: int, age: float = 0) -> Answer:
    now = int(time.time() - age)
    kept: dict[str, Any] = {"sha256": "s", "model": "m", "file_id": "f", "private": False}
    return Answer(token=str(number), asker_id=asker, chat_id=chat, created_at=now, **kept)


async def test_the_numbers_count_everybody_and_name_nobody(orders: Orders) -> None:
    async with orders.store.session() as session:
        session.add_all([answer(1, 555123, 555123), answer(2, 555123, -100777)])
        session.add(answer(3, 555124, -100777, age=2 * 24 * 3600))
        for number, right in enumerate((True, True, False)):
            vote = {"sha256": "s", "model": "m", "label": "synthetic", "voted_at": 0}
            session.add(Vote(person_id=number, is_correct=right, **vote))
    told = await orders.give("/stats")
    assert SAY("stats", "answers", count=3, today=2) in told
    assert SAY("stats", "people", people=2, groups=1) in told
    assert SAY("stats", "votes_synthetic", right=2, wrong=1) in told
    assert "555123" not in told
    assert "-100777" not in told


async def test_the_numbers_follow_what_happens(orders: Orders) -> None:
    before = await orders.give("/stats")
    content = message(voice=VOICE)
    update = Update.de_json({"update_id": 2, "message": content}, orders._built.bot)
    await orders._built.process_update(update)
    after = await orders.give("/stats")
    assert SAY("stats", "answers", count=0, today=0) in before
    assert SAY("stats", "answers", count=1, today=1) in after

    def machines(told: str) -> int:
        [line] = [line for line in told.splitlines() if line.startswith("Since the start")]
        return int(line.partition("machine ")[2].partition(",")[0].replace(",", ""))

    assert machines(after) == machines(before) + 1


async def test_the_busiest_of_the_last_day_are_told_by_their_numbers(orders: Orders) -> None:
    async with orders.store.session() as session:
        session.add_all(answer(number, 555123, -100777) for number in range(3))
        session.add(answer(4, 555124, 555124))
        session.add(answer(5, 555125, 555125, age=2 * 24 * 3600))
    assert (await orders.give("/busiest")).splitlines() == [
        SAY("operator", "busiest_people"),
        "555123: 3",
        "555124: 1",
        SAY("operator", "busiest_groups"),
        "-100777: 3",
    ]
