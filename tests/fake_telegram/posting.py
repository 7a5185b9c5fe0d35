"""A message of the bot finds its place: chat, topic, reply, buttons, and for whose eyes."""

from typing import Any

from tests.fake_telegram import markup
from tests.fake_telegram.access import chat_of
from tests.fake_telegram.chats import Chat, Chats, Person, Place
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.queries import Queries
from tests.fake_telegram.request import Request


class Posting:
    """What all methods that send have in common."""

    def __init__(self, chats: Chats, queries: Queries, ephemeral: bool) -> None:
        self.chats, self.queries = chats, queries
        self.ephemeral = ephemeral  # whether this Telegram knows messages for one member only

    def place(self, request: Request) -> Place:
        return chat_of(self.chats, request, writing=True)

    def post(self, request: Request, **content: Any) -> JSON:
        """The message as it stands in the chat; raises what Telegram would refuse."""
        chat = self.place(request)
        content |= self._reply(request, chat)
        content |= self._topic(request, chat, content.get("reply_to_message"))
        if buttons := markup.inline(request.object("reply_markup"), isinstance(chat, Person)):
            content["reply_markup"] = buttons
        whisper = request.object("ephemeral_message_parameters") if self.ephemeral else {}
        if whisper:
            return self._whisper(chat, whisper, content)
        return self.chats.add(chat, self.chats.bot, **content)

    def _reply(self, request: Request, chat: Place) -> JSON:
        reply = request.object("reply_parameters")
        number = reply.get("message_id") or request.number("reply_to_message_id")
        lenient = reply.get("allow_sending_without_reply", False)
        lenient = lenient or request.flag("allow_sending_without_reply")
        if not number:
            return {}
        if reply.get("chat_id", chat.id) not in (chat.id, str(chat.id)):
            raise bad_request("replies to other chats are not known here")
        message = self.chats.message(chat.id, number)
        if message is None:
            if lenient:
                return {}
            raise bad_request("message to be replied not found")
        return {"reply_to_message": without_reply(message)}

    def _topic(self, request: Request, chat: Place, reply: JSON | None) -> JSON:
        """A reply goes into the topic of what it replies to, everything else where it is told.

        In a group without topics it belongs to the thread of comments of what it replies to.
        """
        reply = reply or {}
        thread = request.number("message_thread_id")
        if not thread and reply and not reply.get("is_topic_message"):
            carried = reply["message_id"] if reply.get("is_automatic_forward") else 0
            first = reply.get("message_thread_id", carried)
            return {"message_thread_id": first} if first else {}
        thread = thread or reply.get("message_thread_id", 0)
        if not thread:
            return {}
        if (chat.id, thread) not in self.chats.topics:
            raise bad_request("message thread not found")
        return {"message_thread_id": thread, "is_topic_message": True}

    def _whisper(self, chat: Place, whisper: JSON, content: JSON) -> JSON:
        if not isinstance(chat, Chat):
            raise bad_request("BOT_NOT_ADMIN")
        receiver = whisper.get("receiver_user_id")
        if query := whisper.get("callback_query_id"):
            if self.queries.look("callback", str(query)).person.id != receiver:
                raise bad_request("QUERY_ID_INVALID")
        elif self.chats.status(chat.id, self.chats.bot["id"]) != "administrator":
            raise bad_request("BOT_NOT_ADMIN")
        if self.chats.status(chat.id, int(receiver or 0)) in ("left", "kicked"):
            raise bad_request("PARTICIPANT_ID_INVALID")
        message: JSON = {
            "message_id": 0,
            "ephemeral_message_id": self.chats.number(),
            "date": 0,
            "chat": chat.as_chat,
            "from": self.chats.bot,
            "receiver_user": self.chats.chats[int(receiver or 0)].as_chat
            | {"is_bot": False, "id": receiver},
        } | content
        self.chats.whispers.append(message)
        return message


def without_reply(message: JSON) -> JSON:
    """A message as it is shown in a reply to it: what it replied to itself is left out."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
