"""Messages of the bot that it changes or takes away."""

from collections.abc import Callable
from typing import Any

from tests.fake_telegram import markup, rules
from tests.fake_telegram.access import chat_of
from tests.fake_telegram.chats import Chat, Chats
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.request import Request
from tests.fake_telegram.sending import photo_sizes

CAPTIONED = ("photo", "document", "voice", "audio")


class Editing:
    """The methods whose names begin with `edit` and `delete`; `inline` are guests' messages."""

    def __init__(self, chats: Chats, inline: dict[str, JSON]) -> None:
        self.chats, self.inline = chats, inline

    @property
    def table(self) -> dict[str, Callable[[Request], Any]]:
        return {
            "editmessagetext": self.edit_text,
            "editmessagecaption": self.edit_caption,
            "editmessagemedia": self.edit_media,
            "editmessagereplymarkup": self.edit_keyboard,
            "deletemessage": self.delete,
        }

    def edit_text(self, request: Request) -> JSON | bool:
        message = self._editable(request)
        text = rules.text(request.text("text"), request.text("parse_mode"))
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        return self._edit(request, message, text=text)

    def edit_caption(self, request: Request) -> JSON | bool:
        message = self._editable(request)
        caption = rules.caption(request.text("caption"), request.text("parse_mode"))
        if not set(CAPTIONED) & message.keys():
            raise bad_request("there is no caption in the message to edit")
        return self._edit(request, message, caption=caption)

    def edit_media(self, request: Request) -> JSON | bool:
        message, media = self._editable(request), request.object("media")
        if media.get("type") != "photo":
            raise bad_request("can't parse InputMedia")
        if "photo" not in message and "text" not in message:
            raise bad_request("message can't be edited")  # an album's picture stays a picture
        caption = rules.caption(media.get("caption", ""), media.get("parse_mode", ""))
        named = str(media.get("media", ""))
        if named.startswith("attach://"):
            data = request.files.get(named.removeprefix("attach://"))
            if data is None:
                raise bad_request("there is no photo in the request")
            if "chat" not in message:
                raise bad_request("can't upload a file for an inline message")
            rules.photo(data)
            file = self.chats.keep("photo", data)
        else:
            file = self.chats.sendable(named, "photo")
        message.pop("text", None)
        return self._edit(request, message, photo=photo_sizes(self.chats, file), caption=caption)

    def edit_keyboard(self, request: Request) -> JSON | bool:
        return self._edit(request, self._editable(request))

    def delete(self, request: Request) -> bool:
        chat, number = chat_of(self.chats, request), request.number("message_id")
        message = self.chats.message(chat.id, number)
        if message is None:
            raise bad_request("message to delete not found")
        rights = self.chats.status(chat.id, self.chats.bot["id"]) == "administrator"
        if isinstance(chat, Chat) and not rights and not self.chats.is_from_bot(message):
            raise bad_request("message can't be deleted")
        self.chats.remove(chat.id, number)
        return True

    def _editable(self, request: Request) -> JSON:
        if name := request.text("inline_message_id"):
            if name not in self.inline:
                raise bad_request("MESSAGE_ID_INVALID")
            return self.inline[name]
        chat = chat_of(self.chats, request)
        message = self.chats.message(chat.id, request.number("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not self.chats.is_from_bot(message):
            raise bad_request("message can't be edited")
        return message

    def _edit(self, request: Request, message: JSON, **content: Any) -> JSON | bool:
        before, private = dict(message), message.get("chat", {}).get("type") == "private"
        buttons = markup.inline(request.object("reply_markup"), private)
        message.pop("reply_markup", None)
        message.update(content | ({"reply_markup": buttons} if buttons else {}))
        if not message.get("caption"):
            message.pop("caption", None)
        if message == before:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        return True if request.text("inline_message_id") else message
