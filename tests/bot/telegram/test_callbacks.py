"""Whose button it is, and what happens to presses that are none of ours."""

import pytest
from sqlalchemy import delete

from bot.db.tables import Answer
from bot.handlers import vote
from bot.texts import LANGUAGES, texts_for
from bot.worker.pool import ERRORS
from tests.bot.chatting import Chat, chatting
from tests.fake_telegram import Chat as Group
from tests.fake_telegram import buttons
from tests.fake_telegram.errors import JSON

STALE = "This answer is too old. Please send the note again."
BUTTONS = ("why", "zoom", "vote", "report")


async def press(chat: Chat, message: JSON, data: str, inaccessible: bool = False) -> JSON:
    chat.telegram.presses(chat.maria, message, data, inaccessible)
    await chat.answered()
    call = await chat.telegram.next_call("answerCallbackQuery")
    return call.parameters


@pytest.mark.parametrize("name", BUTTONS)
async def test_a_button_of_a_forgotten_answer_says_so(name: str) -> None:
    async with chatting() as chat:
        answer = await chat.note()
        async with chat.store.session() as session:
            await session.execute(delete(Answer))
        assert await chat.tap(answer, f"{name}:") == STALE
        assert len(chat.said) == 1


@pytest.mark.parametrize("name", BUTTONS)
async def test_a_message_that_is_gone_says_so(name: str) -> None:
    async with chatting() as chat:
        answer = await chat.note()
        data = next(b["callback_data"] for b in buttons(answer) if name in b["callback_data"])
        assert (await press(chat, answer, data, inaccessible=True))["text"] == STALE


@pytest.mark.parametrize(
    "data",
    [
        "why:" + "A" * 16,
        "vote:" + "A" * 16 + ":right",
        "zoom:" + "A" * 16 + ":0:9999",
        "report:" + "_" * 16,
        "close:" + "-" * 16,
        "why:short",
        "zoom:" + "A" * 16 + ":-1:nan",
        "of a version to come",
        "",
        "🤖" * 16,
    ],
)
async def test_what_no_button_says_is_answered_and_nothing_more(data: str) -> None:
    async with chatting() as chat:
        answer = await chat.note()
        assert (await press(chat, answer, data))["text"] == STALE
        assert len(chat.said) == 1


async def test_a_press_without_any_data_is_answered_too() -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.telegram.presses(chat.maria, answer, "")
        for update in chat.telegram.updates.pending.values():
            del update["callback_query"]["data"]
        await chat.answered()
        assert (await chat.telegram.next_call("answerCallbackQuery")).parameters["text"] == STALE


async def with_button(chat: Chat, group: Group, wanted: str) -> JSON:
    """The answer in a group, or the explanation under it where the button stands there."""
    [answer] = chat.telegram.sent_to(group)
    if any(wanted in each["text"] + each["callback_data"] for each in buttons(answer)):
        return answer
    await chat.tap(answer, "Why?")
    return chat.telegram.sent_to(group)[-1]


@pytest.mark.parametrize("name", ["Why", "closer", "Report", "Compare"])
async def test_where_the_bot_may_not_write_whoever_presses_hears_of_it(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with chatting() as chat:
        group = chat.telegram.group()
        note = chat.telegram.sends_voice(chat.maria, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        pressed = await with_button(chat, group, name)
        before = len(chat.telegram.sent_to(group)), len(chat.calls("answerCallbackQuery"))
        chat.telegram.forbids(group, "text messages", "photos", "documents")
        said = await chat.tap(pressed, name)
        assert said.endswith("Send me the note in our private chat.")
        after = len(chat.telegram.sent_to(group)), len(chat.calls("answerCallbackQuery"))
        assert after == (before[0], before[1] + 1)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("name", ["zoom", "report"])
async def test_what_costs_work_is_for_who_asked(name: str) -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        note = chat.telegram.sends_voice(rui, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note)
        await chat.answered()
        pressed = await with_button(chat, group, f"{name}:")
        before = len(chat.telegram.sent_to(group))
        assert "Only whoever asked" in await chat.tap(pressed, f"{name}:", rui)
        assert len(chat.telegram.sent_to(group)) == before
        assert len(chat.worker.asked) == 1


async def test_what_a_group_itself_asked_is_for_everybody_in_it() -> None:
    async with chatting() as chat:
        group, rui = chat.telegram.group(), chat.telegram.person("Rui", "en")
        note = chat.telegram.sends_voice(rui, b"a voice note", chat=group)
        chat.telegram.sends_text(chat.maria, "/check", chat=group, reply_to=note, sender_chat=group)
        await chat.answered()
        [answer] = chat.telegram.sent_to(group)
        await chat.tap(answer, "zoom:", rui)
        assert len(chat.telegram.sent_to(group)) == 2


async def test_a_press_that_waited_too_long_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async with chatting() as chat:
        answer = await chat.note()
        chat.telegram.queries.seconds = 0.0
        chat.telegram.taps(chat.maria, answer, "why:")
        await chat.answered()
        assert len(chat.said) == 2
    assert "ERROR" not in caplog.text


TOASTS = [("buttons", key) for key in ("stale", "not_yours", "muted")]
TOASTS += [("vote", f"thanks_{choice}") for choice in vote.CHOICES]
TOASTS += [("why", "there"), ("zoom", "there"), ("zoom", "refused")]
TOASTS += [("report", "sent"), ("report", "wait")]
TOASTS += [("errors", kind) for kind in (*ERRORS, "failed", "busy", "gone")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "key"), TOASTS)
def test_what_pops_up_is_not_longer_than_telegram_shows(
    section: str, key: str, language: str
) -> None:
    words = texts_for(language, language).say(section, key, megabytes=20)
    assert len(words.encode("utf-16-le")) // 2 <= 200
