"""A group that wants it is told what its notes sound like; politely, and never too often."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.db import Store, chats, updates
from bot.db.tables import Digest
from bot.services import digests
from bot.telegram.group_policy import IN_A_ROW, REACTIONS
from bot.telegram.rate_limiter import FOR_COMMANDS, MOST
from bot.texts import texts_for
from bot.updates.inbox import NOTES_AT_ONCE
from inference.errors import TookTooLong
from inference.verdict import Label, Reason, Segment, Verdict
from tests.bot.meeting import QuickWorker, meeting
from tests.bot.stand_ins import verdict
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import FakeTelegram, Person, TooMany, buttons
from tests.fake_telegram.errors import JSON

SAY = texts_for("en", "en").say
HUMAN = verdict(0.1)
MIXED = replace(
    verdict(0.3),
    segments=(Segment(0.0, 9.0, Label.HUMAN, 0.1), Segment(9.0, 14.0, Label.SYNTHETIC, 0.9)),
)


@dataclass
class Family:
    """A group whose messages the bot sees, and somebody in it."""

    telegram: FakeTelegram
    store: Store
    worker: QuickWorker
    group: Group
    ana: Person

    async def wants(self, **chosen: Any) -> None:
        await chats.change(self.store, self.group.id, language="en", **chosen)

    def note(self, data: bytes = b"a note", **where: Any) -> JSON:
        return self.telegram.sends_voice(self.ana, data, chat=self.group, **where)

    async def is_done(self) -> None:
        """All that was sent has been dealt with."""
        await self.telegram.until(lambda: not self.telegram.updates.pending)
        while await updates.owed(self.store):
            await asyncio.sleep(0.02)

    @property
    def said(self) -> list[JSON]:
        return self.telegram.sent_to(self.group)

    async def digest(self) -> list[Digest]:
        async with self.store.session() as session:
            return list(await session.scalars(select(Digest).order_by(Digest.message_id)))


@pytest.fixture
async def family(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Family]:
    monkeypatch.setattr(digests, "PAUSE", 0.1)
    worker, store = QuickWorker(), Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    async with FakeTelegram() as telegram, meeting(telegram, worker, store):
        telegram.privacy = False
        yield Family(telegram, store, worker, telegram.group(), telegram.person("Ana", "en"))


async def test_unless_it_is_wanted_nothing_is_heard(family: Family) -> None:
    family.note(forwarded=True)
    await family.is_done()
    await family.wants(notes="forwarded")
    family.note()
    await family.is_done()
    assert family.said == []
    assert family.worker.asked == []


@pytest.mark.parametrize(("notes", "forwarded"), [("forwarded", True), ("all", False)])
async def test_a_note_is_answered_beneath_it_and_no_action_is_shown(
    family: Family, notes: str, forwarded: bool
) -> None:
    await family.wants(notes=notes)
    note = family.note(forwarded=forwarded)
    answer = await family.telegram.next_call("sendPhoto", family.group)
    assert answer.result["reply_to_message"]["message_id"] == note["message_id"]
    assert buttons(answer.result)
    assert "sendChatAction" not in [call.method for call in family.telegram.calls]


async def test_the_same_note_again_is_not_answered_again(family: Family) -> None:
    await family.wants(notes="all")
    note = family.note()
    await family.telegram.next_call("sendPhoto", family.group)
    family.telegram.forwards(family.ana, note, chat=family.group)
    family.note(b"a note")  # sent as a new file
    family.note(b"another one")
    await family.telegram.next_call("sendPhoto", family.group)
    await family.is_done()
    assert len(family.said) == 2


async def test_a_channels_post_carried_over_is_answered_once(family: Family) -> None:
    await family.wants(notes="forwarded")
    post = family.telegram.posts(family.telegram.channel(), "voice", b"news", {"duration": 3})
    family.telegram.carries_over(post, family.group)
    await family.telegram.next_call("sendPhoto", family.group)
    family.telegram.carries_over(post, family.group)
    await family.is_done()
    assert len(family.said) == 1


async def test_bots_are_not_answered(family: Family) -> None:
    await family.wants(notes="all")
    other = {"id": 4242, "is_bot": True, "first_name": "Radio"}
    message = family.telegram.chats.add(
        family.group,
        other,
        voice=family.telegram.chats.keep("voice", b"x").as_json | {"duration": 3},
    )
    family.telegram.updates.add("message", message)
    await family.is_done()
    assert family.said == []


async def test_only_what_sounds_like_a_machine_is_told_where_that_is_wished(
    family: Family,
) -> None:
    await family.wants(notes="all", only_suspicious=True)
    family.worker.outcome = HUMAN
    family.note(b"a person")
    await family.is_done()
    assert family.said == []
    family.worker.outcome = verdict(0.9)
    family.note(b"a machine")
    await family.telegram.next_call("sendPhoto", family.group)


@pytest.mark.parametrize(
    ("outcome", "label"),
    [
        (verdict(0.9), Label.SYNTHETIC),
        (MIXED, Label.MIXED),
        (HUMAN, Label.HUMAN),
        (verdict(0.5, (Reason.UNSURE,)), Label.INCONCLUSIVE),
    ],
)
async def test_a_reaction_says_what_it_sounds_like(
    family: Family, outcome: Verdict, label: Label
) -> None:
    await family.wants(notes="all", reply_mode="reaction")
    family.worker.outcome = outcome
    note = family.note()
    await family.telegram.next_call("setMessageReaction", family.group)
    assert family.telegram.reaction(note) == [REACTIONS[label]]
    assert family.said == []


async def test_a_reaction_that_the_group_forbids_becomes_a_line_of_the_summary(
    family: Family,
) -> None:
    await family.wants(notes="all", reply_mode="reaction")
    family.telegram.chats.reactions[family.group.id] = ["👍"]
    note = family.note()
    await family.telegram.next_call("setMessageReaction", family.group, refused=True)
    await family.is_done()
    assert [row.message_id for row in await family.digest()] == [note["message_id"]]


async def test_what_fails_fails_silently(family: Family) -> None:
    await family.wants(notes="all")
    family.worker.outcome = TookTooLong("a minute")
    family.note(b"one")
    family.worker.outcome = RuntimeError("a bug")
    await family.is_done()
    family.note(b"two")
    await family.is_done()
    family.worker.outcome = HUMAN
    family.telegram.forbids(family.group, "photos", "text messages")
    family.note(b"three")
    await family.is_done()
    assert family.said == []


async def test_asked_for_it_answers_whatever_is_chosen(family: Family) -> None:
    await family.wants(notes="all", only_suspicious=True, quiet_from=0, quiet_to=1439)
    family.worker.outcome = HUMAN
    note = family.note()
    await family.is_done()
    family.telegram.sends_text(family.ana, "/check", chat=family.group, reply_to=note)
    await family.telegram.next_call("sendPhoto", family.group)


async def test_who_asks_while_it_is_being_heard_gets_the_only_answer(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    await family.wants(notes="all")
    free = asyncio.Event()
    detect = family.worker.detect

    async def slowly(*arguments: Any, **named: Any) -> Any:
        await free.wait()
        return await detect(*arguments, **named)

    monkeypatch.setattr(family.worker, "detect", slowly)
    note = family.note()
    rui = family.telegram.person("Rui", "en")
    family.telegram.sends_text(rui, "/check", chat=family.group, reply_to=note)
    await family.telegram.next_call("sendChatAction", family.group)  # both are at it
    free.set()
    await family.is_done()
    assert len(family.said) == 1


async def test_who_asked_before_the_answer_came_gets_no_second_one(family: Family) -> None:
    await family.wants(notes="all")
    note = family.note()  # Ana's lane: her question waits until this is answered
    family.telegram.sends_text(family.ana, "/check", chat=family.group, reply_to=note)
    await family.is_done()
    assert len(family.said) == 1


async def test_a_summary_comes_in_one_message_with_links_and_in_its_topic(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "SUMMARY_NOTES", 4)
    family.group = family.telegram.group(forum=True)
    topic = family.telegram.topic(family.group)
    await family.wants(notes="all", reply_mode="summary")
    for number in range(3):
        family.note(b"%d" % number, thread=topic)
    await family.is_done()
    assert len(await family.digest()) == 3
    assert family.said == []
    family.note(b"outside of it")
    [first, second] = [
        await family.telegram.next_call("sendMessage", family.group) for _ in range(2)
    ]
    assert first.result["message_thread_id"] == topic
    assert "message_thread_id" not in second.result
    assert first.parameters["text"].count('<a href="https://t.me/c/') == 3
    assert first.parameters["text"].startswith(SAY("groups", "digest", count=3, machines=3))
    await family.is_done()
    assert await family.digest() == []


async def test_a_flood_becomes_a_digest_and_commands_keep_their_share(
    family: Family,
) -> None:
    await family.wants(notes="all")
    people = [family.telegram.person(f"P{number}") for number in range(30)]
    notes = [
        family.telegram.sends_voice(person, b"%d" % number, chat=family.group)
        for number, person in enumerate(people)
    ]
    await family.telegram.until(lambda: len(family.said) >= MOST - FOR_COMMANDS)
    while len(await family.digest()) < 30 - (MOST - FOR_COMMANDS):
        await asyncio.sleep(0.05)
    assert len(family.said) == MOST - FOR_COMMANDS
    family.telegram.sends_text(family.ana, "/check", chat=family.group, reply_to=notes[-1])
    await family.telegram.until(lambda: len(family.said) == MOST - FOR_COMMANDS + 1)
    called = [call for call in family.telegram.calls if call.chat == family.group.id]
    assert len(called) <= MOST


async def test_after_the_quiet_hours_comes_one_message(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    await family.wants(notes="all", quiet_from=0, quiet_to=1439, timezone="UTC")
    if time.gmtime().tm_hour == 23 and time.gmtime().tm_min == 59:
        pytest.skip("it is the one minute that is not quiet")
    for number in range(3):
        family.note(b"%d" % number)
    await family.is_done()
    rows = await family.digest()
    assert len(rows) == 3
    assert family.said == []
    assert not digests.is_due(rows, await chats.of(family.store, family.group.id))
    await family.wants(quiet_from=None, quiet_to=None)
    monkeypatch.setattr(digests, "FLOOD_SECONDS", 0)
    summary = await family.telegram.next_call("sendMessage", family.group)
    assert len(summary.parameters["text"].split("<a href")) == 4
    assert len(family.said) == 1


async def test_a_group_that_telegram_makes_wait_holds_up_nobody(family: Family) -> None:
    await family.wants(notes="all")
    family.telegram.fails("sendPhoto", TooMany(retry_after=60), times=NOTES_AT_ONCE)
    for number in range(NOTES_AT_ONCE):
        person = family.telegram.person(f"P{number}")
        family.telegram.sends_voice(person, b"%d" % number, chat=family.group)
    await family.telegram.until(
        lambda: [call.method for call in family.telegram.calls].count("sendPhoto") >= NOTES_AT_ONCE
    )
    maria = family.telegram.person("Maria")
    family.telegram.sends_voice(maria, b"a note of hers")
    await family.telegram.next_call("sendPhoto", maria, seconds=50)
    async with asyncio.timeout(60):  # hers is struck out a moment after it went out
        while len(await updates.owed(family.store)) != NOTES_AT_ONCE:
            await asyncio.sleep(0.01)


async def test_of_an_album_three_are_replied_to_and_the_others_become_a_summary(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    await family.wants(notes="all")
    details = {"duration": 3, "mime_type": "audio/mpeg"}
    files = [("audio", b"%d" % number, details) for number in range(10)]
    family.telegram.sends_album(family.ana, files, chat=family.group)
    await family.is_done()
    assert len(family.said) == IN_A_ROW
    assert len(await family.digest()) == 10 - IN_A_ROW
    rui = family.telegram.person("Rui", "en")
    family.telegram.sends_voice(rui, b"of another person", chat=family.group)
    await family.telegram.until(lambda: len(family.said) == IN_A_ROW + 1)
    monkeypatch.setattr(digests, "FLOOD_SECONDS", 0)
    summary = await family.telegram.next_call("sendMessage", family.group)
    assert summary.parameters["text"].startswith(SAY("groups", "digest", count=7, machines=7))
