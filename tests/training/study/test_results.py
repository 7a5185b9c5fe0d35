"""What finished runs say is counted, and told with its spread."""

import math
from dataclasses import replace

import pytest

from tests.training.study.made_up import run
from training.study import results
from training.study.results import spread


def test_accuracy_is_the_share_of_right_answers_of_the_chosen_clips() -> None:
    mixed = replace(
        run(1, 3, 1), answers=[*run(1, 3, 1).answers, *run(1, 1, 3, "ambience").answers]
    )
    assert results.accuracy(mixed) == 0.5
    assert results.plain(mixed) == 0.75
    assert results.copies(mixed) == 0.25
    assert math.isnan(results.copies(run(1, 3, 1)))


def test_english_does_not_count_among_clips_of_the_own_language() -> None:
    both = [*run(1, 1, 0).answers, *run(1, 0, 1, language="en-GB").answers]
    assert results.own_language(replace(run(1, 1, 0), answers=both)) == 1.0


def test_the_error_rate_is_of_the_synthetic_probability() -> None:
    assert results.eer(run(1, 10, 0)) == 0.0
    assert results.eer(run(1, 0, 10)) == 1.0
    assert results.eer(run(1, 8, 2)) == pytest.approx(0.2)


def test_the_best_epoch_is_that_of_the_lowest_loss_on_validation() -> None:
    assert run(1, 1, 0).best == 2
    assert results.validation(run(1, 1, 0)) == 0.8
    assert results.after_one_epoch(run(1, 1, 0)) == 0.96
    assert run(1, 1, 0).steps == 3  # 40 pictures in batches of 16
    assert results.stopped(run(1, 1, 0))


def test_a_spread_is_a_mean_and_a_deviation_where_there_are_several() -> None:
    assert spread([0.5]) == "50.0 %"
    assert spread([0.4, 0.6]) == "50.0 ± 14.1 %"
    assert spread([0.4, math.nan]) == "40.0 %"
    assert spread([math.nan]) == "–"
