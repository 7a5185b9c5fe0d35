"""Error rates, costs and calibration of scores whose figures are known."""

import math

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, det_curve, roc_auc_score

from training.evaluation.metrics import (
    BINS,
    accuracy,
    area_under_curve,
    brier,
    calibration_error,
    curve,
    detection_cost,
    equal_error_rate,
    reliability,
)


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


def drawn(human: int = 300, synthetic: int = 700) -> tuple[np.ndarray, np.ndarray]:
    """Scores that are right as probabilities if both classes are as likely."""
    rng = np.random.default_rng(4)
    logits = rng.normal(-1.0, math.sqrt(2.0), human), rng.normal(1.0, math.sqrt(2.0), synthetic)
    below, above = (1.0 / (1.0 + np.exp(-some)) for some in logits)
    return below, above


def test_the_curve_is_the_one_of_scikit_learn() -> None:
    human, synthetic = drawn()
    truth = np.repeat([0, 1], [len(human), len(synthetic)])
    alarms, misses, cuts = det_curve(truth, np.concatenate([human, synthetic]))
    rates = curve(human, synthetic)
    places = np.searchsorted(rates.thresholds, cuts)
    np.testing.assert_allclose(rates.false_alarms[places], alarms, atol=1e-12)
    np.testing.assert_allclose(rates.misses[places], misses, atol=1e-12)


def test_the_area_counts_the_pairs_in_order() -> None:
    assert area_under_curve([0.1, 0.4], [0.3, 0.9]) == 0.75
    human, synthetic = drawn()
    truth = np.repeat([0, 1], [len(human), len(synthetic)])
    known = roc_auc_score(truth, np.concatenate([human, synthetic]))
    assert area_under_curve(human, synthetic) == pytest.approx(known)


def test_accuracy_does_not_depend_on_how_many_there_are_of_a_class() -> None:
    assert accuracy([0.1, 0.2, 0.3, 0.6], [0.6]) == pytest.approx((3 / 4 + 1) / 2)
    assert accuracy([], [0.6, 0.4]) == 0.5
    assert math.isnan(accuracy([], []))


def test_the_cost_is_one_when_everybody_is_called_human() -> None:
    actual, least = detection_cost([0.5, 0.5], [0.5, 0.5])
    assert (actual, least) == (1.0, 1.0)


def test_the_cost_weighs_errors_as_asvspoof_5_does() -> None:
    # The threshold of Bayes is 0.95 / (0.95 + 0.5) = 0.655; 0.6 is still called human.
    human, synthetic = [0.1, 0.2, 0.3, 0.7], [0.6, 0.7, 0.8, 0.9]
    actual, least = detection_cost(human, synthetic)
    assert actual == pytest.approx((0.95 * 1 / 4 + 0.5 * 1 / 4) / 0.5)
    assert least == pytest.approx(0.95 * 1 / 4 / 0.5)  # from 0.6 on: one false alarm, no miss


def test_the_threshold_of_bayes_may_lie_above_every_score() -> None:
    assert detection_cost([0.1, 0.2], [0.3, 0.4]) == (1.0, 0.0)


def test_brier_is_that_of_scikit_learn_with_both_classes_weighing_the_same() -> None:
    human, synthetic = drawn()
    truth = np.repeat([0, 1], [len(human), len(synthetic)])
    scores = np.concatenate([human, synthetic])
    weights = np.where(truth, 1 / len(synthetic), 1 / len(human))
    known = brier_score_loss(truth, scores, sample_weight=weights)
    assert brier(human, synthetic) == pytest.approx(known)
    assert brier([0.5], [0.5, 0.5]) == 0.25


def test_the_calibration_error_is_what_a_reader_would_count() -> None:
    # One bin holds 0.62 and 0.65, one 0.9; the truths are 1/2 and 1, every clip weighing the same.
    found = calibration_error([0.62], [0.65, 0.9], balanced=False)
    assert found == pytest.approx(2 / 3 * abs(0.635 - 0.5) + 1 / 3 * 0.1)


@pytest.mark.parametrize("equal_mass", [False, True])
def test_probabilities_are_calibrated_and_pulled_ones_are_not(equal_mass: bool) -> None:
    human, synthetic = drawn(8000, 20_000)
    right = calibration_error(human, synthetic, equal_mass=equal_mass)
    assert right < 0.02
    pulled = calibration_error(human**3, synthetic**3, equal_mass=equal_mass)
    assert pulled > 0.1
    unbalanced = calibration_error(human, synthetic, balanced=False, equal_mass=equal_mass)
    assert unbalanced > 0.1  # five of seven are synthetic, which the scores do not know


def test_bins_of_equal_mass_weigh_the_same() -> None:
    human, synthetic = drawn()
    bins = reliability(human, synthetic, equal_mass=True)
    assert len(bins.weight) == BINS
    np.testing.assert_allclose(bins.weight, 1 / BINS, atol=0.005)
    assert reliability(human, synthetic).weight.sum() == pytest.approx(1.0)


def test_one_class_alone_has_neither_area_nor_cost_nor_calibration() -> None:
    for figure in (area_under_curve, brier, calibration_error):
        assert math.isnan(figure([0.5], []))
    assert all(map(math.isnan, detection_cost([], [0.5])))


def test_all_scores_may_be_the_same() -> None:
    assert calibration_error([0.5], [0.5], equal_mass=True) == 0.0
    assert calibration_error([1.0], [1.0]) == 0.5
