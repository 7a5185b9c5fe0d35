"""Messages, pictures, files and reactions that the bot sends."""

from collections.abc import Callable
from typing import Any

from telegram.constants import ReactionEmoji

from tests.fake_telegram import rules
from tests.fake_telegram.access import chat_of, may_send
from tests.fake_telegram.chats import Chats, Place
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.files import File
from tests.fake_telegram.posting import Posting
from tests.fake_telegram.request import Request

THUMBNAIL = 320  # pixels, the longer side; photos come back in several sizes, the largest last
WORDS = {"photo": "photos", "document": "documents", "voice": "voice notes", "audio": "music"}


class Sending:
    """The methods whose names begin with `send`, and `setMessageReaction`."""

    def __init__(self, chats: Chats, posting: Posting) -> None:
        self.chats, self.posting = chats, posting

    @property
    def table(self) -> dict[str, Callable[[Request], Any]]:
        return {
            "sendmessage": self.send_message,
            "sendphoto": lambda request: self._send_media(request, "photo"),
            "senddocument": lambda request: self._send_media(request, "document"),
            "sendvoice": lambda request: self._send_media(request, "voice"),
            "sendaudio": lambda request: self._send_media(request, "audio"),
            "sendmediagroup": self.send_media_group,
            "sendchataction": self.send_chat_action,
            "setmessagereaction": self.set_message_reaction,
        }

    def send_message(self, request: Request) -> JSON:
        text = rules.text(request.text("text"), request.text("parse_mode"))
        may_send(self.chats, self.posting.place(request), "text messages")
        return self.posting.post(request, text=text)

    def send_media_group(self, request: Request) -> list[JSON]:
        album = request.json("media") or []
        if not 2 <= len(album) <= 10:
            raise bad_request("group send failed: must include 2-10 messages")
        kinds = {item.get("type") for item in album}
        if not kinds <= WORDS.keys() or len(kinds - {"photo", "video"}) > 1:
            raise bad_request("can't use the media of the specified type in the album")
        place, group = self.posting.place(request), str(self.chats.number())
        contents = [self._media(request, place, item["type"], item) for item in album]
        return [self.posting.post(request, media_group_id=group, **content) for content in contents]

    def send_chat_action(self, request: Request) -> bool:
        self.posting.place(request)
        if request.text("action") not in rules.CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    def set_message_reaction(self, request: Request) -> bool:
        chat, reaction = chat_of(self.chats, request), request.json("reaction") or []
        number = request.number("message_id")
        if self.chats.message(chat.id, number) is None:
            raise bad_request("message to react not found")
        if len(reaction) > 1:  # a bot has no Premium
            raise bad_request("REACTIONS_TOO_MANY")
        emoji = [item.get("emoji", "") for item in reaction]
        allowed = self.chats.reactions.get(chat.id, list(ReactionEmoji))
        if not set(emoji) <= set(allowed):
            raise bad_request("REACTION_INVALID")
        self.chats.reacted[chat.id, number] = emoji
        return True

    def _send_media(self, request: Request, kind: str) -> JSON:
        place = self.posting.place(request)
        item = {name: request.text(name) for name in ("caption", "parse_mode")}
        item["media"] = request.text(kind) or (f"attach://{kind}" if request.files else "")
        return self.posting.post(request, **self._media(request, place, kind, item))

    def _media(self, request: Request, place: Place, kind: str, item: JSON) -> JSON:
        """The content of a message out of an upload or of a file that was sent before."""
        caption = rules.caption(item.get("caption", ""), item.get("parse_mode", ""))
        file, name = self._file(request, kind, item.get("media", ""))
        may_send(self.chats, place, WORDS[kind])
        content: JSON = {"caption": caption} if caption else {}
        if kind == "photo":
            return content | {"photo": photo_sizes(self.chats, file)}
        details: JSON = {} if kind == "document" else {"duration": request.number("duration")}
        details |= {"file_name": name} if name else {}
        return content | {kind: file.as_json | details}

    def _file(self, request: Request, kind: str, named: str) -> tuple[File, str]:
        if not named:
            raise bad_request(f"there is no {kind} in the request")
        if not named.startswith("attach://"):
            return self.chats.sendable(named, kind), ""
        field = named.removeprefix("attach://")
        if field not in request.files:
            raise bad_request(f"there is no {kind} in the request")
        data = request.files[field]
        if kind == "photo":
            rules.photo(data)
        else:
            rules.upload(data)
        return self.chats.keep(kind, data), request.names.get(field, "")


def photo_sizes(chats: Chats, file: File) -> list[JSON]:
    """The sizes of a picture, the smallest first; they are files of their own."""
    width, height = rules.size(file.data)
    scale = min(1.0, THUMBNAIL / max(width, height))
    small = chats.files.get(f"{file.id}s") or chats.keep_as(f"{file.id}s", "photo", file.data)
    return [
        small.as_json | {"width": round(width * scale), "height": round(height * scale)},
        file.as_json | {"width": width, "height": height},
    ]
