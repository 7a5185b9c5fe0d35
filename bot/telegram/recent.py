"""Bounded memories of what happened in the last minutes; lost at a restart."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Message

TWICE = 30.0  # s within which a second press of a button is ignored
NEAR = 5.0  # s between a note and a text that is about it
ROW_SECONDS = 60.0  # s between two notes of somebody that still belong to one row
SAME_NOTE_SECONDS = 600.0  # in which the same recording is not answered again in a group
REMEMBERED = 10_000  # presses, notes or chats

Press = tuple[int, str]  # a person's id, and the button's data
Place = tuple[int, int]  # a chat and a message in it


class CallbackDebounce:
    """Callback debounce: a button that is pressed twice within TWICE seconds acts once."""

    def __init__(self) -> None:
        self._at: OrderedDict[Press, float] = OrderedDict()  # s, monotonic

    @contextmanager
    def doing(self, press: Press) -> Iterator[bool]:
        """Yield whether to act on a press; an exception inside makes the next press act."""
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
        """Let the next press act."""
        self._at.pop(press, None)


class RecentNotes:
    """When the last note came into each chat.

    A text right beside a note, such as "is this real?", is about it and gets no hint from the bot.
    """

    def __init__(self) -> None:
        self._notes: OrderedDict[int, float] = OrderedDict()  # by chat; Unix seconds

    def note(self, message: Message) -> None:
        """Remember a message that holds a note."""
        self._notes[message.chat_id] = message.date.timestamp()
        self._notes.move_to_end(message.chat_id)
        _bound(self._notes)

    def has_near(self, message: Message) -> bool:
        """Return whether a note came within NEAR seconds of a message in the same chat."""
        at = self._notes.get(message.chat_id)
        return at is not None and abs(message.date.timestamp() - at) <= NEAR


class RecentReplies:
    """Which recordings a group was told about in the last minutes.

    It is in memory only, so that a restarted bot completes what a killed one had begun.
    """

    def __init__(self) -> None:
        self._at: dict[tuple[int, str], tuple[int, float]] = {}  # → message, s (monotonic)
        self._asked: OrderedDict[Place, None] = OrderedDict()
        self._said: OrderedDict[Place, float] = OrderedDict()  # Unix s; inf: is being said
        # By chat and sender: the notes of their row, and when its last one was sent (Unix s)
        self._rows: OrderedDict[Place, tuple[int, float]] = OrderedDict()

    def first(self, chat_id: int, sha256: str, message_id: int) -> bool:
        """Return whether a message is to be answered unasked, and remember it.

        Not when another message of the group held the same recording in the last
        SAME_NOTE_SECONDS, nor when somebody has asked about this one.
        """
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

    def in_a_row(self, chat_id: int, sender: int, sent_at: float) -> int:
        """Count a note that is to be told of; return how many its sender has sent in a row.

        Notes of an album, or forwarded together, are sent within a moment; ROW_SECONDS without one
        end a row.
        """
        count, last = self._rows.pop((chat_id, sender), (0, sent_at))
        count = count + 1 if sent_at - last < ROW_SECONDS else 1
        self._rows[chat_id, sender] = count, max(sent_at, last)
        _bound(self._rows)
        return count

    @contextmanager
    def telling(self, chat_id: int, message_id: int) -> Iterator[None]:
        """Inside, an unasked answer is being sent; unless it fails, the note counts as answered."""
        self._said[chat_id, message_id] = math.inf
        _bound(self._said)
        try:
            yield
        except BaseException:
            self._said.pop((chat_id, message_id), None)
            raise
        self._said[chat_id, message_id] = time.time()

    def answers(self, chat_id: int, message_id: int, asked_at: float) -> bool:
        """Return whether an unasked answer to a note came after the question, of `asked_at`.

        Then the question (in Unix seconds) needs none. Otherwise the note counts as asked about,
        and `first` is false for it.
        """
        if self._said.get((chat_id, message_id), -math.inf) >= asked_at:
            return True
        self._asked[chat_id, message_id] = None
        _bound(self._asked)
        return False


def _bound(remembered: OrderedDict[Any, Any]) -> None:
    """Drop the oldest entry when there are more than REMEMBERED."""
    if len(remembered) > REMEMBERED:
        remembered.popitem(last=False)
