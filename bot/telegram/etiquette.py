"""When the bot speaks by itself in a group, and when it holds its tongue."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Message
from telegram.constants import ReactionEmoji

from bot.db.tables import Chat
from inference.verdict import SUSPICIOUS, Label

SUMMARY_MINUTES = 30  # at most so often, unless many notes wait
SUMMARY_NOTES = 10

# Nothing that could pass for "I agree": a voice may ask for money. Telegram allows no robot.
REACTIONS = {
    Label.SYNTHETIC: ReactionEmoji.ALIEN_MONSTER,
    Label.MIXED: ReactionEmoji.ALIEN_MONSTER,
    Label.HUMAN: ReactionEmoji.EYES,
    Label.INCONCLUSIVE: ReactionEmoji.THINKING_FACE,
}
ZONE_OF_LANGUAGE = {"pt-BR": "America/Sao_Paulo"}  # until somebody chooses; the others are UTC


def wants(chat: Chat | None, message: Message) -> bool:
    """Whether a note that nobody asks about is to be heard."""
    if chat is None or chat.notes == "asked":
        return False
    sender = message.from_user
    if message.via_bot or (sender and sender.is_bot and not message.sender_chat):
        return False  # bots that answer bots never end; a sender_chat is a person behind a name
    return chat.notes == "all" or message.forward_origin is not None


def speaks(chat: Chat, label: Label) -> bool:
    """Whether what was heard is worth a word."""
    return label in SUSPICIOUS or not chat.only_suspicious


def is_quiet(chat: Chat, language: str, now: float | None = None) -> bool:
    """Whether the group sleeps at `now`, Unix seconds."""
    start, end = chat.quiet_from, chat.quiet_to
    if start is None or end is None or start == end:
        return False
    moment = datetime.fromtimestamp(time.time() if now is None else now, zone_of(chat, language))
    minute = moment.hour * 60 + moment.minute
    return start <= minute < end if start < end else minute >= start or minute < end


def zone_of(chat: Chat | None, language: str) -> ZoneInfo:
    """The time zone of a group whose members are spoken to in `language`."""
    chosen = chat.timezone if chat else None
    return ZoneInfo(chosen or ZONE_OF_LANGUAGE.get(language, "UTC"))


def clock(minutes: int) -> str:
    """Minutes since midnight as people write them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
