"""A business account's owner is told in private what customers' recordings sound like."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Update

from bot.db import Store, access, people, updates
from bot.db.tables import Answer, UpdateRow
from bot.handlers import business
from bot.texts import texts_for
from inference.errors import TookTooLong
from tests.bot.chatting import Chat, DrawingWorker, chatting
from tests.bot.meeting import QuickWorker, meeting
from tests.bot.stand_ins import verdict
from tests.bot.talking import VOICE
from tests.fake_telegram import Chat as Conversation
from tests.fake_telegram import FakeTelegram, Hang, Person, buttons
from tests.fake_telegram.errors import JSON

SAY = texts_for("en", "en").say
NOTE = SAY("business", "note", name="João")
CONNECTED = SAY("business", "connected")


@dataclass
class Shop:
    """Maria's account, and João, who writes to it."""

    chat: Chat
    joao: Person
    talk: Conversation  # Maria's with João, where the bot must write nothing
    connection: str

    async def records(self, who: Person | None = None, data: bytes = b"a voice note") -> JSON:
        note = self.chat.telegram.records_in(self.connection, self.talk, who or self.joao, data)
        await self.chat.answered()
        return note

    async def writes(self, who: Person, text: str, reply_to: JSON | None = None) -> None:
        self.chat.telegram.writes_in(self.connection, self.talk, who, reply_to, text=text)
        await self.chat.answered()

    @property
    def said(self) -> list[str]:
        """What the bot has told Maria since it was connected."""
        said = [str(message.get("text", message.get("caption"))) for message in self.chat.said]
        assert said[0] == CONNECTED
        return said[1:]


@asynccontextmanager
async def shop(worker: DrawingWorker | None = None, **settings: Any) -> AsyncIterator[Shop]:
    async with chatting(worker, **settings) as chat:
        joao = chat.telegram.person("João", "pt-br")
        connection = chat.telegram.connects(chat.maria)
        await chat.answered()
        yield Shop(chat, joao, chat.telegram.conversation(joao), connection)
        strangers = [call for call in chat.telegram.calls if call.chat not in (0, chat.maria.id)]
        assert strangers == []
        assert all(
            "business_connection_id" not in call.parameters
            for call in chat.telegram.calls
            if call.method != "getBusinessConnection"
        )


async def test_a_customers_note_is_answered_to_the_owner_in_private_and_in_their_language() -> None:
    async with shop() as maria:
        await maria.records()
        title, answer = maria.said
        assert title == NOTE
        assert answer.startswith("🤖 This sounds like an AI voice")
        shown = maria.chat.said[-1]
        assert shown["reply_to_message"]["text"] == NOTE
        assert len(buttons(shown)) >= 4  # as under a note of her own
        async with maria.chat.store.session() as session:
            [row] = await session.scalars(select(Answer))
        assert (row.asker_id, row.chat_id) == (maria.chat.maria.id, maria.chat.maria.id)


async def test_the_buttons_under_it_are_the_owners() -> None:
    async with shop() as maria:
        await maria.records()
        popped_up = await maria.chat.tap(maria.chat.said[-1], "Report")
        assert popped_up.startswith("Here you are")


async def test_a_language_that_the_owner_chose_counts() -> None:
    async with shop() as maria:
        await people.choose(maria.chat.store, maria.chat.maria.id, language="es")
        await maria.records()
        assert maria.said[0] == texts_for("es", "en").say("business", "note", name="João")


async def test_what_the_owner_sends_and_what_is_no_note_is_not_judged() -> None:
    async with shop() as maria:
        await maria.records(maria.chat.maria)
        await maria.writes(maria.joao, "hello")
        await maria.writes(maria.joao, "/check", await maria.records(maria.chat.maria))
        details = {"mime_type": "application/pdf", "file_name": "a.pdf"}
        document = maria.chat.telegram.chats.keep("document", b"%PDF").as_json | details
        maria.chat.telegram.writes_in(maria.connection, maria.talk, maria.joao, document=document)
        await maria.chat.answered()
        assert maria.said == []
        assert maria.chat.worker.asked == []


@pytest.mark.parametrize("command", ["/check", "/check@Ouvido_Test_Bot"])
async def test_an_older_note_is_judged_when_the_owner_replies_check(command: str) -> None:
    async with shop() as maria:
        telegram = maria.chat.telegram
        older = telegram.notes(maria.joao, maria.talk, b"from before the connection")
        await maria.writes(maria.chat.maria, command, older)
        assert maria.chat.worker.asked == [b"from before the connection"]
        assert maria.said[0] == NOTE


async def test_check_on_what_no_bot_can_hear_gets_a_sentence_and_without_a_reply_nothing() -> None:
    async with shop() as maria:
        telegram = maria.chat.telegram
        once = telegram.chats.add(maria.talk, maria.joao.as_user)  # all that is left of it
        maria.chat.telegram.writes_in(
            maria.connection, maria.talk, maria.chat.maria, once, text="/check"
        )
        await maria.chat.answered()
        await maria.writes(maria.chat.maria, "/check")
        assert maria.said == [SAY("withheld", "nothing")]


async def test_an_error_is_told_to_who_asked_and_else_to_nobody() -> None:
    worker = DrawingWorker(TookTooLong("a minute"))
    async with shop(worker) as maria:
        note = await maria.records()
        assert maria.said == []
        await maria.writes(maria.chat.maria, "/check", note)
        assert maria.said == [SAY("errors", "took_too_long")]
        worker.outcome = RuntimeError("a bug")
        await maria.records(data=b"another one")
        assert len(maria.said) == 1


