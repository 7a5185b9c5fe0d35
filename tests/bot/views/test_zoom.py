"""Views of a recording never leave it, and each button shows something else."""

from dataclasses import replace

import pytest

from bot.texts import texts_for
from bot.views import zoom
from bot.views.zoom import View, within
from inference.verdict import Reason, Verdict, Window
from tests.bot.stand_ins import verdict

LONG = replace(
    verdict(),
    windows=tuple(Window(2.0 * n, 2.0 * n + 4, 0.9 if 20 <= n < 24 else 0.3) for n in range(58)),
)  # 118 s, artificial from 40 to 50 s


def test_the_first_view_surrounds_the_most_telling_stretch() -> None:
    shown = zoom.first(LONG)
    assert (shown.start <= 40, shown.end - shown.start, shown.length) == (True, 15, 118)
    assert shown.end > 44


def test_arrows_move_by_half_and_glasses_halve_and_double() -> None:
    moves = View(40, 50, 118).moves
    assert (moves["earlier"], moves["later"]) == (View(35, 45, 118), View(45, 55, 118))
    assert (moves["nearer"], moves["farther"]) == (View(43, 48, 118), View(35, 55, 118))


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        (View(0, 10, 118), {"later", "nearer", "farther"}),
        (View(108, 118, 118), {"earlier", "nearer", "farther"}),
        (View(0, 118, 118), {"nearer"}),
        (View(50, 52, 118), {"earlier", "later", "farther"}),
        (View(0, 2, 2), set()),
    ],
)
def test_there_is_no_button_that_would_show_the_same(shown: View, names: set[str]) -> None:
    assert set(shown.moves) == names


def test_from_any_view_every_way_stays_in_the_recording() -> None:
    seen, ahead = set(), [zoom.first(LONG)]
    while ahead:
        shown = ahead.pop()
        if shown not in seen:
            seen.add(shown)
            ahead += shown.moves.values()
    assert len(seen) > 100
    assert all(0 <= each.start < each.end <= 118 for each in seen)
    assert all(each.end - each.start >= zoom.SHORTEST for each in seen)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (["0", "9999"], View(0, 118, 118)),
        (["9000", "9999"], View(0, 118, 118)),
        (["117", "118"], View(116, 118, 118)),
        (["50", "40"], View(50, 52, 118)),
    ],
)
def test_what_lies_beyond_the_recording_is_brought_back(asked: list[str], shown: View) -> None:
    assert zoom.read(asked, LONG) == shown


@pytest.mark.parametrize("asked", [[], ["1"], ["1", "x"], ["1", "2", "3"]])
def test_what_is_no_part_is_nothing(asked: list[str]) -> None:
    assert zoom.read(asked, LONG) is None


def test_the_longest_artificial_stretches_are_offered_in_time_order() -> None:
    windows = tuple(Window(10.0 * n, 10.0 * n + 2 + n, 0.9) for n in range(5))
    offered = zoom.artificial(replace(verdict(), windows=windows))
    assert offered == [View(20, 24, 46), View(30, 35, 46), View(40, 46, 46)]


def test_a_recording_shorter_than_a_view_is_shown_whole() -> None:
    assert within(3, 10, 5) == View(0, 5, 5)


def test_a_part_says_where_its_marks_are_only_part_of_the_reason() -> None:
    found = replace(verdict(), pictured=False)
    said = zoom.caption(View(4, 8, 12), found, texts_for("en", "en"))
    assert "show only part of the reason" in said
    assert "show only part" not in zoom.caption(View(4, 8, 12), verdict(), texts_for("en", "en"))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (verdict(0.1), "🧑 This stretch sounds like a person: 10% chance that it is a machine."),
        (verdict(0.5, (Reason.UNSURE,)), "I can't tell: 50% chance that it is a machine."),
        (verdict(0.9, (Reason.NOISY,)), "I can't tell: there is too much noise around the voice."),
    ],
)
def test_a_part_is_told_in_words_of_its_own(found: Verdict, words: str) -> None:
    said = zoom.caption(View(4, 8, 12), found, texts_for("en", "en"))
    assert words in said
    assert said.endswith("One stretch says less than the whole recording.")
