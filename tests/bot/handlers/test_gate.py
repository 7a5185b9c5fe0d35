"""Who gets past the gate, what the others are told, and how rarely."""

from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest
from telegram import Update

from bot.db import Store, access
from bot.db.access import Standing
from bot.handlers import gate
from bot.telegram.context import App
from bot.texts import texts_for
from tests.bot.stand_ins import ReadyWorker, Telegram, verdict
from tests.bot.talking import FILES, VOICE, bot, command, message, tell

SAY = texts_for("en", "en").say
CLOSED, MAINTENANCE = SAY("gate", "closed"), SAY("gate", "maintenance")


class Talk:
    """A bot with certain settings, and what it says."""

    def __init__(self, built: App, telegram: Telegram) -> None:
        self._built, self._telegram, self._number = built, telegram, 0
        self.store: Store = built.bot_data.store

    async def says(self, **update: Any) -> list[str]:
        """What comes of an update: texts, the names of pictures, alerts of buttons."""
        self._number += 1
        self._telegram.sent.clear()
        await self._built.process_update(
            Update.de_json({"update_id": self._number, **update}, self._built.bot)
        )
        said = []
        for name, sent in self._telegram.sent:
            if name in ("sendMessage", "answerCallbackQuery"):
                said.append(sent.get("text") or "")
            elif name == "answerGuestQuery":
                said.append(sent["result"]["input_message_content"]["message_text"])
            elif name == "sendPhoto":
                said.append("a picture")
        return said

    async def answers(self, *numbers: int) -> list[list[str]]:
        """What each of so many notes of person 7 gets."""
        return [
            await self.says(message=message(voice=VOICE, message_id=number)) for number in numbers
        ]


@pytest.fixture
async def talk(monkeypatch: pytest.MonkeyPatch) -> Any:
    async with AsyncExitStack() as stack:

        async def begin(**settings: Any) -> Talk:
            telegram = Telegram(FILES)
            worker = ReadyWorker()
            return Talk(
                await stack.enter_async_context(bot(monkeypatch, worker, telegram, **settings)),
                telegram,
            )

        yield begin


def press(data: str, person: int = 7) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "A", "language_code": "en"}
    return {"id": "1", "from": user, "chat_instance": "1", "data": data}


async def test_everybody_is_let_in_unless_told_otherwise(talk: Any) -> None:
    assert await (await talk()).answers(1) == [["a picture"]]


async def test_the_blocked_are_ignored_quietly_as_people_and_as_groups(talk: Any) -> None:
    bot = await talk()
    await access.decide(bot.store, 7, allowed=False)
    assert await bot.answers(1) == [[]]
    assert await bot.says(message=message("group", **command("/start"))) == []
    assert await bot.says(callback_query=press("quiz:x")) == [""]  # the app stops waiting
    assert await bot.says(message=message(**command("/privacy"))) == []
    await access.undecide(bot.store, 7)
    await access.decide(bot.store, -7, allowed=False)
    assert await bot.says(message=message("group", **command("/check"))) == []
    assert await bot.answers(2) == [["a picture"]]


