"""When the bot speaks by itself, and when it holds its tongue."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.db.tables import ChatRow
from bot.telegram.group_policy import is_quiet


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
    chat = ChatRow(id=-1, timezone="America/Sao_Paulo")
    if hours:
        chat.quiet_from, chat.quiet_to = hours[0] * 60, hours[1] * 60
    assert is_quiet(chat, "en", at(hour, minute)) is quiet


def test_a_group_without_a_place_has_the_time_of_its_language() -> None:
    chat = ChatRow(id=-1, quiet_from=22 * 60, quiet_to=7 * 60)
    moment = at(23, 0, "America/Sao_Paulo")  # 02:00 UTC
    assert is_quiet(chat, "pt-BR", moment)
    evening = at(20, 0, "America/Sao_Paulo")  # 23:00 UTC
    assert not is_quiet(chat, "pt-BR", evening)
    assert is_quiet(chat, "en", evening)
