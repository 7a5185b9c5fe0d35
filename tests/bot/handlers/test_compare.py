"""A second note is asked for, with consent, and compared with the first; by whoever asked only."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select

from bot import application
from bot.db.tables import Answer, Person
from bot.settings import LANGUAGES
from bot.telegram import recent
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
    """The message that asks for the genuine note, after the consent."""
    note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
    consent = await compare(chat, note, group)
    await chat.tap(consent, "✅")
    return last(chat, group)


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


async def consents(chat: Chat) -> set[int]:
    async with chat.store.session() as session:
        given = select(Person.id).where(Person.compare_consent_at.is_not(None))
        return set(await session.scalars(given))


async def test_two_notes_are_compared_after_a_consent_that_is_asked_once() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        assert question["text"].startswith(ASKED)
        assert "sound alike" in await reply(chat, question)
        assert compared == [(b"suspicious", b"genuine")]
        assert await consents(chat) == {chat.maria.id}
        again = chat.telegram.sends_voice(chat.maria, b"another")
        assert (await compare(chat, again))["text"].startswith(ASKED)


async def test_the_app_is_told_to_reply() -> None:
    async with talk() as (chat, _):
        await asked(chat)
        call = [each for each in chat.telegram.calls if each.method == "sendMessage"][-1]
        assert json.loads(call.parameters["reply_markup"])["force_reply"] is True


async def test_without_consent_nothing_is_compared() -> None:
    async with talk() as (chat, compared):
        note = chat.telegram.sends_voice(chat.maria, b"suspicious")
        consent = await compare(chat, note)
        assert [each["text"] for each in buttons(consent)] == ["✅ They agree", "Rather not"]
        await chat.tap(consent, "Rather not")
        declined = next(m for m in chat.said if m["message_id"] == consent["message_id"])
        assert "haven't compared" in declined["text"]
        assert buttons(declined) == []
        assert await consents(chat) == set()
        assert compared == []


async def test_the_button_under_an_answer_begins_it_too() -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        await chat.tap(answer, "Compare")
        await chat.tap(chat.said[-1], "They agree")
        await reply(chat, chat.said[-1])
        assert compared == [(b"suspicious", b"genuine")]


async def test_pressed_four_times_it_asks_once() -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        said = [await chat.tap(answer, "Compare") for _ in range(4)]
        assert said == ["", *["It's just below."] * 3]
        [_, consent] = chat.said
        for _ in range(4):
            chat.telegram.presses(chat.maria, consent, buttons(consent)[0]["callback_data"])
        await chat.answered()
        [question] = [each for each in chat.said if each.get("text", "").startswith(ASKED)]
        await reply(chat, question)
        assert len(compared) == 1


async def test_who_declined_may_think_better_of_it_at_once() -> None:
    async with talk() as (chat, _):
        answer = await chat.note(b"suspicious")
        for _ in range(2):
            await chat.tap(answer, "Compare")
            await chat.tap(chat.said[-1], "Rather not")
        assert len(chat.said) == 3


async def test_a_later_question_takes_the_place_of_the_earlier_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with talk() as (chat, compared):
        answer = await chat.note(b"suspicious")
        await chat.tap(answer, "Compare")
        await chat.tap(chat.said[-1], "They agree")
        monkeypatch.setattr(recent, "TWICE", 0.0)
        await chat.tap(answer, "Compare")
        [question] = [each for each in chat.said if each.get("text", "").startswith(ASKED)]
        await reply(chat, question)
        assert len(compared) == 1


async def test_an_answer_to_a_whole_group_is_compared_for_whoever_agrees() -> None:
    async with talk() as (chat, compared):
        group = chat.telegram.group()
        chat.telegram.promotes(group, chat.maria)
        note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
        where = {"chat": group, "sender_chat": group}
        chat.telegram.sends_text(chat.maria, "/check", reply_to=note, **where)
        await chat.answered()
        await chat.tap(last(chat, group), "compare:")
        await chat.tap(last(chat, group), "✅")
        await reply(chat, last(chat, group), group=group)
        assert len(compared) == 1


async def test_the_command_may_reply_to_an_answer_of_ours() -> None:
    async with talk() as (chat, _):
        answer = await chat.note(b"suspicious")
        consent = await compare(chat, answer)
        assert "belongs to its owner" in consent["text"]


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


async def test_only_the_asker_can_agree() -> None:
    async with talk() as (chat, _):
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        note = chat.telegram.sends_voice(chat.maria, b"suspicious", chat=group)
        consent = await compare(chat, note, group)
        assert "Only whoever asked" in await chat.tap(consent, "They agree", who=rui)
        assert await consents(chat) == set()


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


async def test_who_took_the_consent_back_is_not_answered() -> None:
    async with talk() as (chat, compared):
        question = await asked(chat)
        async with chat.store.session() as session:
            person = await session.get(Person, chat.maria.id)
            assert person is not None
            person.compare_consent_at = None
        await reply(chat, question)
        assert compared == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_works_in_every_language(language: str) -> None:
    async with talk() as (chat, compared):
        chat.maria = chat.telegram.person("Ana", language)
        await reply(chat, await asked(chat))
        assert len(compared) == 1
