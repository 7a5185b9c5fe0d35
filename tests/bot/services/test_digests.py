"""What was not told at once is told in one message: not lost, not too long, and not held up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from telegram.ext import ExtBot

from bot.db import Store, chats
from bot.db.tables import ChatRow, Digest
from bot.services import digests
from bot.services.digests import LINES, Digests, is_due, words
from bot.telegram.group_policy import SUMMARY_MINUTES, SUMMARY_NOTES
from bot.telegram.rate_limiter import MOST, CallBudget, GroupRateLimiter
from bot.telegram.request import PatientRequest
from bot.texts import LANGUAGES, texts_for
from inference.verdict import SUSPICIOUS
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import FakeTelegram, TooMany
from tests.fake_telegram.formatting import length, plain


def row(number: int = 5, chat_id: int = -1001, age: float = 0, **other: object) -> Digest:
    link = f"https://t.me/c/1/{number}?thread=3&x=1"
    known = {
        "label": "human",
        "score": 0.1,
        "message_thread_id": None,
        "link": link,
        "language": "en",
    } | other
    return Digest(
        chat_id=chat_id, message_id=number, created_at=int(time.time()) - int(age), **known
    )


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


class Sender:
    """The background task, its store and its calls."""

    def __init__(self, telegram: FakeTelegram, store: Store) -> None:
        self.telegram, self.store, self.call_budget = telegram, store, CallBudget()
        bot: ExtBot[None] = ExtBot(
            telegram.token,
            base_url=f"{telegram.url}/bot",
            request=PatientRequest(),
            rate_limiter=GroupRateLimiter(self.call_budget, store),
        )
        self._digests = Digests(bot, store, self.call_budget)
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._bot.initialize()
        self._task = asyncio.create_task(self._digests.run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._bot.shutdown()

    async def keep(self, *rows: Digest) -> None:
        async with self.store.session() as session:
            session.add_all(rows)

    async def is_told(self) -> None:
        async with asyncio.timeout(60):
            while await self.waiting():
                await asyncio.sleep(0.02)

    async def waiting(self) -> int:
        async with self.store.session() as session:
            return await session.scalar(select(func.count()).select_from(Digest)) or 0


@pytest.fixture
async def sender(
    telegram: FakeTelegram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Sender]:
    monkeypatch.setattr(digests, "PAUSE", 0.05)
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    await store.open()
    sender = Sender(telegram, store)
    await sender.start()
    yield sender
    await sender.stop()
    await store.close()


def old(group: Group, *numbers: int) -> list[Digest]:
    return [row(number, group.id, age=3600) for number in numbers]


def test_a_flood_is_told_after_a_minute_and_a_summary_after_half_an_hour_or_ten_notes() -> None:
    chat = ChatRow(id=-1, reply_mode="reply")
    assert not is_due([row(age=50)], chat)
    assert is_due([row(age=61)], chat)
    assert is_due([row(age=61)], None)
    chat.reply_mode = "summary"
    assert not is_due([row(age=61)], chat)
    assert is_due([row(age=SUMMARY_MINUTES * 60)], chat)
    assert is_due([row(number) for number in range(SUMMARY_NOTES)], chat)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, LINES, LINES + 1, 500])
def test_a_digest_is_readable_and_never_too_long(language: str, count: int) -> None:
    labels = ("human", "synthetic", "inconclusive", "mixed")
    rows = [row(number, label=labels[number % 4]) for number in range(count)]
    text = words(rows, texts_for(language, "en"), ZoneInfo("UTC"))
    seen = plain(text, "HTML")  # raises what Telegram refuses
    assert length(seen) < 2500
    machines = sum(each.label in SUSPICIOUS for each in rows)
    assert text.count("<a href=") == min(machines, LINES)
    assert len(text.splitlines()) <= LINES + 4


def test_only_what_sounds_like_a_machine_has_a_line_and_the_others_are_counted() -> None:
    human, unsure = row(1, label="human"), row(2, label="inconclusive", score=0.5)
    rows = [human, unsure, row(3, label="synthetic", score=0.999)]
    lines = words(rows, texts_for("en", "en"), ZoneInfo("UTC")).splitlines()
    assert lines[0] == "📋 I listened to 3 voice messages; worth a look:"
    assert lines[1].startswith("🤖")
    assert "99% chance that it is a machine" in lines[1]
    assert lines[2] == "The others: 1 with a person's voice, 1 without a clear answer."
    assert lines[3] == texts_for("en", "en").say("groups", "caution")


def test_where_nothing_is_worth_a_look_a_line_says_so() -> None:
    english, human = texts_for("en", "en"), row(1, label="human")
    said = words([human, row(2, label="human")], english, ZoneInfo("UTC"))
    assert said == "📋 I listened to 2 voice messages; none sounded like an AI voice to me."
    unsure = row(2, label="inconclusive", score=0.5)
    said = words([human, unsure], english, ZoneInfo("UTC"))
    assert said.splitlines()[1:] == ["1 with a person's voice, 1 without a clear answer."]


def test_what_is_partly_a_machine_comes_first_as_well() -> None:
    rows = [row(1), row(2, label="mixed", score=0.4)]
    lines = words(rows, texts_for("en", "en"), ZoneInfo("UTC")).splitlines()
    assert lines[1].startswith("🤖")
    assert lines[1].endswith("part of it sounds like a machine")


def test_a_plain_group_has_no_links() -> None:
    assert "<a" not in words(
        [row(label="synthetic", link=None)], texts_for("en", "en"), ZoneInfo("UTC")
    )


async def test_each_group_gets_its_own_message_without_a_sound(
    telegram: FakeTelegram, sender: Sender
) -> None:
    groups = [telegram.group(), telegram.group()]
    await sender.keep(*old(groups[0], 1, 2), *old(groups[1], 3))
    await sender.is_told()
    for group in groups:
        [sent] = telegram.sent_to(group)
        assert sent["text"].startswith("📋")
    assert all(
        call.parameters["disable_notification"] == "true"
        for call in telegram.calls
        if call.method == "sendMessage"
    )


async def test_a_group_that_chose_no_language_is_told_in_that_of_its_notes(
    telegram: FakeTelegram, sender: Sender
) -> None:
    group = telegram.group()
    await chats.change(sender.store, group.id, reply_mode="reply")
    await sender.keep(row(1, group.id, age=3600, language="es"))
    await sender.is_told()
    [sent] = telegram.sent_to(group)
    assert "voz de IA" in sent["text"]


async def test_a_group_that_telegram_lets_wait_holds_up_no_other(
    telegram: FakeTelegram, sender: Sender
) -> None:
    slow, quick = telegram.group(), telegram.group()
    telegram.fails("sendMessage", TooMany(retry_after=5))
    await sender.keep(*old(slow, 1))
    await telegram.until(lambda: any(call.method == "sendMessage" for call in telegram.calls))
    await sender.keep(*old(quick, 2))
    await telegram.until(lambda: bool(telegram.sent_to(quick)))
    assert telegram.sent_to(slow) == []
    await sender.is_told()
    assert len(telegram.sent_to(slow)) == 1


async def test_a_group_that_had_its_twenty_calls_waits(
    telegram: FakeTelegram, sender: Sender
) -> None:
    group = telegram.group()
    for _ in range(MOST):
        sender.call_budget.spend(group.id)
    await sender.keep(*old(group, 1))
    await asyncio.sleep(0.3)
    assert telegram.sent_to(group) == []
    assert await sender.waiting() == 1


@pytest.fixture(params=["out", "closed topic", "silenced", "never was there"])
def unwilling(request: pytest.FixtureRequest, telegram: FakeTelegram) -> Digest:
    """A line for a group that does not take it."""
    group, thread = telegram.group(member=request.param != "never was there"), None
    match request.param:
        case "out":
            telegram.removes_bot(telegram.person(), group)
        case "closed topic":
            thread = 4242
        case "silenced":
            telegram.forbids(group, "text messages")
    return row(1, group.id, age=3600, message_thread_id=thread)


async def test_a_group_that_does_not_want_it_is_not_asked_again(
    telegram: FakeTelegram, sender: Sender, unwilling: Digest
) -> None:
    await sender.keep(unwilling)
    await sender.is_told()
    calls = [call for call in telegram.calls if call.method == "sendMessage"]
    assert len(calls) == 1


async def test_a_group_that_moved_is_told_where_it_is_now(
    telegram: FakeTelegram, sender: Sender
) -> None:
    group = telegram.group(kind="group")
    await chats.change(sender.store, group.id, reply_mode="summary", language="es")
    new = telegram.migrates(group)
    await sender.keep(row(1, group.id, age=3600, link=None))
    await sender.is_told()
    [sent] = telegram.sent_to(new)
    assert "voz de IA" in sent["text"]
