"""What Telegram remembers: people, chats, messages and files, as Bot API objects."""

import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fake_telegram.errors import JSON, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes a bot may fetch
FOLDERS = {"voice": "oga", "audio": "mp3", "video": "mp4", "video_note": "mp4", "photo": "jpg"}


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
    """A group."""

    id: int
    title: str

    @property
    def as_chat(self) -> JSON:
        return {"id": self.id, "type": "supergroup", "title": self.title}


@dataclass(frozen=True)
class File:
    """A file people or the bot sent."""

    id: str
    path: str
    data: bytes
    size: int  # bytes; may be claimed without the data being there

    @property
    def as_json(self) -> JSON:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": self.size}


class Chats:
    """All chats of one bot."""

    def __init__(self, bot: JSON) -> None:
        self.bot = bot
        self.chats: dict[int, Person | Chat] = {}
        self.files: dict[str, File] = {}
        self.blocked: set[int] = set()  # chats whose person blocked the bot
        self.wordy: set[int] = set()  # groups that allow no pictures
        self._messages: dict[tuple[int, int], JSON] = {}
        self._chat_ids, self._message_ids, self._file_ids = count(1000), count(1), count(1)

    def person(self, name: str, language: str | None) -> Person:
        person = Person(next(self._chat_ids), name, language)
        self.chats[person.id] = person
        return person

    def group(self, title: str) -> Chat:
        group = Chat(-1_000_000_000_000 - next(self._chat_ids), title)
        self.chats[group.id] = group
        return group

    def keep(self, kind: str, data: bytes, size: int | None = None) -> File:
        number = next(self._file_ids)
        path = f"{kind}s/file_{number}.{FOLDERS.get(kind, 'bin')}"
        file = File(f"F{kind}{number:06d}", path, data, len(data) if size is None else size)
        self.files[file.id] = file
        return file

    def file(self, file_id: str) -> File:
        if file_id not in self.files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return self.files[file_id]

    def file_at(self, path: str) -> File | None:
        return next((file for file in self.files.values() if file.path == path), None)

    def add(self, chat: Person | Chat, sender: JSON, **content: Any) -> JSON:
        """Put a message into a chat."""
        message: JSON = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": chat.as_chat,
            "from": sender,
        } | content
        self._messages[chat.id, message["message_id"]] = message
        return message

    def message(self, chat_id: int, message_id: int) -> JSON | None:
        return self._messages.get((chat_id, message_id))

    def remove(self, chat_id: int, message_id: int) -> None:
        del self._messages[chat_id, message_id]

    def by_bot(self, chat_id: int) -> list[JSON]:
        """The messages of the bot that stand in a chat now, oldest first."""
        return [
            message
            for (chat, _), message in self._messages.items()
            if chat == chat_id and message["from"]["is_bot"]
        ]