async def test_who_disconnects_is_told_nothing_more_and_who_changes_it_is_not_greeted_again() -> (
    None
):
    async with shop() as maria:
        telegram = maria.chat.telegram
        telegram.connects(maria.chat.maria, connection=maria.connection)
        telegram.connects(maria.chat.maria, enabled=False, connection=maria.connection)
        await maria.chat.answered()
        await maria.records()
        assert maria.said == []
        telegram.connects(maria.chat.maria, connection=maria.connection)
        await maria.chat.answered()
        assert maria.said == [CONNECTED]


async def test_after_a_restart_the_connection_is_asked_for_once_and_one_that_is_gone_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with shop() as maria:
        maria.chat.bot.bot_data.connections.clear()
        await maria.records()
        await maria.records()
        assert maria.chat.calls("getBusinessConnection") == ["getBusinessConnection"]
        assert len(maria.said) == 4
        maria.chat.bot.bot_data.connections.clear()
        maria.chat.telegram.chats.connections.clear()
        await maria.records()
        assert len(maria.said) == 4
    assert "ERROR" not in caplog.text


async def test_the_bar_above_a_chat_opens_the_explanation() -> None:
    async with shop() as maria:
        telegram = maria.chat.telegram
        telegram.follows(
            maria.chat.maria, f"https://t.me/ouvido_test_bot?start=bizChat{maria.joao.id}"
        )
        await maria.chat.answered()
        assert maria.said == [CONNECTED]


async def test_the_owner_is_who_is_let_in_or_blocked() -> None:
    async with chatting(access="allowed") as chat:
        joao = chat.telegram.person("João")
        talk = chat.telegram.conversation(joao)
        connection = chat.telegram.connects(chat.maria)
        for _ in range(2):
            chat.telegram.records_in(connection, talk, joao, b"x")
        await chat.answered()
        assert [message["text"] for message in chat.said] == [SAY("gate", "closed")]
        await access.decide(chat.store, chat.maria.id, allowed=True)
        await access.decide(chat.store, joao.id, allowed=False)
        chat.telegram.records_in(connection, talk, joao, b"x")
        await chat.answered()
        assert "caption" in chat.said[-1]
        before = len(chat.said)
        await access.decide(chat.store, chat.maria.id, allowed=False)
        chat.telegram.records_in(connection, talk, joao, b"y")
        await chat.answered()
        assert len(chat.said) == before


async def test_the_minutes_of_an_hour_are_the_owners() -> None:
    async with shop(minutes_per_hour=1) as maria:
        await maria.records()
        await maria.records(data=b"another one")
        await maria.records(data=b"and another one")
        assert len(maria.chat.worker.asked) == 1
        [_, _, told] = maria.said
        assert told.startswith("That's as many minutes of sound")


async def test_telegram_is_asked_for_these_updates_and_chatter_is_not_even_stored(
    tmp_path: Path,
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    async with FakeTelegram() as telegram, meeting(telegram, QuickWorker(verdict(0.1)), store):
        maria, joao = telegram.person("Maria", "en"), telegram.person("João", "pt-br")
        talk = telegram.conversation(joao)
        connection = telegram.connects(maria)
        await telegram.next_call("sendMessage", maria)
        secret = telegram.writes_in(connection, talk, joao, text="my address is …")
        telegram.records_in(connection, talk, joao, b"a voice note")
        await telegram.next_call("sendPhoto", maria)
        await telegram.until(lambda: not telegram.updates.pending)
        assert secret["text"] not in str(await updates.owed(store))
        async with store.session() as session:
            kept = len(list(await session.scalars(select(UpdateRow.id))))
        assert kept == 2  # the connection and the note


async def test_the_line_above_an_answer_is_not_the_answer(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}", tmp_path / "answered")
    async with FakeTelegram() as telegram, meeting(telegram, QuickWorker(verdict(0.1)), store):
        maria, joao = telegram.person("Maria", "en"), telegram.person("João", "pt-br")
        connection = telegram.connects(maria)
        await telegram.next_call("sendMessage", maria)
        await telegram.until(lambda: not telegram.updates.pending)
        telegram.fails("sendPhoto", Hang(2))
        telegram.records_in(connection, telegram.conversation(joao), joao, b"a voice note")
        await telegram.until(lambda: any(call.method == "sendPhoto" for call in telegram.calls))
        assert len(telegram.sent_to(maria)) == 2  # connected, and the line
        assert len(await updates.owed(store)) == 1  # killed now, it is answered by the next start
        await telegram.next_call("sendPhoto", maria)


@pytest.mark.parametrize("text", ["", "/start", "/check", "/settings", "@ouvido_test_bot"])
async def test_no_other_handler_takes_a_message_of_a_business_chat(text: str) -> None:
    sender = {"id": 7, "is_bot": False, "first_name": "A"}
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    sent: JSON = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "from": sender}
    content: JSON = {"text": text, "entities": [entity]} if text else {"voice": VOICE}
    sent |= {"business_connection_id": "b"} | content
    async with chatting(operators=(7,)) as chat:
        update = Update.de_json({"update_id": 1, "business_message": sent}, chat.bot.bot)
        takers = [
            handler.callback
            for group, handlers in chat.bot.handlers.items()
            for handler in handlers
            if group >= 0 and handler.check_update(update)
        ]
    assert takers == [business.on_message]
