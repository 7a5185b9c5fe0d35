"""A chat of the fake Telegram becomes HTML that looks as it does on a phone."""

import base64
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.chats import Chat, Person, Place
from tests.fake_telegram.errors import JSON

CSS = (Path(__file__).parent / "phone.css").read_text()
SOUNDS = {"voice": "🎤", "audio": "🎵", "video_note": "⏺", "video": "🎬"}
SERVICE = {
    "new_chat_members": "the bot was added",
    "forum_topic_created": "topic opened",
    "migrate_to_chat_id": "became a supergroup",
    "migrate_from_chat_id": "became a supergroup",
}


@dataclass(frozen=True)
class Notice:
    """What a pressed button shows over the chat."""

    text: str
    alert: bool  # has to be closed


def page(phones: list[str]) -> str:
    """Phones beside each other."""
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{CSS}</style>{"".join(phones)}'


def phone(telegram: FakeTelegram, me: Person, place: Place, notice: Notice | None) -> str:
    """What `me` sees of a chat now, and a notice over it."""
    title = place.title or "João" if isinstance(place, Chat) else telegram.bot["first_name"]
    kind = place.kind if isinstance(place, Chat) else "bot"
    turns = [_turn(telegram, me, message) for message in telegram.chats.said(place.id)]
    whispers = [
        _turn(telegram, me, message)
        for message in telegram.chats.whispers
        if message["chat"]["id"] == place.id and message["receiver_user"]["id"] == me.id
    ]
    over = ""
    if notice:
        over = f'<div class="{"alert" if notice.alert else "toast"}">{escape(notice.text)}</div>'
    chat = "".join([*turns, *whispers, over])
    return (
        f'<div class="phone" lang="{me.language}"><div class="title">{escape(title)}'
        f'<small>{kind} · {me.language}</small></div><div class="chat">{chat}</div></div>'
    )


def _turn(telegram: FakeTelegram, me: Person, message: JSON) -> str:
    for kind, happened in SERVICE.items():
        if kind in message:
            return f'<div class="service">{happened}</div>'
    sender = message.get("from", telegram.bot)
    classes = ["turn", *(["mine"] if sender["id"] == me.id else [])]
    classes += ["bot"] if sender["id"] == telegram.bot["id"] else []
    keys = _keys(message)
    if keys or "photo" in message:
        classes.append("wide")
    named = message["chat"]["type"] != "private" and "mine" not in classes
    parts = [f'<div class="name">{escape(sender["first_name"])}</div>' if named else ""]
    parts += [_forward(message), _quote(message), _content(telegram, message)]
    words = message.get("text", message.get("caption", ""))
    parts.append(f'<div class="text">{escape(words)}</div>' if words else "")
    place = message["chat"]["id"], message["message_id"]
    parts += [
        f'<span class="reaction">{each}</span>' for each in telegram.chats.reacted.get(place, ())
    ]
    if "receiver_user" in message:
        parts.append('<div class="forward">👁 only you see this</div>')
    return (
        f'<div class="{" ".join(classes)}"><div class="bubble">{"".join(parts)}</div>{keys}</div>'
    )


def _forward(message: JSON) -> str:
    origin = message.get("forward_origin")
    if not origin:
        return ""
    return (
        f'<div class="forward">Forwarded from {escape(origin.get("sender_user_name", "…"))}</div>'
    )


def _quote(message: JSON) -> str:
    quoted = message.get("reply_to_message")
    if not quoted or "forum_topic_created" in quoted:
        return ""
    name = quoted.get("from", {}).get("first_name", "")
    icon = next((SOUNDS[kind] for kind in SOUNDS if kind in quoted), "")
    icon = icon or ("🖼" if "photo" in quoted else "")
    words = quoted.get("text", quoted.get("caption", ""))
    return f'<div class="quote"><b>{escape(name)}</b><span>{icon} {escape(words)}</span></div>'


def _content(telegram: FakeTelegram, message: JSON) -> str:
    if message.get("photo"):
        data = telegram.chats.file(message["photo"][-1]["file_id"]).data
        return f'<img src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">'
    for kind, icon in SOUNDS.items():
        if kind in message:
            minutes, seconds = divmod(message[kind].get("duration", 0), 60)
            return f'<div class="sound"><i>▶</i>{icon} ▂▅▃▇▂▅▇▃▂▆▃▅ {minutes}:{seconds:02}</div>'
    if "document" in message:
        name = escape(message["document"].get("file_name", "file"))
        size = message["document"]["file_size"] / 1024
        return f'<div class="sound"><i>📄</i>{name}<br>{size:.0f} KB</div>'
    return ""


def _keys(message: JSON) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    drawn = []
    for row in rows:
        keys = (
            f'<span class="key{" link" if "url" in key else ""}">{escape(key["text"])}</span>'
            for key in row
        )
        drawn.append(f"<div>{''.join(keys)}</div>")
    return f'<div class="keys">{"".join(drawn)}</div>' if drawn else ""
