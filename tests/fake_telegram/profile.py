"""What the bot says of itself: commands by scope and language, names and descriptions; its picture,
menu button and the rights that it asks for."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.chats import Chats
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.files import File
from tests.fake_telegram.formatting import length
from tests.fake_telegram.request import Request

SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
RIGHTS = (
    "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages",
    "can_manage_topics",
)  # fmt: skip
OF_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
LIMITS = {"name": 64, "description": 512, "short_description": 120}  # characters


class Profile:
    """The methods whose names end in `MyCommands`, `MyName`, `My…Description` and so on."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.commands: dict[tuple[str, str], list[JSON]] = {}  # by scope and language
        self.picture: File | None = None  # the bot's own
        self.texts: dict[tuple[str, str], str] = {}  # by field and language
        self.rights: JSON = dict.fromkeys(RIGHTS, False)
        self.button: JSON = {"type": "default"}
        self.photo: bytes | None = None

    @property
    def table(self) -> dict[str, Callable[[Request], Any]]:
        table: dict[str, Callable[[Request], Any]] = {
            "setmycommands": self.set_commands,
            "getmycommands": lambda request: self.commands.get(self._key(request), []),
            "deletemycommands": self.delete_commands,
            "getmydefaultadministratorrights": lambda _: self.rights,
            "setmydefaultadministratorrights": self.set_rights,
            "getchatmenubutton": lambda _: self.button,
            "setchatmenubutton": self.set_button,
            "setmyprofilephoto": self.set_photo,
            "getuserprofilephotos": self.get_user_profile_photos,
        }
        for name in LIMITS:
            method = f"my{name.replace('_', '')}"
            table[f"get{method}"] = partial(self._get, name)
            table[f"set{method}"] = partial(self._set, name)
        return table

    def set_commands(self, request: Request) -> bool:
        commands = request.json("commands") or []
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            name, description = command["command"].removeprefix("/"), command["description"]
            if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= length(description) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[self._key(request)] = commands
        return True

    def delete_commands(self, request: Request) -> bool:
        self.commands.pop(self._key(request), None)
        return True

    def set_rights(self, request: Request) -> bool:
        rights = request.object("rights")
        if request.flag("for_channels") or rights.keys() - {*RIGHTS, *OF_CHANNELS}:
            raise bad_request("wrong rights")
        self.rights = {name: bool(rights.get(name)) for name in RIGHTS}
        return True

    def set_button(self, request: Request) -> bool:
        button = request.object("menu_button")
        if button.get("type") not in ("default", "commands"):
            raise bad_request("menu button type is unsupported")
        self.button = button
        return True

    def set_photo(self, request: Request) -> bool:
        photo = request.object("photo")
        if photo.get("type") != "static":
            raise bad_request("photo type is unsupported")
        data = request.files.get(str(photo.get("photo")).removeprefix("attach://"), b"")
        if not data.startswith(b"\xff\xd8\xff"):
            raise bad_request("PHOTO_INVALID")
        self.photo, self.picture = data, self._chats.keep("photo", data)
        return True

    def get_user_profile_photos(self, request: Request) -> JSON:
        if request.number("user_id") != self._chats.bot["id"]:
            return {"total_count": 0, "photos": []}  # people's are not known here
        shown = [self.picture.as_json | {"width": 160, "height": 160}] if self.picture else []
        return {"total_count": len(shown), "photos": [shown] if shown else []}

    def _key(self, request: Request) -> tuple[str, str]:
        scope = request.object("scope") or {"type": "default"}
        kind = str(scope.get("type", ""))
        if kind in CHAT_SCOPES:
            if scope.get("chat_id") not in self._chats.chats:
                raise bad_request("chat not found")
            kind = ":".join(
                str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope
            )
        elif kind not in SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        return kind, _language(request)

    def _set(self, name: str, request: Request) -> bool:
        text = rules.at_most(LIMITS[name], request.text(name), f"bot {name}")
        self.texts[name, _language(request)] = text
        return True

    def _get(self, name: str, request: Request) -> JSON:
        return {name: self.texts.get((name, _language(request)), "")}


def _language(request: Request) -> str:
    """A two-letter code or nothing: Telegram refuses "pt-BR" here."""
    value = request.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", value):
        raise bad_request("invalid language code specified")
    return value
