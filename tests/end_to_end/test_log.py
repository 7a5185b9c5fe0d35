"""The log of a whole run, at its most talkative: for machines to read, and nobody is named."""

import asyncio
import json
import re

import pytest

from tests import sounds
from tests.fake_telegram import FakeTelegram, HangUp, ServerError
from tests.service import running

pytestmark = pytest.mark.asyncio(loop_scope="session")

FILE, NAME, TITLE = "Wilhelmina-confession.ogg", "Wilhelmina", "Fam. Vanderbilt"
WORDS = "is this really Grandmother?"


async def test_it_is_json_and_names_nobody(note: bytes) -> None:
    async with FakeTelegram() as telegram:
        async with running(telegram, LOG_FORMAT="json", LOG_LEVEL="DEBUG") as bot:
            person, gone = telegram.person(NAME, language="en"), telegram.person("Bartholomew")
            group = telegram.group(TITLE)
            telegram.fails("download", ServerError(502))
            telegram.fails("sendPhoto", HangUp(midway=True))
            sent = telegram.sends_voice(person, note, chat=group)
            telegram.sends_text(person, "/check", chat=group, reply_to=sent)
            await telegram.next_call("sendPhoto", group)
            for data in (sounds.encode(sounds.speech(6), "ogg"), b"Ogg"):
                before = len(telegram.sent_to(person))
                details = {"file_name": FILE, "mime_type": "audio/ogg"}
                telegram.sends_file(person, "document", data, details)
                while len(telegram.sent_to(person)) == before:
                    await asyncio.sleep(0.02)
            telegram.sends_text(person, WORDS)
            await telegram.next_call("sendMessage", person)
            telegram.chats.blocked.add(gone.id)
            telegram.sends_text(gone, WORDS)
            await telegram.next_call("sendMessage", gone, refused=True)
            await telegram.until(lambda: "An update was answered" in bot.errors[-1])
        lines = [json.loads(line) for line in bot.errors]
    assert bot.output == []
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, lines))
    answered = [line for line in lines if line["message"] == "An update was answered"]
    assert len(answered) == 5
    assert all(line["seconds"] < 60 and line["kind"] == "message" for line in answered)
    assert len({line["update"] for line in answered}) == 5
    people = (NAME, TITLE, WORDS, FILE, "Bartholomew", str(group.id))
    for private in (*people, telegram.token.partition(":")[2]):
        assert private not in bot.written
    for number in (person.id, gone.id):
        assert not re.search(rf"\b{number}\b", bot.written)
