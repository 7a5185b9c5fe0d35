"""When the bot speaks by itself, and when it holds its tongue."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.db.tables import Chat
from bot.telegram import etiquette
from bot.telegram.etiquette import SAME_NOTE_SECONDS, Told, is_quiet


def at(hour: int, minute: int, zone: str = "America/Sao_Paulo") -> float:
    return datetime(2026, 6, 1, hour, minute, tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("hours", "hour", "minute", "quiet"),
    [
        ((22, 7), 21, 59, False),
        ((22, 7), 22, 0, True),
        ((22, 7), 3, 0, True),
        ((22, 7), 6, 59, True),
        ((22, 7), 7, 0, False),
        ((13, 15), 14, 0, True),
        ((13, 15), 15, 0, False),
        ((13, 15), 3, 0, False),
        ((9, 9), 9, 0, False),
        (None, 3, 0, False),
    ],
)
def test_the_quiet_hours_go_around_midnight_where_they_must(
    hours: tuple[int, int] | None, hour: int, minute: int, quiet: bool
) -> None:
    chat = Chat(id=-1, timezone="America/Sao_Paulo")
    if hours:
        chat.quiet_from, chat.quiet_to = hours[0] * 60, hours[1] * 60
    assert is_quiet(chat, "en", at(hour, minute)) is quiet


def test_a_group_without_a_place_has_the_time_of_its_language() -> None:
    chat = Chat(id=-1, quiet_from=22 * 60, quiet_to=7 * 60)
    moment = at(23, 0, "America/Sao_Paulo")  # 02:00 UTC
    assert is_quiet(chat, "pt-BR", moment)
    evening = at(20, 0, "America/Sao_Paulo")  # 23:00 UTC
    assert not is_quiet(chat, "pt-BR", evening)
    assert is_quiet(chat, "en", evening)


def test_the_same_recording_is_told_once_in_ten_minutes_and_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.etiquette.time.monotonic", lambda: now[0])
    told = Told()
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
    monkeypatch.setattr("bot.telegram.etiquette.time.time", lambda: 100.0)
    told = Told()
    with told.telling(-1, 5):
        assert told.answers(-1, 5, 200.0)
    assert told.answers(-1, 5, 100.0)
    assert not told.answers(-1, 5, 101.0)
    assert not told.answers(-1, 6, 100.0)
    assert not told.answers(-2, 5, 100.0)


def test_a_note_that_was_asked_about_is_not_told_by_itself() -> None:
    told = Told()
    assert not told.answers(-1, 5, 100.0)
    assert not told.first(-1, "a", 5)
    assert told.first(-1, "a", 6)


def test_what_could_not_be_told_is_answered_when_asked_about() -> None:
    told = Told()
    with pytest.raises(RuntimeError), told.telling(-1, 5):
        raise RuntimeError
    assert not told.answers(-1, 5, 100.0)


def test_what_is_remembered_of_recordings_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.etiquette.time.monotonic", lambda: now[0])
    told = Told()
    for number in range(etiquette.MOST_REMEMBERED):
        told.first(-1, str(number), number)
    now[0] = SAME_NOTE_SECONDS + 1
    told.first(-1, "new", 1)
    assert len(told._at) == 1
