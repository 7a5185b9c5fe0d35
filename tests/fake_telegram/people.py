"""What people do with Telegram: they send, reply and press; each becomes an update."""

from itertools import count
from typing import Any

from tests.fake_telegram.chats import Chat, Chats, Person
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.updates import Updates


class People:
    """The people and groups that talk with one bot."""

    def __init__(self, bot: JSON) -> None:
        self.bot = bot
        self.chats = Chats(bot)
        self.updates = Updates()
        self.callbacks: set[str] = set()  # ids of pressed buttons, not yet answered
        self.privacy = True  # the bot sees of groups only commands and replies to itself
        self._callback_ids = count(1)

    def person(self, name: str = "Maria", language: str | None = "pt-br") -> Person:
        return self.chats.person(name, language)

    def group(self, title: str = "Família") -> Chat:
        return self.chats.group(title)

    def sent_to(self, chat: Person | Chat) -> list[JSON]:
        """What the bot wrote that stands in a chat now, oldest first."""
        return self.chats.by_bot(chat.id)

    def sends_text(self, person: Person, text: str, **where: Any) -> JSON:
        """A text or a command; `chat=` a group, `reply_to=` a message."""
        content: JSON = {"text": text}
        if text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            content["entities"] = [entity]
        return self._sends(person, content, **where)

    def sends_voice(self, person: Person, data: bytes, duration: int = 5, **where: Any) -> JSON:
        """A voice note as the app records it."""
        details = {"duration": duration, "mime_type": "audio/ogg"}
        return self.sends_file(person, "voice", data, details, **where)

    def sends_file(
        self,
        person: Person,
        kind: str,
        data: bytes,
        details: JSON,
        size: int | None = None,
        **where: Any,
    ) -> JSON:
        """A voice, audio, video, video_note or document; `size` claims more than is there."""
        file = self.chats.keep(kind, data, size)
        return self._sends(person, {kind: file.as_json | details}, **where)

    def presses(self, person: Person, message: JSON, data: str) -> str:
        """Press a button under a message of the bot; the id of the callback query."""
        query = f"cb{next(self._callback_ids)}"
        self.callbacks.add(query)
        content = {"id": query, "from": person.as_user, "chat_instance": "1", "data": data}
        self.updates.add("callback_query", content | {"message": message})
        return query

    def _sends(
        self,
        person: Person,
        content: JSON,
        chat: Chat | None = None,
        reply_to: JSON | None = None,
        forwarded: bool = False,
    ) -> JSON:
        if reply_to:
            content = content | {"reply_to_message": reply_to}
        if forwarded:
            origin = {"type": "hidden_user", "sender_user_name": "Someone", "date": 1}
            content = content | {"forward_origin": origin}
        message = self.chats.add(chat or person, person.as_user, **content)
        if chat is None or self._is_shown(message):
            self.updates.add("message", message)
        return message

    def _is_shown(self, message: JSON) -> bool:
        """Whether the bot sees a message in a group."""
        command, _, addressed = message.get("text", "").partition(" ")[0].partition("@")
        to_bot = message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]
        for_bot = command.startswith("/") and addressed in ("", self.bot["username"])
        return not self.privacy or to_bot or for_bot
