"""The second of two quick presses does nothing, unless the first one failed."""

import pytest

from bot.telegram.once import REMEMBERED, TWICE, Once

PRESS = (7, "compare:A")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("bot.telegram.once.time.monotonic", lambda: now[0])
    return now


def pressed(presses: Once, press: tuple[int, str] = PRESS) -> bool:
    with presses.doing(press) as first:
        return first


def test_of_two_quick_presses_the_first_counts(now: list[float]) -> None:
    presses = Once()
    assert pressed(presses)
    now[0] = TWICE - 1
    assert not pressed(presses)
    assert pressed(presses, (8, "compare:A"))
    now[0] = TWICE
    assert pressed(presses)


def test_what_failed_is_done_at_the_next_press() -> None:
    presses = Once()
    with pytest.raises(RuntimeError), presses.doing(PRESS):
        raise RuntimeError
    assert pressed(presses)


def test_what_is_remembered_has_a_bound() -> None:
    presses = Once()
    for number in range(REMEMBERED + 1):
        assert pressed(presses, (number, "a"))
    assert pressed(presses, (0, "a"))
    assert not pressed(presses, (REMEMBERED, "a"))
