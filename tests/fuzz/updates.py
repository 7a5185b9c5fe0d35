"""Mutated updates of Telegram go through the inbox and the bot's own handlers."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest

from bot.db.tables import Base
from bot.telegram.context import App, State
from bot.updates.inbox import Inbox
from bot.updates.polling import KINDS
from tests.bot.stand_ins import ReadyWorker, Telegram
from tests.bot.talking import bot
from tests.fuzz import mutate

OPERATOR = 7
USER = {
    "id": OPERATOR,
    "is_bot": False,
    "first_name": "Ana",
    "username": "ana",
    "language_code": "pt",
}
OURS = {"id": 1, "is_bot": True, "first_name": "Ouvido", "username": "ouvido_bot"}
ACCOUNT = {"id": "b", "user": USER, "user_chat_id": OPERATOR, "date": 1_700_000_000}
FILE = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 5}
SOUNDS: dict[str, dict[str, Any]] = {
    "voice": {**FILE, "mime_type": "audio/ogg"},
    "audio": {
        **FILE, "file_name": "a.mp3", "title": "t", "performer": "p", "mime_type": "audio/mpeg"
    },
    "video": {**FILE, "width": 3, "height": 4},
    "video_note": {**FILE, "length": 240},
    "document": {"file_id": "v", "file_unique_id": "u", "file_name": "a.wav", "file_size": 9},
    "paid_media": {
        "star_count": 3,
        "paid_media": [{"type": "video", "video": {**FILE, "width": 3, "height": 4}}],
    },
}  # fmt: skip
NOTE = {
    "message_id": 3, "date": 1_700_000_000, "from": USER, "voice": SOUNDS["voice"],
    "chat": {"id": OPERATOR, "type": "private"},
}  # fmt: skip
COMMANDS = (
    "/start", "/start 0123456789abcdef", "/help", "/privacy", "/about", "/check", "/why",
    "/settings", "/language", "/quiz", "/demo", "/donate", "/accuracy", "/mydata", "/forget",
    "/compare", "/stats", "/busiest", "/access", "/block 12", "/allow -100", "/undo 12",
    "/maintenance on back soon",
    "/maintenance off", "/check@ouvido_bot", "/start business", "hello",
)  # fmt: skip
PRESSES = (
    "why:{}", "file:{}", "close:{}", "zoom:{}", "zoom:{}:0:9", "zoom:{}:9999:0", "vote:{}",
    "vote:{}:right", "vote:{}:wrong", "report:{}", "compare:{}", "language:pt", "language:auto",
    "set:open", "set:page:quiet", "set:notes:all", "set:quiet_from:23", "set:timezone:Asia/Tokyo",
    "set:close", "donate:yes:human", "donate:no", "donate:{}", "mydata:file", "mydata:forget",
    "mydata:erase:0011223344556677", "forget:yes", "forget:no", "demo:human", "demo:machine",
    "quiz:human:1:0000:pt:1:0:0:7", "quiz:new", "", ":", "zoom:{}:٣:٤",
)  # fmt: skip
TOKEN = re.compile(r"why:([\w-]{16})")


class Willing(Telegram):
    """Says yes to everything, and what is asked about people, chats and accounts."""

    async def do_request(
        self, url: str, method: str, request_data: Any = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        name = url.partition("?")[0].rpartition("/")[2]
        known: dict[str, Any] = {
            "getChatMember": {"status": "creator", "user": USER, "is_anonymous": False},
            "getChatAdministrators": [{"status": "creator", "user": USER, "is_anonymous": False}],
            "getBusinessConnection": {**ACCOUNT, "is_enabled": True},
        }
        if name in known:
            return 200, json.dumps({"ok": True, "result": known[name]}).encode()
        return await super().do_request(url, method, request_data, *args, **kwargs)


class Talk:
    """A bot whose Telegram says yes to everything, and which remembers nothing between inputs."""

    def __init__(self, built: App, box: Inbox, telegram: Telegram, worker: ReadyWorker) -> None:
        self._bot, self._box, self._telegram, self._worker = built, box, telegram, worker
        self._number = 0

    async def tell(self, random: Random) -> tuple[str, bool]:
        """Its kind, and whether it had the form that Telegram gives its updates."""
        await self._forget()
        await self._take({"message": NOTE})
        update = _update(random, TOKEN.findall(json.dumps(self._telegram.sent, default=str))[-1])
        kind = next(iter(update))
        formed = random.random() < 0.7
        if formed and random.random() < 0.9:
            update = mutate.values(update, random)
        elif not formed:
            update = mutate.forms(update, random)
        if not isinstance(update, dict):
            return "no update", False
        await self._take(update)
        return kind, formed

    async def _take(self, update: dict[str, Any]) -> None:
        """One update to its end."""
        self._number += 1
        await self._box.take([{"update_id": self._number, **update}])
        while len(self._box):
            await asyncio.sleep(0.001)

    async def _forget(self) -> None:
        """Everything, so that an input does the same alone and after others."""
        self._telegram.sent.clear()
        del self._worker.asked[:], self._worker.parts[:], self._worker.drawn[:]
        state = self._bot.bot_data
        state.call_budget._calls.clear()
        self._bot.bot_data = State(state.settings, state.worker, state.store, state.call_budget)
        async with state.store.session() as session:
            for table in reversed(Base.metadata.sorted_tables):
                await session.execute(table.delete())


@asynccontextmanager
async def talk() -> AsyncIterator[Talk]:
    worker, telegram = ReadyWorker(), Willing({"v": b"a voice note"})
    settings: dict[str, Any] = {"operators": frozenset({OPERATOR}), "donations_mb": 0}
    with pytest.MonkeyPatch.context() as patch:
        async with bot(patch, worker, telegram, **settings) as built:
            box = Inbox(built.bot_data.store, built)
            await box.open()
            try:
                yield Talk(built, box, telegram, worker)
            finally:
                await box.leave()


def _update(random: Random, token: str) -> dict[str, Any]:
    kind = random.choice((*KINDS, "message", "message", "callback_query", "callback_query"))
    chat = random.choice((_private(), _private(), _group(random)))
    match kind:
        case "callback_query":
            return {kind: _press(chat, token, random)}
        case "my_chat_member":
            return {kind: _member(chat, random)}
        case "business_connection":
            rights = {"can_reply": True} if random.random() < 0.5 else {}
            return {kind: {**ACCOUNT, "is_enabled": random.random() < 0.7, "rights": rights}}
    message = _message(chat, random)
    if kind == "business_message":
        message["business_connection_id"] = "b"
    if kind == "guest_message":
        message["guest_query_id"] = "g"
    return {kind: message}


def _private() -> dict[str, Any]:
    return {"id": OPERATOR, "type": "private", "first_name": "Ana"}


def _group(random: Random) -> dict[str, Any]:
    kind = random.choice(("group", "supergroup", "channel"))
    extra = {"is_forum": True} if random.random() < 0.2 else {}
    return {"id": -1_000_000_000_007, "type": kind, "title": "G", **extra}


def _message(chat: dict[str, Any], random: Random, deep: bool = True) -> dict[str, Any]:
    message: dict[str, Any] = {
        "message_id": random.randrange(1, 99), "date": 1_700_000_000, "chat": chat, "from": USER
    }  # fmt: skip
    if random.random() < 0.5:
        name = random.choice(list(SOUNDS))
        message[name] = SOUNDS[name]
        if random.random() < 0.4:
            message["caption"] = random.choice(COMMANDS)
    else:
        text = random.choice(COMMANDS)
        message["text"] = text
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    if deep and random.random() < 0.4:
        message["reply_to_message"] = _message(chat, random, deep=False)
    if deep and random.random() < 0.1:
        origin = {"type": "user", "sender_user": USER, "date": 1}
        message["external_reply"] = {"origin": origin, "voice": SOUNDS["voice"]}
    for field, value in (
        ("sender_chat", {"id": -100, "type": "channel", "title": "C"}),
        ("via_bot", OURS),
        ("message_thread_id", 3),
        ("is_topic_message", True),
        ("media_group_id", "m"),
        ("quote", {"text": "q", "position": 0}),
        ("new_chat_members", [OURS]),
        ("migrate_to_chat_id", -1_000_000_000_009),
        ("forward_origin", {"type": "hidden_user", "sender_user_name": "H", "date": 1}),
        ("story", {"id": 3, "chat": {"id": 5, "type": "private"}}),
    ):
        if random.random() < 0.05:
            message[field] = value
    return message


def _press(chat: dict[str, Any], token: str, random: Random) -> dict[str, Any]:
    data = random.choice(PRESSES).format(token)
    if random.random() < 0.3:
        data = mutate.scattered(data.encode(), random).decode(errors="replace")[:64]
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": data}]]}
    message = {**_message(chat, random), "from": OURS, "reply_markup": keyboard}
    press: dict[str, Any] = {"id": "1", "from": USER, "chat_instance": "c", "data": data}
    if random.random() < 0.9:
        press["message"] = message
    else:  # too old for Telegram to send along, or sent by way of a guest's query
        press |= random.choice(({"message": {**message, "date": 0}}, {"inline_message_id": "i"}))
    return press


def _member(chat: dict[str, Any], random: Random) -> dict[str, Any]:
    states = [
        {"status": status, "user": OURS, **extra}
        for status, extra in (
            ("member", {}), ("left", {}), ("kicked", {"until_date": 0}), ("administrator", {
                "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True,
                "can_delete_messages": False, "can_manage_video_chats": False,
                "can_restrict_members": False, "can_promote_members": False,
                "can_change_info": False, "can_invite_users": False, "can_post_stories": False,
                "can_edit_stories": False, "can_delete_stories": False,
            }),
        )
    ]  # fmt: skip
    old, new = random.choice(states), random.choice(states)
    return {
        "chat": chat, "from": USER, "date": 1_700_000_000, "old_chat_member": old,
        "new_chat_member": new,
    }  # fmt: skip
