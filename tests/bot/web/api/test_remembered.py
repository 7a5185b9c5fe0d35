"""Answers are kept for an hour, and no more of them than there is room for."""

import pytest

from bot.web.api import remembered
from bot.web.api.remembered import KEPT_SECONDS, Name, Remembered


def name(letter: str) -> Name:
    return ("program", letter, "ouvido-9.9.9", "en")


def test_an_answer_is_known_for_an_hour() -> None:
    now = 0.0
    answers = Remembered(lambda: now)
    answers.keep(name("a"), {"score": 0.5})
    now = KEPT_SECONDS
    assert answers.get(name("a")) == {"score": 0.5}
    assert answers.get(("another", *name("a")[1:])) is None
    now += 0.1
    assert answers.get(name("a")) is None
    assert answers._size == 0


def test_the_oldest_goes_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_BYTES", 1000)
    answers = Remembered()
    for letter in "abcdefghij":
        answers.keep(name(letter), {"text": "x" * 300})
        answers.keep(name(letter), {"text": "twice"})
    assert [letter for letter in "abcdefghij" if answers.get(name(letter))] == ["h", "i", "j"]
    assert answers._size < 1000
    answers.keep(name("k"), {"text": "x" * 2000})  # larger than all room
    assert answers.get(name("k")) is None
    assert answers._size == 0