async def test_where_only_some_are_let_in_the_others_are_told_once_an_hour(
    talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await talk(access="allowed")
    assert await bot.answers(1, 2) == [[CLOSED], []]
    monkeypatch.setitem(gate.QUIET_SECONDS, "closed", 0)
    assert await bot.answers(3) == [[CLOSED]]
    await access.decide(bot.store, 7, allowed=True)
    assert await bot.answers(4) == [["a picture"]]
    assert (
        len(await bot.says(message=message("group", **command("/check")))) == 1
    )  # a person of ours


async def test_a_group_that_is_let_in_is_let_in_with_all_its_people(talk: Any) -> None:
    bot = await talk(access="allowed")
    await access.decide(bot.store, -7, allowed=True)
    assert await bot.says(message=message("group", **command("/check"))) == [SAY("chat", "check")]
    assert await bot.answers(1) == [[CLOSED]]


async def test_what_is_kept_of_somebody_may_always_be_asked(talk: Any) -> None:
    bot = await talk(access="allowed")
    [privacy] = await bot.says(message=message(**command("/privacy")))
    assert privacy == SAY("chat", "privacy")


async def test_in_groups_only_who_asks_is_told(talk: Any) -> None:
    bot = await talk(access="allowed")
    for words in ("is this real?", "/check@another_bot", "mail@ouvido"):
        assert await bot.says(message=message("group", text=words)) == []
    assert await bot.says(message=message("group", text="real, @Ouvido_bot?")) == [CLOSED]
    assert await bot.says(channel_post=message("channel", text="@ouvido_bot")) == []


async def test_guests_and_buttons_pass_the_gate_too(talk: Any) -> None:
    bot = await talk(access="allowed")
    guest = message("group", text="@ouvido_bot", guest_query_id="q")
    assert await bot.says(guest_message=guest) == [CLOSED]
    assert await bot.says(callback_query=press("why:x")) == [CLOSED[: gate.ALERT]]


async def test_a_guest_is_who_asks_and_not_the_chat(talk: Any) -> None:
    bot = await talk(access="allowed")
    await access.decide(bot.store, -7, allowed=True)  # another chat of the same number
    asks = message("group", text="@ouvido_bot", guest_query_id="q")
    assert await bot.says(guest_message=asks) == [CLOSED]
    await access.decide(bot.store, 7, allowed=True)
    assert await bot.says(guest_message=asks) == [SAY("guest", "how", name="@ouvido_bot")]


async def test_a_gate_that_is_broken_lets_nobody_in(
    talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> Standing:
        raise ZeroDivisionError

    bot = await talk()
    monkeypatch.setattr(access, "standing", broken)
    assert await bot.answers(1) == [[texts_for("en", "en").error("failed", 0)]]


async def test_an_operator_passes_everywhere(talk: Any) -> None:
    bot = await talk(access="allowed", operators=frozenset({7}), minutes_per_hour=1)
    await access.maintain(bot.store, on=True)
    assert await bot.answers(1, 2) == [["a picture"], ["a picture"]]


async def test_during_maintenance_everybody_reads_the_operators_words(talk: Any) -> None:
    bot = await talk()
    await access.maintain(bot.store, on=True)
    assert await bot.answers(1) == [[MAINTENANCE]]
    await access.maintain(bot.store, on=True, message="Back at 8 pm <b>")
    assert await bot.says(callback_query=press("why:x")) == ["Back at 8 pm <b>"]
    await access.maintain(bot.store, on=False)
    assert await bot.answers(2) == [["a picture"]]


async def test_a_person_gets_so_many_answers_an_hour_and_is_told_when_to_come_back(
    talk: Any,
) -> None:
    bot = await talk(minutes_per_hour=2)
    first, second, third, fourth = await bot.answers(1, 2, 3, 4)
    assert first == second == ["a picture"]
    assert third == [SAY("gate", "quota", minutes=60)]
    assert fourth == []
    assert await bot.says(message=message(**command("/check"))) == [SAY("chat", "check")]


async def test_a_group_has_a_quota_of_its_own(talk: Any) -> None:
    bot = await talk(minutes_per_hour_chat=1)
    asks = message("group", **command("/check"), reply_to_message=message("group", voice=VOICE))
    assert await bot.says(message=asks) == ["a picture"]
    assert await bot.says(message=asks) == [SAY("gate", "quota", minutes=60)]
    assert await bot.says(message=message("group", voice=VOICE)) == []
    assert await bot.answers(1) == [["a picture"]]


async def test_a_refusal_that_cannot_be_told_is_a_refusal_all_the_same(talk: Any) -> None:
    bot = await talk(access="allowed")
    bot._telegram.refuse = lambda name: (
        (400, {"description": "Bad Request: no rights"}) if name == "sendMessage" else None
    )
    assert await bot.answers(1) == [[CLOSED]]  # tried once, and nothing after it


async def test_standings(talk: Any) -> None:
    store = (await talk()).store
    async with store.session() as session:
        assert await access.standing(session, {1, -2}) is Standing.UNKNOWN
    await access.decide(store, 1, allowed=True)
    async with store.session() as session:
        assert await access.standing(session, {1, -2}) is Standing.ALLOWED
    await access.decide(store, -2, allowed=False)
    async with store.session() as session:
        assert await access.standing(session, {1, -2}) is Standing.BLOCKED
    await access.decide(store, -2, allowed=True)
    assert await access.decided(store, allowed=False) == []


async def test_each_started_minute_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(verdict(), heard_seconds=150.0, duration_seconds=150.0)
    note = {"message": message(voice=VOICE)}
    said = await tell(
        monkeypatch, ReadyWorker(long), Telegram(FILES), note, note, note, minutes_per_hour=4
    )
    assert [name for name, _ in said] == ["sendPhoto", "sendPhoto", "sendMessage"]
    assert said[-1][1]["text"] == SAY("gate", "quota", minutes=60)
