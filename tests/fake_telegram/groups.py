"""Groups and channels, what happens in them, and guest mode's calls from anywhere."""

from typing import Any

from tests.fake_telegram.chats import Chat, Kind, Person
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.parts import TELEGRAM
from tests.fake_telegram.people import People
from tests.fake_telegram.posting import without_reply


class Groups(People):
    """People who meet in groups."""

    def group(
        self,
        title: str = "Família",
        kind: Kind = "supergroup",
        member: bool = True,
        forum: bool = False,
    ) -> Chat:
        """A group; the bot is in it unless `member` says that it never was."""
        group = self.chats.chat(title, kind, forum)
        if member:
            self.chats.members[group.id][self.bot["id"]] = "member"
        return group

    def channel(self, title: str = "Notícias") -> Chat:
        """A channel with the bot as its administrator."""
        channel = self.chats.chat(title, "channel")
        self.chats.members[channel.id][self.bot["id"]] = "administrator"
        return channel

    def conversation(self, other: Person) -> Chat:
        """Somebody's private chat with `other`: nothing to the bot but when it is called there."""
        return self.chats.between(other)

    def promotes(
        self, group: Chat, who: Person | None = None, status: str = "administrator"
    ) -> None:
        """Make a person, or the bot itself, administrator or `creator` (or `restricted`, …)."""
        user = who.id if who else self.bot["id"]
        before = self.chats.status(group.id, user)
        self.chats.members[group.id][user] = status
        if who is None:
            self._bot_became(self._anybody(), group, before, status)

    def forbids(self, group: Chat, *what: str) -> None:
        """Let members no longer send "text messages", "photos", "documents", "voice notes" …"""
        self.chats.forbidden[group.id] = set(what)

    def adds_bot(self, person: Person, group: Chat) -> None:
        """Somebody takes the bot into a group."""
        before = self.chats.status(group.id, self.bot["id"])
        self.chats.members[group.id].setdefault(person.id, "member")
        self.chats.members[group.id][self.bot["id"]] = "member"
        self._bot_became(person, group, before, "member")
        self._happens(group, person.as_user, new_chat_members=[self.bot])

    def removes_bot(self, person: Person, group: Chat) -> None:
        before = self.chats.status(group.id, self.bot["id"])
        self.chats.members[group.id][self.bot["id"]] = "kicked"
        self._bot_became(person, group, before, "kicked")

    def topic(self, group: Chat, name: str = "Golpes") -> int:
        """Open a topic; the number of its thread."""
        opened: JSON = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self.chats.add(group, self._anybody().as_user, **opened)
        thread = message["message_thread_id"] = int(message["message_id"])
        message["is_topic_message"] = True
        self.chats.topics[group.id, thread] = message
        self.updates.add("message", message)
        return thread

    def migrates(self, group: Chat) -> Chat:
        """A plain group becomes a supergroup: another number, the same people."""
        new = self.chats.chat(group.title, "supergroup")
        self.chats.members[new.id] = dict(self.chats.members[group.id])
        somebody = self._anybody().as_user
        self._happens(group, somebody, migrate_to_chat_id=new.id)
        self.chats.moved[group.id] = new.id
        self._happens(new, somebody, migrate_from_chat_id=group.id)
        return new

    def posts(self, channel: Chat, kind: str, data: bytes, details: JSON) -> JSON:
        """A file in a channel, which nobody in particular sends."""
        file = self.chats.keep(kind, data)
        message = self.chats.add(
            channel, None, sender_chat=channel.as_chat, **{kind: file.as_json | details}
        )
        self.updates.add("channel_post", message)
        return message

    def carries_over(self, post: JSON, group: Chat) -> JSON:
        """Telegram copies a channel's post into the group where it is discussed."""
        content = {name: post[name] for name in post if name not in ("message_id", "chat", "from")}
        origin = {
            "type": "channel",
            "chat": post["chat"],
            "message_id": post["message_id"],
            "date": post["date"],
        }
        content |= {"is_automatic_forward": True, "forward_origin": origin}
        message = self.chats.add(group, TELEGRAM, **content)
        if self.is_shown(message):
            self.updates.add("message", message)
        return message

    def notes(self, person: Person, chat: Chat, data: bytes, duration: int = 5) -> JSON:
        """A voice note where the bot is not, for somebody to call it to."""
        voice = self.chats.keep("voice", data).as_json
        voice |= {"duration": duration, "mime_type": "audio/ogg"}
        return self.chats.add(chat, person.as_user, voice=voice)

    def summons(
        self, person: Person, chat: Chat, note: JSON | None = None, text: str = "", **more: Any
    ) -> JSON:
        """Somebody writes "@bot" in reply to `note` where the bot is no member: guest mode."""
        written = text or f"@{self.bot['username']}"
        entity = {"type": "mention", "offset": 0, "length": len(f"@{self.bot['username']}")}
        content: JSON = {"text": written, "entities": [entity]} | more
        if note:
            content["reply_to_message"] = without_reply(note)
        message = self.chats.add(chat, person.as_user, **content)
        query = self.queries.ask("guest", person, chat, message)
        self.updates.add("guest_message", message | {"guest_query_id": query})
        return message

    def _happens(self, group: Chat, sender: JSON, **what: Any) -> None:
        """A service message; every bot in the group gets it."""
        self.updates.add("message", self.chats.add(group, sender, **what))

    def _anybody(self) -> Person:
        return Person(999, "Admin", None)
