"""A report is two documents, and not more often than once a minute."""

import json
import time

import pytest

from bot.handlers import report
from tests.bot.chatting import chatting


async def test_pdf_and_json_come_in_reply_to_the_answer() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        assert "two files" in await chat.tap(answer, "Report")
        pdf, facts = chat.said[1:]
        assert pdf["reply_to_message"]["message_id"] == answer["message_id"]
        call = await chat.telegram.next_call("sendMediaGroup")
        contents = sorted(call.files.values(), key=lambda content: content[:1])
        assert contents[0].startswith(b"%PDF")
        told = json.loads(contents[1])
        assert pdf["document"]["file_name"] == f"ouvido-{told['file']['sha256'][:8]}.pdf"
        assert facts["document"]["file_name"].endswith(".json")
        assert told["verdict"]["label"] == "synthetic"


async def test_a_second_one_waits_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    async with chatting() as chat:
        answer = await chat.note()
        await chat.tap(answer, "Report")
        assert "wait a minute" in await chat.tap(answer, "Report")
        assert len(chat.said) == 3
        later = time.time() + report.PAUSE
        monkeypatch.setattr(time, "time", lambda: later)
        await chat.tap(answer, "Report")
        assert len(chat.said) == 5


async def test_where_no_files_are_allowed_it_says_so() -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        chat.telegram.forbids(group, "documents")
        note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        await chat.tap(chat.telegram.sent_to(group)[0], "Why")
        said = await chat.tap(chat.telegram.sent_to(group)[1], "Report")
        assert "can't send files here" in said
        assert len(chat.telegram.sent_to(group)) == 2


async def test_it_does_without_a_picture_that_telegram_has_forgotten() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.telegram.chats.files.clear()
        await chat.tap(answer, "Report")
        assert len(chat.said) == 3
