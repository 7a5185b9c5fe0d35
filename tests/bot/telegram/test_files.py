"""Telegram does not always give out a file: then somebody is told, and nothing is our fault."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import metrics
from bot.telegram import files
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import ServerError, buttons

Ask = Callable[[Chat], Awaitable[str]]
GONE = "Telegram no longer gives me this recording. Please send it again."


async def in_private(chat: Chat) -> str:
    return str((await chat.note())["text"])


async def by_check(chat: Chat) -> str:
    group = chat.telegram.group()
    note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
    chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
    await chat.answered()
    return str(chat.telegram.sent_to(group)[-1]["text"])


async def by_guest(chat: Chat) -> str:
    joao = chat.telegram.person("João")
    place = chat.telegram.conversation(joao)
    note = chat.telegram.notes(joao, place, b"a voice note")
    chat.telegram.summons(chat.maria, place, note)
    await chat.answered()
    call = await chat.telegram.next_call("answerGuestQuery")
    return str(chat.telegram.methods.guests.sent[call.result["inline_message_id"]]["text"])


async def by_compare(chat: Chat) -> str:
    note = chat.telegram.sends_voice(chat.maria, b"a voice note")
    chat.telegram.updates.pending.clear()
    chat.telegram.sends_text(chat.maria, "/compare", reply_to=note)
    await chat.answered()
    return str(chat.said[-1]["text"])


async def by_donation(chat: Chat) -> str:
    note = chat.telegram.sends_voice(chat.maria, b"OggS a voice note")
    chat.telegram.updates.pending.clear()
    chat.telegram.sends_text(chat.maria, "/donate", reply_to=note)
    await chat.answered()
    await chat.tap(chat.said[-1], "donate:was:own")
    await chat.tap(chat.said[-1], "donate:give:own")
    assert buttons(chat.said[-1]) == []
    return str(chat.said[-1]["text"])


@asynccontextmanager
async def listening(folder: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Chat]:
    """A bot that does nothing which it would call its own fault."""
    failed = metrics.total("ouvido_errors_total", code="failed")
    async with chatting(donations_mb=1, data_dir=folder) as chat:
        yield chat
    assert metrics.total("ouvido_errors_total", code="failed") == failed
    assert "ERROR" not in caplog.text


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAUSE", 0.01)


EVERYWHERE = [in_private, by_check, by_guest, by_compare, by_donation]


@pytest.mark.parametrize("ask", EVERYWHERE)
async def test_who_sent_a_file_that_telegram_keeps_to_itself_is_told_after_a_second_try(
    ask: Ask, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(tmp_path, caplog) as chat:
        monkeypatch.setattr(chat.telegram.chats, "files", Empty())
        assert await ask(chat) == GONE
        assert chat.calls("getFile") == ["getFile"] * 2
        assert chat.worker.asked == []


@pytest.mark.parametrize("status", [400, 404])
@pytest.mark.parametrize("ask", EVERYWHERE)
async def test_who_sent_a_file_that_is_not_where_telegram_says_is_told(
    ask: Ask, status: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(tmp_path, caplog) as chat:
        chat.telegram.fails("download", ServerError(status))
        assert await ask(chat) == GONE


async def test_a_file_that_comes_a_second_later_is_heard(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(tmp_path, caplog) as chat:
        monkeypatch.setattr(chat.telegram.chats, "files", Empty(asked=1))
        assert "photo" in await chat.note()
        assert chat.worker.asked == [b"a voice note"]


class Empty(dict[str, object]):
    """Holds what is put in, but does not say so for the first times."""

    def __init__(self, asked: int = 1000) -> None:
        super().__init__()
        self.left = asked

    def __contains__(self, key: object) -> bool:
        self.left -= 1
        return self.left < 0 and super().__contains__(key)
