"""What happened a short while ago, bounded in number; a new start forgets it."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Message

TWICE = 30.0  # s between two presses that mean one
NEAR = 5.0  # s, by Telegram's clock
SAME_NOTE_SECONDS = 600.0  # in which a note that comes again is not answered again
REMEMBERED = 10_000  # presses, notes or chats

Press = tuple[int, str]  # by whom, and the button's data
Place = tuple[int, int]  # a chat and a message in it


class CallbackDebounce:
    """A button that is pressed twice at once, as impatient people do, does its work once."""

    def __init__(self) -> None:
        self._at: OrderedDict[Press, float] = OrderedDict()  # s, monotonic

    @contextmanager
    def doing(self, press: Press) -> Iterator[bool]:
        """Whether to do the work of a press now; when that fails, the next press does it."""
        now = time.monotonic()
        if now - self._at.get(press, -TWICE) < TWICE:
            yield False
            return
        self._at[press] = now
        _bound(self._at)
        try:
            yield True
        except BaseException:
            self.forget(press)
            raise

    def forget(self, press: Press) -> None:
        self._at.pop(press, None)


class RecentNotes:
    """When the last note came into each chat: what comes beside one, such as "is this real?", is
    meant for it and needs no hint of ours."""

    def __init__(self) -> None:
        self._notes: OrderedDict[int, float] = OrderedDict()  # by chat; Unix seconds

    def note(self, message: Message) -> None:
        self._notes[message.chat_id] = message.date.timestamp()
        self._notes.move_to_end(message.chat_id)
        _bound(self._notes)

    def has_near(self, message: Message) -> bool:
        """Whether a note came shortly before or after a message in the same chat."""
        at = self._notes.get(message.chat_id)
        return at is not None and abs(message.date.timestamp() - at) <= NEAR


class RecentReplies:
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
        if len(self._at) >= REMEMBERED:
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


def _bound(remembered: OrderedDict[Any, Any]) -> None:
    """Forget what came first."""
    if len(remembered) > REMEMBERED:
        remembered.popitem(last=False)
