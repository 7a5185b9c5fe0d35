"""More than three notes in a row are answered in their order, and summed up once."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.db import Store
from bot.db import batches as rows_of
from bot.db.tables import BatchNote
from bot.services import batches
from bot.texts import LANGUAGES, texts_for
from bot.worker.pool import Detection
from inference.errors import NoAudio
from inference.verdict import Label, Reason, Segment, Verdict
from tests.bot.meeting import QuickWorker, meeting
from tests.bot.stand_ins import verdict
from tests.fake_telegram import FakeTelegram, Person
from tests.fake_telegram.errors import JSON

ENGLISH = texts_for("en", "en")
MIXED = replace(
    verdict(0.5), segments=(Segment(0, 4, Label.HUMAN, 0.1), Segment(4, 8, Label.SYNTHETIC, 0.9))
)
OUTCOMES: dict[bytes, Verdict | Exception] = {
    b"person": verdict(0.1),
    b"machine": verdict(0.9),
    b"part": MIXED,
    b"unsure": verdict(0.5, (Reason.UNSURE,)),
    b"silent film": NoAudio("x"),
    b"bug": RuntimeError("a bug"),
}


class Judge(QuickWorker):
    """Answers by what the note holds, the words before its number."""

    async def detect(self, source: bytes | Path, *arguments: Any, **named: Any) -> Detection:
        assert isinstance(source, bytes)
        self.outcome = OUTCOMES[source.rpartition(b" ")[0]]
        return await super().detect(source, *arguments, **named)


@dataclass
class Talk:
    """Ana and a bot at work."""

    telegram: FakeTelegram
    worker: Judge
    store: Store
    ana: Person

    @property
    def said(self) -> list[JSON]:
        return self.telegram.sent_to(self.ana)

    def note(self, holds: str, who: Person | None = None) -> JSON:
        number = str(len(self.telegram.chats.files)).encode()
        return self.telegram.sends_voice(
            who or self.ana, holds.encode() + b" " + number, duration=14
        )

    async def over(self) -> None:
        """Nothing waits to be summed up any more."""
        async with asyncio.timeout(60):
            while await rows_of.waiting(self.store):
                await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PAUSE", 0.05)
    monkeypatch.setattr(batches, "QUIET_SECONDS", 0.0)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    worker, store = Judge(), Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    async with FakeTelegram() as telegram, meeting(telegram, worker, store):
        yield Talk(telegram, worker, store, telegram.person("Ana", "en"))


async def test_ten_forwards_are_answered_in_order_and_counted_once(talk: Talk) -> None:
    kinds = ["person", "machine", "part", "unsure", "silent film"] * 2
    notes = [talk.note(kind) for kind in kinds]
    await talk.telegram.until(lambda: len(talk.said) == 11)
    await talk.over()
    *answers, summary = talk.said
    replied = [answer["reply_to_message"]["message_id"] for answer in answers]
    assert replied == [note["message_id"] for note in notes]
    assert summary["text"].splitlines() == [
        "📋 Your 10 recordings in short, numbered in the order you sent them:",
        "🤖 Sounds like an AI voice (2): 2 (0:14), 7 (0:14)",
        "🤖 Part sounds like a machine (2): 3 (0:14), 8 (0:14)",
        "🤔 I can't tell (2): 4 (0:14), 9 (0:14)",
        "🧑 Sounds like a person (2): 1 (0:14), 6 (0:14)",
        "⚠️ Could not be heard (2): 5 (0:14), 10 (0:14)",
        "",
        ENGLISH.say("groups", "caution"),
    ]
    assert len(talk.said) == 11


async def test_an_album_is_a_row_too(talk: Talk) -> None:
    details = {"duration": 62, "mime_type": "audio/mpeg"}
    talk.telegram.sends_album(talk.ana, [("audio", b"person %d" % n, details) for n in range(4)])
    await talk.telegram.until(lambda: len(talk.said) == 5)
    assert "(4): 1 (1:02), 2 (1:02), 3 (1:02), 4 (1:02)" in talk.said[-1]["text"]
    assert ENGLISH.say("groups", "caution") not in talk.said[-1]["text"]


async def test_three_notes_get_their_answers_only(talk: Talk) -> None:
    for _ in range(3):
        talk.note("person")
    await talk.telegram.until(lambda: len(talk.said) == 3)
    await talk.over()
    assert len(talk.said) == 3


async def test_a_mistake_of_ours_counts_as_not_heard(talk: Talk) -> None:
    for kind in ("person", "bug", "person", "person"):
        talk.note(kind)
    await talk.telegram.until(lambda: len(talk.said) == 5)
    assert "⚠️ Could not be heard (1): 2 (0:14)" in talk.said[-1]["text"]


async def test_the_summary_waits_for_the_last_note_of_the_row(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = asyncio.Event()
    detect = talk.worker.detect

    async def slowly(source: bytes | Path, *arguments: Any, **named: Any) -> Detection:
        if source == last:
            await free.wait()
        return await detect(source, *arguments, **named)

    monkeypatch.setattr(talk.worker, "detect", slowly)
    for _ in range(4):
        talk.note("person")
    talk.note("machine")
    last = list(talk.telegram.chats.files.values())[-1].data
    await talk.telegram.until(lambda: len(talk.said) == 4)
    await asyncio.sleep(0.3)  # in which it would be summed up
    assert len(talk.said) == 4
    free.set()
    await talk.telegram.until(lambda: len(talk.said) == 6)
    assert talk.said[-1]["text"].startswith(ENGLISH.say("batch", "summary", count=5))


async def test_each_person_has_a_row_of_their_own_and_a_long_one_keeps_nobody_waiting(
    talk: Talk,
) -> None:
    rui = talk.telegram.person("Rui", "en")
    for _ in range(20):
        talk.note("person")
    talk.note("person", rui)
    await talk.telegram.next_call("sendPhoto", rui)
    assert len(talk.said) < 20
    await talk.telegram.until(lambda: len(talk.said) == 21)
    await talk.over()
    assert len(talk.telegram.sent_to(rui)) == 1


async def test_the_next_start_sums_up_what_a_killed_bot_had_answered(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    async with FakeTelegram() as telegram:
        ana = telegram.person("Ana", "en")
        telegram.sends_text(ana, "/start")
        telegram.updates.pending.clear()
        await store.open()
        for number in range(4):
            await rows_of.keep(store, row(number, Label.HUMAN, chat_id=ana.id))
        async with meeting(telegram, Judge(), store):
            said = await telegram.next_call("sendMessage", ana)
    assert said.parameters["text"].startswith(ENGLISH.say("batch", "summary", count=4))


async def test_who_has_blocked_the_bot_is_owed_nothing(talk: Talk) -> None:
    for number in range(4):
        await rows_of.keep(talk.store, row(number, Label.HUMAN, chat_id=talk.ana.id))
    talk.telegram.chats.blocked.add(talk.ana.id)
    rui = talk.telegram.person("Rui", "en")
    talk.note("person", rui)  # which wakes the bot
    await talk.over()
    assert talk.said == []


async def test_notes_over_the_quota_are_told_of_in_the_summary(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    async with FakeTelegram() as telegram, meeting(telegram, Judge(), store, minutes_per_hour=2):
        talk = Talk(telegram, Judge(), store, telegram.person("Ana", "en"))
        for _ in range(6):
            talk.note("person")
        await telegram.until(lambda: len(talk.said) == 4)  # two answers, the limit, the summary
        _, heard, refused = talk.said[-1]["text"].splitlines()
        assert heard == "🧑 Sounds like a person (2): 1 (0:14), 2 (0:14)"
        assert refused.startswith("⏳ Not heard because of the limit per hour (4): 3 (0:14), 4 (")
        for _ in range(4):
            talk.note("person")
        await telegram.until(lambda: not telegram.updates.pending)
        await talk.over()
        assert len(talk.said) == 4  # they were told within the hour, and nothing was heard


def row(number: int, outcome: str, seconds: int | None = 14, chat_id: int = 7) -> dict[str, Any]:
    return {
        "chat_id": chat_id,
        "message_id": number,
        "language": "en",
        "outcome": outcome,
        "seconds": seconds,
        "answered_at": int(time.time()) - 60,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_of_any_length_fits_into_a_message(language: str) -> None:
    kinds = [*Label, "undecodable", batches.OVER_QUOTA]
    rows = [BatchNote(**row(n, kinds[n % len(kinds)], 7200)) for n in range(1200)]
    said = batches.words(rows, texts_for(language, language))
    assert len(said.encode("utf-16-le")) // 2 <= 4096
    assert len(said.splitlines()) == 1 + len(kinds) + 2


def test_a_length_that_telegram_does_not_tell_is_left_out() -> None:
    rows = [BatchNote(**row(n, Label.HUMAN, None)) for n in range(5)]
    assert "(5): 1, 2, 3, 4, 5" in batches.words(rows, ENGLISH)
