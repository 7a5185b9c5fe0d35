"""While a long note is judged, the chat shows how far it has been heard."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.services import progress
from bot.telegram.context import Turn, current
from bot.texts import LANGUAGES, texts_for
from bot.worker.pool import Detection
from bot.worker.process import Progress
from inference.drawing.captions import Captions
from inference.errors import TookTooLong
from inference.verdict import Verdict
from tests.bot.stand_ins import ReadyWorker, Telegram, verdict
from tests.bot.talking import FILES, VOICE, command, message, tell


class Slow(ReadyWorker):
    """Tells of its progress, each time after the one before was shown."""

    def __init__(self, telegram: "Watching", outcome: Verdict | Exception | None = None) -> None:
        super().__init__(outcome)
        self._telegram = telegram

    async def detect(
        self,
        source: bytes | Path,
        part: tuple[float, float] | None = None,
        captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:
        for heard in (240.0, 300.0) if progress else ():
            self._telegram.seen.clear()
            assert progress is not None
            progress(heard, 530.0)
            async with asyncio.timeout(60):
                await self._telegram.seen.wait()
        return await super().detect(source, part, captions)


class Watching(Telegram):
    """Says when progress was shown, and for which update each message was sent."""

    def __init__(self) -> None:
        super().__init__(FILES)
        self.seen = asyncio.Event()
        self.turns: dict[str, bool] = {}

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        answer = await super().do_request(url, method, request_data, *args, **kwargs)
        name = url.rpartition("/")[2]
        self.turns[name] = current.get() is not None
        if name in ("sendMessage", "editMessageText"):
            self.seen.set()
        return answer


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST", "EVERY", "EVERY_IN_GROUPS"):
        monkeypatch.setattr(progress, name, 0.01)


def names(telegram: Telegram) -> list[str]:
    return [name for name, _ in telegram.sent if name not in ("getFile", "sendChatAction")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_message_follows_and_goes_when_the_answer_is_there(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    telegram = Watching()
    current.set(Turn(0))
    note = {"message": message(language=language, voice=VOICE)}
    await tell(monkeypatch, Slow(telegram), telegram, note)
    assert names(telegram) == ["sendMessage", "editMessageText", "sendPhoto", "deleteMessage"]
    sent = dict(telegram.sent)
    say = texts_for(language, "en").say
    assert sent["sendMessage"]["text"] == say("chat", "progress", heard="4:00", whole="8:50")
    assert sent["editMessageText"]["text"] == say("chat", "progress", heard="5:00", whole="8:50")
    assert sent["deleteMessage"]["message_id"] == 99
    # Were it taken for the answer, a kill would leave the note without one.
    assert telegram.turns["sendPhoto"]
    assert not telegram.turns["sendMessage"]


async def test_it_goes_with_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Watching()
    note = {"message": message(voice=VOICE)}
    await tell(monkeypatch, Slow(telegram, TookTooLong("")), telegram, note)
    assert names(telegram) == ["sendMessage", "editMessageText", "sendMessage", "deleteMessage"]


async def test_what_is_judged_at_once_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = Watching()
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(voice=VOICE)})
    assert names(telegram) == ["sendPhoto"]


async def test_what_a_killed_attempt_left_goes_with_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Watching()
    current.set(Turn(0, progress_message_id=77))
    await tell(monkeypatch, ReadyWorker(), telegram, {"message": message(voice=VOICE)})
    assert names(telegram) == ["sendPhoto", "deleteMessage"]
    assert dict(telegram.sent)["deleteMessage"]["message_id"] == 77


async def test_it_is_the_same_message_that_goes_on_after_a_kill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Watching()
    current.set(Turn(0, progress_message_id=77))
    await tell(monkeypatch, Slow(telegram), telegram, {"message": message(voice=VOICE)})
    assert names(telegram) == ["editMessageText", "editMessageText", "sendPhoto", "deleteMessage"]
    assert {sent["message_id"] for name, sent in telegram.sent if "essage" in name} == {77}


async def test_a_refusal_of_telegrams_does_not_cost_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Watching()
    telegram.refuse = lambda name: (
        (400, {"description": "Bad Request: no rights"})
        if name in ("sendMessage", "editMessageText")
        else None
    )
    slow = Slow(telegram)
    telegram.seen.clear = telegram.seen.set  # type: ignore[method-assign]
    await tell(monkeypatch, slow, telegram, {"message": message(voice=VOICE)})
    assert "sendPhoto" in names(telegram)


async def test_the_answer_to_a_cut_note_begins_with_how_much_was_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut = replace(verdict(), duration_seconds=2530.4, heard_seconds=1800.0)
    asks = message("group", **command("/check"), reply_to_message=message("group", voice=VOICE))
    for note in (message(voice=VOICE), asks):
        [(name, sent)] = await tell(
            monkeypatch, ReadyWorker(cut), Telegram(FILES), {"message": note}
        )
        assert name == "sendPhoto"
        assert sent["caption"].startswith("I heard the first 30:00 of 42:10.\n🤖")
