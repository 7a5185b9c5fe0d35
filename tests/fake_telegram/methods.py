"""The methods of the Bot API that a bot may call, each as strict as Telegram's."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.chats import MAX_DOWNLOAD, Chat, Chats, Person
from tests.fake_telegram.errors import JSON, BotApiError, bad_request
from tests.fake_telegram.updates import Updates

MAX_POLL = 50  # s


@dataclass(frozen=True)
class Request:
    """The parameters of one call as they came over the wire."""

    parameters: dict[str, str]
    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.parameters.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(float(self.parameters.get(name, default)))
        except ValueError as error:
            raise bad_request(f"can't parse {name}") from error

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1")

    def json(self, name: str) -> Any:
        try:
            return json.loads(self.parameters[name]) if name in self.parameters else None
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error


@dataclass
class Profile:
    """What the bot says of itself, by language (and scope)."""

    commands: dict[tuple[str, str], list[JSON]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by field and language


class Methods:
    """What the bot can do to the chats."""

    def __init__(self, chats: Chats, updates: Updates, callbacks: set[str]) -> None:
        self.chats, self.updates, self.callbacks = chats, updates, callbacks
        self.profile = Profile()
        self._table: dict[str, Callable[[Request], Any]] = {
            "getme": lambda request: self.chats.bot,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "getfile": self.get_file,
            "getchat": lambda request: self._chat(request).as_chat,
            "sendmessage": self.send_message,
            "sendphoto": self.send_photo,
            "sendchataction": self.send_chat_action,
            "editmessagetext": self.edit_text,
            "editmessagecaption": self.edit_caption,
            "editmessagemedia": self.edit_media,
            "editmessagereplymarkup": self.edit_keyboard,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_callback_query,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            "deletemycommands": self.delete_my_commands,
            "getmyname": lambda request: self._get_text(request, "name"),
            "getmydescription": lambda request: self._get_text(request, "description"),
            "getmyshortdescription": lambda request: self._get_text(request, "short_description"),
            "setmyname": lambda request: self._set_text(request, "name", 64),
            "setmydescription": lambda request: self._set_text(request, "description", 512),
            "setmyshortdescription": lambda request: self._set_text(
                request, "short_description", 120
            ),
        }

    async def call(self, method: str, request: Request) -> Any:
        if method.lower() == "getupdates":
            return await self.get_updates(request)
        if method.lower() not in self._table:
            raise BotApiError(404, "Not Found: method not found")
        return self._table[method.lower()](request)

    async def get_updates(self, request: Request) -> list[JSON]:
        self.updates.allow(request.json("allowed_updates"))
        limit = min(max(request.number("limit", 100), 1), 100)
        seconds = min(max(request.number("timeout"), 0), MAX_POLL)
        return await self.updates.poll(request.number("offset"), limit, seconds)

    def set_webhook(self, request: Request) -> bool:
        self.updates.allow(request.json("allowed_updates"))
        drop = request.flag("drop_pending_updates")
        self.updates.set_webhook(request.text("url"), request.text("secret_token"), drop)
        return True

    def delete_webhook(self, request: Request) -> bool:
        self.updates.set_webhook("", "", request.flag("drop_pending_updates"))
        return True

    def get_webhook_info(self, request: Request) -> JSON:
        return {
            "url": self.updates.webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }

    def get_file(self, request: Request) -> JSON:
        file = self.chats.file(request.text("file_id"))
        if file.size > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return file.as_json | {"file_path": file.path}

    def send_message(self, request: Request) -> JSON:
        text = rules.text(request.text("text"), request.text("parse_mode"))
        return self._send(request, text=text)

    def send_photo(self, request: Request) -> JSON:
        caption = rules.caption(request.text("caption"), request.text("parse_mode"))
        photo = self._photo(request, request.text("photo"))
        if self._chat(request).id in self.chats.wordy:
            raise bad_request("not enough rights to send photos to the chat")
        return self._send(request, photo=photo, caption=caption)

    def send_chat_action(self, request: Request) -> bool:
        self._chat(request)
        if request.text("action") not in rules.CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        return True

    def edit_text(self, request: Request) -> JSON:
        message = self._editable(request)
        text = rules.text(request.text("text"), request.text("parse_mode"))
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        return self._edit(request, message, text=text)

    def edit_caption(self, request: Request) -> JSON:
        message = self._editable(request)
        caption = rules.caption(request.text("caption"), request.text("parse_mode"))
        if "photo" not in message:
            raise bad_request("there is no caption in the message to edit")
        return self._edit(request, message, caption=caption)

    def edit_media(self, request: Request) -> JSON:
        message, media = self._editable(request), request.json("media") or {}
        if media.get("type") != "photo":
            raise bad_request("can't parse InputMedia")
        caption = rules.caption(media.get("caption", ""), media.get("parse_mode", ""))
        photo = self._photo(request, media.get("media", ""))
        return self._edit(request, message, photo=photo, caption=caption)

    def edit_keyboard(self, request: Request) -> JSON:
        return self._edit(request, self._editable(request))

    def delete_message(self, request: Request) -> bool:
        chat, number = self._chat(request), request.number("message_id")
        if self.chats.message(chat.id, number) is None:
            raise bad_request("message to delete not found")
        self.chats.remove(chat.id, number)
        return True

    def answer_callback_query(self, request: Request) -> bool:
        query = request.text("callback_query_id")
        rules.at_most(200, request.text("text"), "MESSAGE")
        if query not in self.callbacks:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self.callbacks.remove(query)
        return True

    def set_my_commands(self, request: Request) -> bool:
        commands = rules.commands(request.json("commands") or [])
        self.profile.commands[self._commands_key(request)] = commands
        return True

    def get_my_commands(self, request: Request) -> list[JSON]:
        return self.profile.commands.get(self._commands_key(request), [])

    def delete_my_commands(self, request: Request) -> bool:
        self.profile.commands.pop(self._commands_key(request), None)
        return True

    def _set_text(self, request: Request, name: str, limit: int) -> bool:
        language = rules.language(request.text("language_code"))
        self.profile.texts[name, language] = rules.at_most(limit, request.text(name), f"bot {name}")
        return True

    def _get_text(self, request: Request, name: str) -> JSON:
        language = rules.language(request.text("language_code"))
        return {name: self.profile.texts.get((name, language), "")}

    def _commands_key(self, request: Request) -> tuple[str, str]:
        return rules.scope(request.json("scope")), rules.language(request.text("language_code"))

    def _chat(self, request: Request) -> Person | Chat:
        if not request.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.chats.get(request.number("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        if chat.id in self.chats.blocked:
            raise BotApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _photo(self, request: Request, name: str) -> list[JSON]:
        """An upload under its own name or `attach://…`, or a photo that was sent before."""
        data = request.files.get(name.removeprefix("attach://") or "photo")
        if data is None:
            if not name:
                raise bad_request("there is no photo in the request")
            data = self.chats.file(name).data
        width, height = rules.photo(data)
        return [self.chats.keep("photo", data).as_json | {"width": width, "height": height}]

    def _replied_to(self, request: Request, chat: Person | Chat) -> JSON:
        reply = request.json("reply_parameters") or {}
        number = reply.get("message_id") or request.number("reply_to_message_id")
        lenient = reply.get("allow_sending_without_reply", False)
        lenient = lenient or request.flag("allow_sending_without_reply")
        if not number:
            return {}
        message = self.chats.message(chat.id, number)
        if message is None:
            if lenient:
                return {}
            raise bad_request("message to be replied not found")
        return {"reply_to_message": {k: v for k, v in message.items() if k != "reply_to_message"}}

    def _send(self, request: Request, **content: Any) -> JSON:
        chat = self._chat(request)
        content |= self._replied_to(request, chat)
        if markup := rules.keyboard(request.json("reply_markup")):
            content["reply_markup"] = markup
        return self.chats.add(chat, self.chats.bot, **content)

    def _editable(self, request: Request) -> JSON:
        message = self.chats.message(self._chat(request).id, request.number("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not message["from"]["is_bot"]:
            raise bad_request("message can't be edited")
        return message

    def _edit(self, request: Request, message: JSON, **content: Any) -> JSON:
        before = dict(message)
        markup = rules.keyboard(request.json("reply_markup"))
        message.pop("reply_markup", None)
        message.update(content | ({"reply_markup": markup} if markup else {}))
        if message == before:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        return message
