"""Whether a group wants a note judged and answered unasked, and when, by its settings."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Message
from telegram.constants import ReactionEmoji

from bot.db.tables import ChatRow
from inference.verdict import SUSPICIOUS, Label

SUMMARY_MINUTES = 30  # between two summaries, unless SUMMARY_NOTES wait
SUMMARY_NOTES = 10
IN_A_ROW = 3  # notes that somebody sends in a row are replied to; the others become a summary

# Nothing that could pass for "I agree", for a voice may ask for money, and nothing that looks as if
# somebody were watched or doubted. Telegram allows no robot.
REACTIONS = {
    Label.SYNTHETIC: ReactionEmoji.ALIEN_MONSTER,
    Label.MIXED: ReactionEmoji.ALIEN_MONSTER,
    Label.HUMAN: ReactionEmoji.WRITING_HAND,
    Label.INCONCLUSIVE: ReactionEmoji.SHRUG,
}
ZONE_OF_LANGUAGE = {"pt-BR": "America/Sao_Paulo"}  # until somebody chooses; the others are UTC


def wants(chat: ChatRow | None, message: Message) -> bool:
    """Return whether a note is to be judged although nobody asked about it."""
    if chat is None or chat.notes == "asked":
        return False
    sender = message.from_user
    if message.via_bot or (sender and sender.is_bot and not message.sender_chat):
        return False  # bots that answer bots never end; a sender_chat is a person behind a name
    return chat.notes == "all" or message.forward_origin is not None


def speaks(chat: ChatRow, label: Label) -> bool:
    """Return whether the group wants to be told of a verdict with this label."""
    return label in SUSPICIOUS or not chat.only_suspicious


def is_quiet(chat: ChatRow, language: str, now: float | None = None) -> bool:
    """Return whether `now`, in Unix seconds, is within the group's quiet hours."""
    start, end = chat.quiet_from, chat.quiet_to
    if start is None or end is None or start == end:
        return False
    moment = datetime.fromtimestamp(time.time() if now is None else now, zone_of(chat, language))
    minute = moment.hour * 60 + moment.minute
    return start <= minute < end if start < end else minute >= start or minute < end


def zone_of(chat: ChatRow | None, language: str) -> ZoneInfo:
    """Return the group's time zone, else that of `language`, else UTC."""
    chosen = chat.timezone if chat else None
    return ZoneInfo(chosen or ZONE_OF_LANGUAGE.get(language, "UTC"))


def clock(minutes: int) -> str:
    """Format minutes since midnight as HH:MM."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
