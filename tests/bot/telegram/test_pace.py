"""Twenty calls a minute to a group, no more; and no group costs another one anything."""

import pytest

from bot.telegram.pace import MOST, Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, which tests move."""
    now = [1000.0]
    monkeypatch.setattr("bot.telegram.pace.time.monotonic", lambda: now[0])
    return now


def test_calls_are_counted_for_a_minute_by_group(clock: list[float]) -> None:
    kept = Pace()
    for _ in range(MOST):
        kept.spend(-1)
        clock[0] += 1
    assert kept.left(-1) == 0
    assert kept.left(-2) == MOST
    clock[0] = 1060.5
    assert kept.left(-1) == 1


def test_it_tells_how_long_to_wait(clock: list[float]) -> None:
    kept = Pace()
    for _ in range(MOST - 1):
        kept.spend(-1)
    assert kept.wait(-1) == 0
    clock[0] += 10
    kept.spend(-1)
    assert kept.wait(-1) == pytest.approx(50)
    clock[0] += 50
    assert kept.wait(-1) == 0


def test_a_promised_call_is_not_promised_twice(clock: list[float]) -> None:
    kept = Pace()
    with kept.promise(-1):
        with kept.promise(-1):
            assert kept.left(-1) == MOST - 2
            assert kept.wait(-1) == 0  # it is no call yet
        assert kept.left(-1) == MOST - 1
    assert kept.left(-1) == MOST


def test_silent_groups_are_forgotten(clock: list[float]) -> None:
    kept = Pace()
    for group in range(1000):
        kept.spend(-group)
    clock[0] += 61
    kept.left(-1)
    assert kept._calls == {}
