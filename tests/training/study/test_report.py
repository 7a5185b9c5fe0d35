"""A line of the report compares each seed with itself, and is left out where a run is missing."""

from pathlib import Path

from tests.training.study.made_up import run
from training.study import report
from training.study.claims import CLAIMS, COMPARISONS, line
from training.study.presets import PRESETS

LEAK = COMPARISONS[0]


def test_every_claim_is_about_presets_that_there_are() -> None:
    for claim in (*CLAIMS, *COMPARISONS):
        assert {claim.larger[0], claim.smaller[0]} <= PRESETS.keys()


def test_a_line_has_both_figures_their_difference_and_in_how_many_seeds_it_is_so() -> None:
    runs = {
        "first": [run(1, 9, 1), run(2, 8, 2), run(3, 10, 0)],
        "first-apart": [run(2, 9, 1), run(1, 6, 4)],
    }
    assert line(LEAK, runs) == (
        LEAK.words,
        "–",
        "85.0 ± 7.1 %",
        "75.0 ± 21.2 %",
        "10.0 ± 28.3 points",
        "1 of 2",
    )


def test_a_line_is_left_out_where_a_run_is_missing() -> None:
    assert line(LEAK, {"first": [run(1, 9, 1)]}) is None
    assert line(LEAK, {"first": [run(1, 9, 1)], "first-apart": [run(2, 9, 1)]}) is None


def test_the_report_says_what_was_reached_of_the_studys_figures(tmp_path: Path) -> None:
    runs = {"final": [run(1, 9, 1), run(2, 9, 1)], "final-grey": [run(1, 9, 1)]}
    runs["first"] = [run(1, 9, 1)]
    report.write(tmp_path, runs, "the command", ["sounds: no clip"])
    page = (tmp_path / report.NAME).read_text()
    assert "After one epoch of final (3 batches) 2 of 2 seeds reach the study's 95.0 %." in page
    assert "After one epoch of final-grey (3 batches) 0 of 1 seeds reach" in page
    assert "here 1 of 1 seeds stopped before the 5 epochs they were allowed, after 3.0." in page
    assert "Missing: sounds: no clip." in page
    assert "one of them is missing: `first` with `first-apart`, `final` with" in page
