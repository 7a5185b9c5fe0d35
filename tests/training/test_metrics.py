"""Error rates on scores whose rates are known."""

import math

import numpy as np
import pytest

from training.calibration import thresholds
from training.metrics import equal_error_rate


def test_classes_apart_have_no_error() -> None:
    assert equal_error_rate([0.1, 0.2], [0.8, 0.9]) == 0.0


def test_classes_the_wrong_way_round_are_all_error() -> None:
    assert equal_error_rate([0.8, 0.9], [0.1, 0.2]) == 1.0


def test_one_of_four_on_each_wrong_side_is_a_quarter() -> None:
    assert equal_error_rate([0.1, 0.2, 0.3, 0.9], [0.2, 0.7, 0.8, 0.9]) == pytest.approx(0.25)


def test_the_same_scores_are_a_coin_flip() -> None:
    scores = np.random.default_rng(1).uniform(size=4000)
    assert equal_error_rate(scores[:2000], scores[2000:]) == pytest.approx(0.5, abs=0.03)


def test_two_normal_distributions_have_the_rate_of_the_formula() -> None:
    rng = np.random.default_rng(2)
    human, synthetic = rng.normal(0.0, 1.0, 50_000), rng.normal(2.0, 1.0, 50_000)
    expected = 0.5 * math.erfc(1.0 / math.sqrt(2.0))
    assert equal_error_rate(human, synthetic) == pytest.approx(expected, abs=0.004)


def test_without_clips_there_is_no_rate() -> None:
    assert math.isnan(equal_error_rate([], [0.5]))


def test_the_band_keeps_both_errors_under_what_is_allowed() -> None:
    rng = np.random.default_rng(3)
    human, synthetic = rng.beta(2, 3, 1000), rng.beta(3, 2, 1000)
    below, above = thresholds(human, synthetic, 0.05, 0.1)
    assert 0.04 < (human >= above).mean() <= 0.05
    assert 0.09 < (synthetic <= below).mean() <= 0.1


def test_a_model_that_needs_no_band_gets_none() -> None:
    below, above = thresholds([0.1, 0.2], [0.8, 0.9], 0.05, 0.05)
    assert below == above
    assert 0.2 < below < 0.8
