"""What people do with Telegram: they send, reply and press; each becomes an update."""

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fake_telegram.chats import Chat, Chats, Person, Place
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.membership import member
from tests.fake_telegram.parts import (
    ANONYMOUS,
    AS_CHANNEL,
    SOUNDS,
    buttons,
    entities,
    hidden,
    reply,
)
from tests.fake_telegram.queries import Queries
from tests.fake_telegram.updates import Updates


class People:
    """The people who talk with one bot.

    `**where` of what is sent: `chat=` a group, `reply_to=` a message (of another chat as well),
    `forwarded=True`, `thread=` of a topic, `sender_chat=` the group itself for an anonymous
    administrator or a channel, `caption=`; whatever else is a field of the message as it is.
    """

    def __init__(self, bot: JSON) -> None:
        self.bot = bot
        self.chats = Chats(bot)
        self.updates = Updates()
        self.queries = Queries()  # pressed buttons and guests' questions, not yet answered
        self.privacy = True  # of groups the bot sees only what is meant for it

    def person(self, name: str = "Maria", language: str | None = "pt-br") -> Person:
        return self.chats.person(name, language)

    def sent_to(self, chat: Place) -> list[JSON]:
        """What the bot wrote that stands in a chat now, oldest first."""
        return self.chats.by_bot(chat.id)

    def reaction(self, message: JSON) -> list[str]:
        """The emoji that the bot has put to a message."""
        return self.chats.reacted.get((message["chat"]["id"], message["message_id"]), [])

    def sends_text(self, person: Person, text: str, **where: Any) -> JSON:
        """A text or a command; `/start@bot` and `@bot` are marked as Telegram marks them."""
        content: JSON = {"text": text}
        if found := entities(text):
            content["entities"] = found
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

    def sends_album(
        self, person: Person, files: list[tuple[str, bytes, JSON]], **where: Any
    ) -> list[JSON]:
        """Several files at once, (kind, data, details) each: as many updates with one number."""
        group = {"media_group_id": str(self.chats.number())}
        return [
            self._sends(
                person, {kind: self.chats.keep(kind, data).as_json | details} | group, **where
            )
            for kind, data, details in files
        ]

    def forwards(
        self, person: Person, message: JSON, origin: JSON | None = None, **where: Any
    ) -> JSON:
        """The same file once more; `origin` as the Bot API has it, else a hidden sender."""
        content = {kind: message[kind] for kind in (*SOUNDS, "text") if kind in message}
        content["forward_origin"] = origin or hidden()
        return self._sends(person, content, **where)

    def presses(self, person: Person, message: JSON, data: str, inaccessible: bool = False) -> str:
        """Press a button under a message of the bot; the id of the callback query.

        `data` may be what no button there says, as a hostile app would send it; `inaccessible` is
        how a message looks that is too old or deleted.
        """
        chat = self.chats.chats.get(message["chat"]["id"])
        query = self.queries.ask("callback", person, chat)
        content = {"id": query, "from": person.as_user, "chat_instance": "1", "data": data}
        if "inline_message_id" in message:
            content["inline_message_id"] = message["inline_message_id"]
        elif inaccessible:
            kept = {name: message[name] for name in ("chat", "message_id")}
            content["message"] = kept | {"date": 0}
        else:
            content["message"] = message
        self.updates.add("callback_query", content)
        return query

    def taps(self, person: Person, message: JSON, wanted: str) -> str:
        """Press the button whose label or data contains `wanted`, or follow its link."""
        for button in buttons(message):
            if wanted in button["text"] or wanted in button.get("callback_data", ""):
                if "url" in button:
                    self.follows(person, button["url"])
                    return ""
                return self.presses(person, message, button["callback_data"])
        raise AssertionError(f"no button {wanted!r} among {buttons(message)}")

    def follows(self, person: Person, url: str) -> JSON:
        """Open a link to the bot and press START there; refuses what Telegram's apps refuse."""
        address = urlsplit(url)
        assert address.netloc == "t.me", url
        assert address.path == f"/{self.bot['username']}", url
        payload = parse_qs(address.query, keep_blank_values=True).get("start", [""])[0]
        assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload), f"Telegram drops {payload!r}"
        return self.sends_text(person, f"/start {payload}".strip())

    def blocks(self, person: Person) -> None:
        """Stop and block the bot."""
        self.chats.blocked.add(person.id)
        self._bot_became(person, person, "member", "kicked")

    def _bot_became(self, by: Person, chat: Place, before: str, after: str) -> None:
        change = {
            "chat": chat.as_chat,
            "from": by.as_user,
            "date": int(time.time()),
            "old_chat_member": member(self.chats, self.bot["id"], before),
            "new_chat_member": member(self.chats, self.bot["id"], after),
        }
        self.updates.add("my_chat_member", change)

    def _sends(
        self,
        person: Person,
        content: JSON,
        chat: Chat | None = None,
        reply_to: JSON | None = None,
        forwarded: bool = False,
        thread: int | None = None,
        sender_chat: Chat | None = None,
        caption: str = "",
        **more: Any,
    ) -> JSON:
        place, sender = chat or person, person.as_user
        content = content | (
            {"caption": caption, "caption_entities": entities(caption)} if caption else {}
        )
        content |= more
        if sender_chat:
            sender = ANONYMOUS if sender_chat is chat else AS_CHANNEL
            content = content | {"sender_chat": sender_chat.as_chat}
        elif chat:
            self.chats.members.get(chat.id, {}).setdefault(person.id, "member")
        if thread:
            content = content | {"message_thread_id": thread, "is_topic_message": True}
            reply_to = reply_to or self.chats.topics[place.id, thread]
        content = content | reply(place, reply_to)
        if forwarded:
            content = content | {"forward_origin": hidden()}
        message = self.chats.add(place, sender, **content)
        if chat is None or self.is_shown(message):
            self.updates.add("message", message)
        return message

    def is_shown(self, message: JSON) -> bool:
        """Whether the bot sees what someone wrote in a group."""
        status = self.chats.status(message["chat"]["id"], self.bot["id"])
        if status in ("left", "kicked"):
            return False
        if not self.privacy or status == "administrator":
            return True
        to_bot = message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]
        written = str(message.get("text", message.get("caption", "")))
        command, _, addressed = written.partition(" ")[0].partition("@")
        for_bot = command.startswith("/") and addressed in ("", self.bot["username"])
        # BotFather: messages that "either start with the '/' symbol or mention the bot by username"
        named = re.search(rf"@{self.bot['username']}\b", written, re.IGNORECASE)
        return to_bot or for_bot or bool(named)
