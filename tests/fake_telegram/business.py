"""Telegram Business: an account connects the bot, which then gets what is written in its chats."""

import time
from typing import Any

from tests.fake_telegram.chats import Chat, Person
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.groups import Groups
from tests.fake_telegram.posting import without_reply


class Business(Groups):
    """People some of whom have an account of Telegram Business."""

    def connects(self, owner: Person, enabled: bool = True, connection: str = "") -> str:
        """Connect the bot, or with the name of a `connection` change it; that name.

        The bot may write to the owner from then on.
        """
        name = connection or f"business{self.chats.number()}"
        self.chats.started.add(owner.id)
        self.chats.connections[name] = {
            "id": name,
            "user": owner.as_user,
            "user_chat_id": owner.id,
            "date": int(time.time()),
            "is_enabled": enabled,
            "rights": {},
        }
        self.updates.add("business_connection", self.chats.connections[name])
        return name

    def writes_in(
        self,
        connection: str,
        chat: Chat,
        sender: Person,
        reply_to: JSON | None = None,
        **content: Any,
    ) -> JSON:
        """The owner or a customer writes in one of the chats, `conversation(customer)`."""
        if reply_to:
            content["reply_to_message"] = without_reply(reply_to)
        message = self.chats.add(chat, sender.as_user, business_connection_id=connection, **content)
        self.updates.add("business_message", message)
        return message

    def records_in(self, connection: str, chat: Chat, sender: Person, data: bytes) -> JSON:
        """The same with a voice note."""
        voice = self.chats.keep("voice", data).as_json
        voice |= {"duration": 5, "mime_type": "audio/ogg"}
        return self.writes_in(connection, chat, sender, voice=voice)
