"""A note is judged once, and remembered by what Telegram calls it and by what it holds."""

from typing import Any

import pytest
from telegram import Update

from bot.db import answers, verdicts
from bot.db.answers import StoredAnswer
from bot.services import detection
from bot.telegram.context import App, Context
from inference.errors import TooLarge
from tests.bot.stand_ins import MEBIBYTE, ReadyWorker, Telegram, verdict
from tests.bot.talking import VOICE, bot, message

FILES = {"v": b"a voice note", "copy": b"a voice note", "other": b"another one"}


async def heard(built: App, file_id: str, unique_id: str, language: str = "en") -> StoredAnswer:
    """What is known of a file, its picture kept as an answer would keep it."""
    voice = {**VOICE, "file_id": file_id, "file_unique_id": unique_id}
    content: dict[str, Any] = {"update_id": 1, "message": message(language=language, voice=voice)}
    update = Update.de_json(content, built.bot)
    context = Context.from_update(update, built)
    assert update.message is not None
    sound = update.message.voice
    assert sound is not None
    found = await detection.detect(sound, context)
    answer = await answers.give(context.store, found, sound, 7, 7)
    if answer.picture:
        async with context.store.session() as session:
            await verdicts.set_picture(session, answer, language, f"in {language}")
    return answer


async def test_the_same_note_is_neither_fetched_nor_judged_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, telegram = ReadyWorker(), Telegram(FILES)
    async with bot(monkeypatch, worker, telegram) as built:
        first = await heard(built, "v", "u")
        fetched = len(telegram.sent)
        again = await heard(built, "v", "u")
    assert (len(worker.asked), len(telegram.sent)) == (1, fetched)
    assert (first.request_count, again.request_count) == (1, 2)
    assert again.picture_file_ids == {"en": "in en"}
    assert (again.verdict, again.evidence) == (first.verdict, first.evidence)
    assert again.sha256 == first.sha256


async def test_a_copy_under_another_name_is_fetched_but_not_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker = ReadyWorker()
    async with bot(monkeypatch, worker, Telegram(FILES)) as built:
        await heard(built, "v", "u")
        copy = await heard(built, "copy", "another name")
        other = await heard(built, "other", "a third name")
    assert len(worker.asked) == 2
    assert (copy.request_count, other.request_count) == (2, 1)


async def test_another_language_is_told_where_the_picture_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worker, telegram = ReadyWorker(), Telegram(FILES)
    async with bot(monkeypatch, worker, telegram) as built:
        await heard(built, "v", "u", "en")
        fetched = len(telegram.sent)
        spanish = await heard(built, "v", "u", "es")
    assert (len(worker.asked), len(telegram.sent)) == (1, fetched)
    assert (spanish.request_count, spanish.picture_file_ids) == (2, {"en": "in en"})


async def test_another_model_judges_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = ReadyWorker()
    async with bot(monkeypatch, worker, Telegram(FILES)) as built:
        await heard(built, "v", "u")
        worker.model = "ouvido-10.0.0"
        worker.outcome = verdict(model="ouvido-10.0.0")
        assert (await heard(built, "v", "u")).request_count == 1
    assert len(worker.asked) == 2


async def test_a_big_file_is_refused_before_it_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Telegram(FILES)
    async with bot(monkeypatch, ReadyWorker(), telegram) as built:
        monkeypatch.setitem(VOICE, "file_size", 20 * MEBIBYTE + 1)
        with pytest.raises(TooLarge):
            await heard(built, "v", "u")
        assert telegram.sent == []
