"""A second note is asked for and compared with the first; by whoever asked only."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot import application
from bot.db.tables import Answer
from bot.telegram import recent
from bot.texts import LANGUAGES
from inference.errors import Undecodable
from inference.speaker.comparison import Comparison
from tests.bot.chatting import Chat, DrawingWorker, chatting
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import Person as Somebody
from tests.fake_telegram import buttons
from tests.fake_telegram.errors import JSON

SAME = Comparison(0.9, 0.99, (0.1, 0.9), (), ())
ASKED = "Now reply to this message"


class ComparingWorker(DrawingWorker):
    """Says of every two notes what it was told to say."""

    def __init__(self, outcome: Comparison | Exception = SAME) -> None:
        super().__init__()
        self.likeness = outcome
        self.compared: list[tuple[bytes, bytes]] = []

    async def compare(self, suspicious: bytes, known: bytes) -> Comparison:
        self.compared.append((suspicious, known))
        if isinstance(self.likeness, Exception):
            raise self.likeness
        return self.likeness


@asynccontextmanager
async def talk(outcome: Comparison | Exception = SAME) -> AsyncIterator[tuple[Chat, Any]]:
    worker = ComparingWorker(outcome)
    async with chatting(worker) as chat:
        yield chat, worker.compared


async def compare(
    chat: Chat, note: JSON, group: Group | None = None, sender_chat: Group | None = None
) -> JSON:
    """Maria writes /compare beneath a note; what is answered."""
    where = {"chat": group, "sender_chat": sender_chat}
    chat.telegram.sends_text(chat.maria, "/compare", reply_to=note, **where)
    await chat.answered()
    return last(chat, group)


async def asked(chat: Chat, group: Group | None = None) -> JSON:
    """The message that asks for the genuine note."""
    note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
    return await compare(chat, note, group)


async def reply(
    chat: Chat,
    question: JSON,
    data: bytes = b"genuine",
    group: Group | None = None,
    who: Somebody | None = None,
) -> str:
    """Somebody replies with a note; the last that the bot says there."""
    chat.telegram.sends_voice(who or chat.maria, data, reply_to=question, chat=group)
    await chat.answered()
    return str(last(chat, group).get("text", ""))


def last(chat: Chat, group: Group | None) -> JSON:
    return chat.telegram.sent_to(group or chat.maria)[-1]


async def test_two_notes_are_compared_without_any_question_but_for_the_second() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        assert question["text"].startswith(ASKED)
        assert "sound alike" in await reply(chat, question)
        assert compared == [(b"suspicious", b"genuine")]
        again = chat.telegram.sends_voice(chat.maria, b"another")
        assert (await compare(chat, again))["text"].startswith(ASKED)


async def test_the_app_is_told_to_reply() -> None:
    async with talk() as (chat, _):
        await asked(chat)
        call = [each for each in chat.telegram.calls if each.method == "sendMessage"][-1]
        assert json.loads(call.parameters["reply_markup"])["force_reply"] is True


async def test_the_button_under_an_answer_begins_it_too() -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        await chat.tap(answer, "Compare")
        await reply(chat, chat.said[-1])
        assert compared == [(b"suspicious", b"genuine")]


async def test_pressed_four_times_it_asks_once() -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        said = [await chat.tap(answer, "Compare") for _ in range(4)]
        assert said == ["", *["It's just below."] * 3]
        [question] = [each for each in chat.said if each.get("text", "").startswith(ASKED)]
        await reply(chat, question)
        assert len(compared) == 1


async def test_a_later_question_takes_the_place_of_the_earlier_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        await chat.tap(answer, "Compare")
        monkeypatch.setattr(recent, "TWICE", 0.0)
        await chat.tap(answer, "Compare")
        [question] = [each for each in chat.said if each.get("text", "").startswith(ASKED)]
        await reply(chat, question)
        assert len(compared) == 1


async def test_an_answer_to_a_whole_group_is_compared_for_whoever_asks() -> None:
    async with talk() as (chat, compared):
        group = chat.telegram.group()
        chat.telegram.promotes(group, chat.maria)
        note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
        where = {"chat": group, "sender_chat": group}
        chat.telegram.sends_text(chat.maria, "/check", reply_to=note, **where)
        await chat.answered()
        answer = last(chat, group)
        assert len(buttons(answer)) == 2
        await chat.tap(answer, "why:")
        await chat.tap(last(chat, group), "compare:")
        await reply(chat, last(chat, group), group=group)
        assert len(compared) == 1


async def test_the_command_may_reply_to_an_answer_of_ours() -> None:
    async with talk() as (chat, _):
        answer = await chat.note(b"suspicious")
        assert (await compare(chat, answer))["text"].startswith(ASKED)


async def test_a_restart_between_the_question_and_the_note_loses_nothing() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        settings = chat.bot.bot_data.settings
        async with application.build(settings, chat.worker, chat.store) as chat.bot:
            assert "sound alike" in await reply(chat, question)
        assert len(compared) == 1


async def test_what_cannot_be_compared_is_said_in_one_sentence() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        chat.telegram.sends_text(chat.maria, "<b>here</b> & there", reply_to=question)
        await chat.answered()
        assert "I need a recording" in chat.said[-1]["text"]
        assert "very same recording" in await reply(chat, question, b"suspicious")
        assert compared == []
    async with talk(Undecodable("x")) as (chat, _):
        assert "couldn't open this" in await reply(chat, await asked(chat))


async def test_a_command_without_a_note_explains_itself() -> None:
    async with talk() as (chat, _):
        for text in ("/compare", "/compare " + "x" * 3000, "/compare <b>&"):
            chat.telegram.sends_text(chat.maria, text)
            await chat.answered()
            assert "choose “Reply” and write /compare" in chat.said[-1]["text"]


async def test_in_a_group_only_the_askers_reply_counts() -> None:
    async with talk() as (chat, compared):
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        question = await asked(chat, group)
        before = len(chat.telegram.sent_to(group))
        await reply(chat, question, b"a prank", group, who=rui)
        assert len(chat.telegram.sent_to(group)) == before
        assert compared == []
        assert "sound alike" in await reply(chat, question, group=group)


async def test_an_anonymous_administrator_is_asked_to_write_as_themselves() -> None:
    async with talk() as (chat, compared):
        group = chat.telegram.group()
        chat.telegram.promotes(group, chat.maria)
        note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
        said = await compare(chat, note, group, sender_chat=group)
        assert "Escreva no seu próprio nome" in said["text"]  # of them no language is known
        assert compared == []


async def test_a_reply_to_a_question_that_is_forgotten_gets_a_sentence() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        async with chat.store.session() as session:
            for answer in await session.scalars(select(Answer)):
                await session.delete(answer)
        assert "no longer know" in await reply(chat, question)
        assert compared == []


async def test_people_who_write_our_words_are_not_taken_for_us() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        own = chat.telegram.sends_text(chat.maria, question["text"])
        await chat.answered()
        await reply(chat, own)
        assert "photo" in chat.said[-1]  # a note like any other
        assert compared == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_works_in_every_language(language: str) -> None:
    async with talk() as (chat, compared):
        chat.maria = chat.telegram.person("Ana", language)
        await reply(chat, await asked(chat))
        assert len(compared) == 1
