"""What Telegram remembers: people, chats, who belongs to them, and messages."""

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import Any, Literal

from tests.fake_telegram.errors import JSON
from tests.fake_telegram.files import Files

Kind = Literal["supergroup", "group", "channel", "private"]


@dataclass(frozen=True)
class Person:
    """Someone with Telegram; also their private chat with the bot."""

    id: int
    name: str
    language: str | None  # the tag the app sends, e.g. "pt-br"; some apps send none

    @property
    def as_user(self) -> JSON:
        user: JSON = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | ({"language_code": self.language} if self.language else {})

    @property
    def as_chat(self) -> JSON:
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(frozen=True)
class Chat:
    """A group, a channel, or two people's private chat, which only guests see."""

    id: int
    title: str
    kind: Kind = "supergroup"
    forum: bool = False  # has topics
    other: Person | None = None  # in a private chat, which is called by that person's number

    @property
    def as_chat(self) -> JSON:
        if self.other:
            return self.other.as_chat
        chat: JSON = {"id": self.id, "type": self.kind, "title": self.title}
        return chat | ({"is_forum": True} if self.forum else {})


Place = Person | Chat


class Chats(Files):
    """All chats of one bot."""

    def __init__(self, bot: JSON) -> None:
        super().__init__()
        self.bot = bot
        self.chats: dict[int, Place] = {}
        self.blocked: set[int] = set()  # people who blocked the bot
        self.started: set[int] = set()  # people who wrote to the bot, so that it may write to them
        self.members: dict[int, dict[int, str]] = {}  # chat → user → status
        self.forbidden: dict[int, set[str]] = {}  # chat → what members may not send ("photos")
        self.reactions: dict[int, list[str]] = {}  # chat → the emoji it allows, where it says so
        self.moved: dict[int, int] = {}  # groups that became supergroups: old id → new id
        self.topics: dict[tuple[int, int], JSON] = {}  # chat, thread → the message that opened it
        self.reacted: dict[tuple[int, int], list[str]] = {}  # chat, message → the bot's reaction
        self.connections: dict[str, JSON] = {}  # of business accounts, by their names
        self.whispers: list[JSON] = []  # ephemeral messages, each to its "receiver_user"
        self._messages: dict[int, dict[int, JSON]] = defaultdict(dict)  # chat → number → message
        self._from_bot: set[tuple[int, int]] = set()
        self._chat_ids, self._message_ids = count(710_000_001), count(1)

    def person(self, name: str, language: str | None) -> Person:
        person = Person(next(self._chat_ids), name, language)
        self.chats[person.id] = person
        return person

    def chat(self, title: str, kind: Kind, forum: bool = False) -> Chat:
        number = next(self._chat_ids)
        chat = Chat(-number if kind == "group" else -1_000_000_000_000 - number, title, kind, forum)
        self.chats[chat.id] = chat
        self.members[chat.id] = {}
        return chat

    def between(self, other: Person) -> Chat:
        """A private chat of two people. Its number is not the bot's to use."""
        return Chat(-next(self._chat_ids), "", "private", other=other)

    def status(self, chat_id: int, user_id: int) -> str:
        """`creator`, `administrator`, `member`, `restricted`, `left` or `kicked`."""
        return self.members.get(chat_id, {}).get(user_id, "left")

    def number(self) -> int:
        """The number of a message that does not exist yet."""
        return next(self._message_ids)

    def add(self, chat: Place, sender: JSON | None, **content: Any) -> JSON:
        """Put a message into a chat; a channel's posts have no sender."""
        message: JSON = {
            "message_id": self.number(),
            "date": int(time.time()),
            "chat": chat.as_chat,
        }
        message |= ({"from": sender} if sender else {}) | content
        self._messages[chat.id][message["message_id"]] = message
        if sender is self.bot:
            self._from_bot.add((chat.id, message["message_id"]))
        elif isinstance(chat, Person):
            self.started.add(chat.id)
        return message

    def message(self, chat_id: int, message_id: int) -> JSON | None:
        return self._messages[chat_id].get(message_id)

    def is_from_bot(self, message: JSON) -> bool:
        return (message["chat"]["id"], message["message_id"]) in self._from_bot

    def remove(self, chat_id: int, message_id: int) -> None:
        del self._messages[chat_id][message_id]

    def said(self, chat_id: int) -> list[JSON]:
        """All messages that stand in a chat now, oldest first."""
        return list(self._messages[chat_id].values())

    def by_bot(self, chat_id: int) -> list[JSON]:
        """The messages of the bot that stand in a chat now, oldest first."""
        return [
            message
            for number, message in self._messages[chat_id].items()
            if (chat_id, number) in self._from_bot
        ]
