"""When the bot speaks by itself in a group, and when it holds its tongue."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Message
from telegram.constants import ReactionEmoji

from bot.db.tables import Chat
from inference.verdict import Label

SUMMARY_MINUTES = 30  # at most so often, unless many notes wait
SUMMARY_NOTES = 10
SAME_NOTE_SECONDS = 600.0  # in which a note that comes again is not answered again
MOST_REMEMBERED = 10_000

# Nothing that could pass for "I agree": a voice may ask for money. Telegram allows no robot.
REACTIONS = {
    Label.SYNTHETIC: ReactionEmoji.ALIEN_MONSTER,
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
    return label is Label.SYNTHETIC or not chat.only_suspicious


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


Place = tuple[int, int]  # a chat and a message in it


class Told:
    """Which recordings a group was told about just now. A new start forgets, so that what a killed
    bot had begun is answered."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, str], tuple[int, float]] = {}  # → message, s (monotonic)
        self._asked: OrderedDict[Place, None] = OrderedDict()
        self._said: OrderedDict[Place, float] = OrderedDict()  # Unix s; inf: is being said

    def first(self, chat_id: int, sha256: str, message_id: int) -> bool:
        """Whether no other message in this group held the same recording a short while ago, and
        nobody asked about this one."""
        if (chat_id, message_id) in self._asked:
            return False
        now = time.monotonic()
        if len(self._at) >= MOST_REMEMBERED:
            self._at = {
                key: entry for key, entry in self._at.items() if now - entry[1] < SAME_NOTE_SECONDS
            }
        message, at = self._at.get((chat_id, sha256), (message_id, now))
        if message != message_id and now - at < SAME_NOTE_SECONDS:
            return False
        self._at[chat_id, sha256] = message_id, now
        return True

    @contextmanager
    def telling(self, chat_id: int, message_id: int) -> Iterator[None]:
        """While and after which a note has its answer without having been asked about."""
        self._said[chat_id, message_id] = math.inf
        _bound(self._said)
        try:
            yield
        except BaseException:
            self._said.pop((chat_id, message_id), None)
            raise
        self._said[chat_id, message_id] = time.time()

    def answers(self, chat_id: int, message_id: int, asked_at: float) -> bool:
        """Whether who asked about a note at `asked_at`, Unix seconds, crossed with its answer. If
        not, theirs is the answer."""
        if self._said.get((chat_id, message_id), -math.inf) >= asked_at:
            return True
        self._asked[chat_id, message_id] = None
        _bound(self._asked)
        return False


def _bound(remembered: OrderedDict[Place, Any]) -> None:
    if len(remembered) > MOST_REMEMBERED:
        remembered.popitem(last=False)
