"""What happened just now: the second of two quick presses does nothing, nothing is told twice."""

import pytest

from bot.telegram.recent import (
    REMEMBERED,
    SAME_NOTE_SECONDS,
    TWICE,
    CallbackDebounce,
    RecentReplies,
)

PRESS = (7, "compare:A")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.recent.time.monotonic", lambda: now[0])
    return now


def pressed(presses: CallbackDebounce, press: tuple[int, str] = PRESS) -> bool:
    with presses.doing(press) as first:
        return first


def test_of_two_quick_presses_the_first_counts(now: list[float]) -> None:
    presses = CallbackDebounce()
    assert pressed(presses)
    now[0] = TWICE - 1
    assert not pressed(presses)
    assert pressed(presses, (8, "compare:A"))
    now[0] = TWICE
    assert pressed(presses)


def test_what_failed_is_done_at_the_next_press() -> None:
    presses = CallbackDebounce()
    with pytest.raises(RuntimeError), presses.doing(PRESS):
        raise RuntimeError
    assert pressed(presses)


def test_what_is_remembered_has_a_bound() -> None:
    presses = CallbackDebounce()
    for number in range(REMEMBERED + 1):
        assert pressed(presses, (number, "a"))
    assert pressed(presses, (0, "a"))
    assert not pressed(presses, (REMEMBERED, "a"))


def test_the_same_recording_is_told_once_in_ten_minutes_and_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.recent.time.monotonic", lambda: now[0])
    told = RecentReplies()
    assert told.first(-1, "a", 5)
    assert told.first(-1, "a", 5)  # the same message: its answer was cut off
    assert not told.first(-1, "a", 6)
    assert told.first(-1, "b", 6)
    assert told.first(-2, "a", 7)
    now[0] = SAME_NOTE_SECONDS + 1
    assert told.first(-1, "a", 8)


def test_who_asks_before_or_while_a_note_is_told_crosses_with_its_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.recent.time.time", lambda: 100.0)
    told = RecentReplies()
    with told.telling(-1, 5):
        assert told.answers(-1, 5, 200.0)
    assert told.answers(-1, 5, 100.0)
    assert not told.answers(-1, 5, 101.0)
    assert not told.answers(-1, 6, 100.0)
    assert not told.answers(-2, 5, 100.0)


def test_a_note_that_was_asked_about_is_not_told_by_itself() -> None:
    told = RecentReplies()
    assert not told.answers(-1, 5, 100.0)
    assert not told.first(-1, "a", 5)
    assert told.first(-1, "a", 6)


def test_what_could_not_be_told_is_answered_when_asked_about() -> None:
    told = RecentReplies()
    with pytest.raises(RuntimeError), told.telling(-1, 5):
        raise RuntimeError
    assert not told.answers(-1, 5, 100.0)


def test_what_is_remembered_of_recordings_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.recent.time.monotonic", lambda: now[0])
    told = RecentReplies()
    for number in range(REMEMBERED):
        told.first(-1, str(number), number)
    now[0] = SAME_NOTE_SECONDS + 1
    told.first(-1, "new", 1)
    assert len(told._at) == 1


def test_a_row_of_notes_ends_with_a_minute_without_one_and_is_one_sender_s() -> None:
    replies = RecentReplies()
    assert [replies.in_a_row(-7, 1, at) for at in (0, 1, 59, 118, 177.5, 238)] == [1, 2, 3, 4, 5, 1]
    assert replies.in_a_row(-7, 2, 238) == 1
    assert replies.in_a_row(-8, 1, 238) == 1
