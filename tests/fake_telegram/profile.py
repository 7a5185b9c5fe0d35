"""What the bot says of itself: commands by scope and language, names and descriptions."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.chats import Chats
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.formatting import length
from tests.fake_telegram.request import Request

SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
LIMITS = {"name": 64, "description": 512, "short_description": 120}  # characters


class Profile:
    """The methods whose names end in `MyCommands`, `MyName` and `My…Description`."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.commands: dict[tuple[str, str], list[JSON]] = {}  # by scope and language
        self.texts: dict[tuple[str, str], str] = {}  # by field and language

    @property
    def table(self) -> dict[str, Callable[[Request], Any]]:
        table: dict[str, Callable[[Request], Any]] = {
            "setmycommands": self.set_commands,
            "getmycommands": lambda request: self.commands.get(self._key(request), []),
            "deletemycommands": self.delete_commands,
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
