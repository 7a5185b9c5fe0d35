"""The parts of messages as Telegram writes them: special senders, entities, replies, buttons."""

import re

from tests.fake_telegram.chats import Place
from tests.fake_telegram.errors import JSON
from tests.fake_telegram.formatting import length
from tests.fake_telegram.posting import without_reply

SOUNDS = ("voice", "audio", "video", "video_note", "document")
ANONYMOUS: JSON = {  # how an administrator looks who does not want to be known
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
AS_CHANNEL: JSON = {  # how someone looks who speaks as their channel
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM: JSON = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


def buttons(message: JSON) -> list[JSON]:
    """The buttons under a message, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def entities(text: str) -> list[JSON]:
    """Commands, mentions and links, where Telegram sees them."""
    found = []
    for match in re.finditer(r"https?://\S+", text):
        offset = length(text[: match.start()])
        found.append({"type": "url", "offset": offset, "length": length(match[0])})
    for match in re.finditer(r"(?<!\S)/[A-Za-z0-9_]{1,32}(@\w{5,32})?|(?<![\w@])@\w{5,32}", text):
        kind = "bot_command" if match[0].startswith("/") else "mention"
        offset = length(text[: match.start()])
        found.append({"type": kind, "offset": offset, "length": length(match[0])})
    return found


def reply(place: Place, message: JSON | None) -> JSON:
    if not message:
        return {}
    if message["chat"] == place.as_chat:
        return {"reply_to_message": without_reply(message)}
    kept = {kind: message[kind] for kind in SOUNDS if kind in message}
    return {"external_reply": {"origin": hidden()} | kept}


def hidden() -> JSON:
    return {"type": "hidden_user", "sender_user_name": "Someone", "date": 1}
