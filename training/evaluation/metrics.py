"""Scores of human and of synthetic clips go in; error rates, costs and calibration come out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import roc_auc_score

BINS = 15  # of scores, for the calibration (Guo et al. 2017)
# ASVspoof 5 (Wang et al. 2024): a synthetic voice is rare, believing in one is ten times as bad.
PRIOR = 0.05  # share of the voices that are synthetic
COST_MISS = 10.0  # of a synthetic voice that is taken for a person
COST_FALSE_ALARM = 1.0  # of a person who is taken for a machine

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """Error rates when every score from a threshold on is called synthetic; rising thresholds."""

    thresholds: Floats  # (n,); the last one is above every score
    false_alarms: Floats  # (n,), shares of the human clips
    misses: Floats  # (n,), shares of the synthetic clips


@dataclass(frozen=True)
class Bins:
    """Scores beside what turned out true, in bins that hold something, shape (n_bins,)."""

    predicted: Floats  # mean score
    observed: Floats  # share that is synthetic
    weight: Floats  # share of the clips


def curve(human: ArrayLike, synthetic: ArrayLike) -> Curve:
    """Both error rates at every threshold that matters; neither class may be empty."""
    human, synthetic = np.sort(np.asarray(human)), np.sort(np.asarray(synthetic))
    thresholds = np.unique(np.concatenate([human, synthetic]))
    thresholds = np.append(thresholds, thresholds[-1] + 1.0)
    return Curve(
        thresholds,
        1.0 - np.searchsorted(human, thresholds, "left") / len(human),
        np.searchsorted(synthetic, thresholds, "left") / len(synthetic),
    )


def equal_error_rate(human: ArrayLike, synthetic: ArrayLike) -> float:
    """Equal error rate, 0..1: the rate at which false alarms and misses are the same.

    Between the two thresholds next to the crossing the rate is interpolated.
    """
    if _one_is_empty(human, synthetic):
        return float("nan")
    rates = curve(human, synthetic)
    misses, gap = rates.misses, rates.false_alarms - rates.misses
    after = int(np.argmax(gap <= 0.0))
    if after == 0:
        return float(misses[0] + gap[0] / 2.0)
    share = gap[after - 1] / (gap[after - 1] - gap[after])
    return float(misses[after - 1] + share * (misses[after] - misses[after - 1]))


def area_under_curve(human: ArrayLike, synthetic: ArrayLike) -> float:
    """Area under the ROC curve, 0..1; nan without one of the classes."""
    if _one_is_empty(human, synthetic):
        return float("nan")
    scores, truth = _together(human, synthetic)
    return float(roc_auc_score(truth, scores))


def accuracy(human: ArrayLike, synthetic: ArrayLike, threshold: float = 0.5) -> float:
    """Share that is right when every clip is answered, each class weighing the same, 0..1."""
    right = np.asarray(human) < threshold, np.asarray(synthetic) >= threshold
    shares = [float(one.mean()) for one in right if len(one)]
    return float(np.mean(shares)) if shares else float("nan")


def detection_cost(human: ArrayLike, synthetic: ArrayLike) -> tuple[float, float]:
    """(actual, least) normalised detection cost of ASVspoof 5; 1 is calling everybody human.

    The actual one calls synthetic what Bayes' rule would, if the scores, which take both classes
    as equally likely, are probabilities; the least one knows the best threshold.
    """
    if _one_is_empty(human, synthetic):
        return float("nan"), float("nan")
    false_alarm, miss = COST_FALSE_ALARM * (1.0 - PRIOR), COST_MISS * PRIOR
    worth = min(false_alarm, miss)
    rates = curve(human, synthetic)
    costs = (false_alarm * rates.false_alarms + miss * rates.misses) / worth
    bayes = false_alarm / (false_alarm + miss)
    actual = int(np.searchsorted(rates.thresholds, bayes))  # the first that is not below it
    return float(costs[min(actual, len(costs) - 1)]), float(costs.min())


def brier(human: ArrayLike, synthetic: ArrayLike) -> float:
    """Mean squared distance of the scores from the truth, each class weighing the same, 0..1.

    Always saying 0.5 has 0.25.
    """
    if _one_is_empty(human, synthetic):
        return float("nan")
    squares = np.asarray(human) ** 2, (1.0 - np.asarray(synthetic)) ** 2
    return float(np.mean([one.mean() for one in squares]))


def reliability(
    human: ArrayLike, synthetic: ArrayLike, balanced: bool = True, equal_mass: bool = False
) -> Bins:
    """Bins of equal width, or with as many clips each; `balanced`: both classes weigh the same."""
    scores, truth = _together(human, synthetic)
    share = np.array([np.mean(~truth), np.mean(truth)])
    weights = 0.5 / share[truth.astype(int)] if balanced and share.all() else np.ones(len(scores))
    weights = weights / weights.sum()
    edges = np.linspace(0.0, 1.0, BINS + 1)
    if equal_mass:
        edges = np.unique(np.quantile(scores, edges, weights=weights, method="inverted_cdf"))
    places = np.clip(np.searchsorted(edges, scores, "right") - 1, 0, max(len(edges) - 2, 0))
    mass = np.bincount(places, weights).astype(np.float64)
    held = mass > 0.0
    predicted = np.bincount(places, weights * scores)[held] / mass[held]
    observed = np.bincount(places, weights * truth)[held] / mass[held]
    return Bins(predicted, observed, mass[held])


def calibration_error(
    human: ArrayLike, synthetic: ArrayLike, balanced: bool = True, equal_mass: bool = False
) -> float:
    """Expected calibration error, 0..1: how far the scores lie from the truth, see `reliability`.

    The scores take both classes as equally likely, so by default both weigh the same here.
    """
    if _one_is_empty(human, synthetic):
        return float("nan")
    bins = reliability(human, synthetic, balanced, equal_mass)
    return float(np.sum(bins.weight * np.abs(bins.predicted - bins.observed)))


def _together(human: ArrayLike, synthetic: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    """Scores and truth of all clips, shape (n,) each."""
    human, synthetic = np.asarray(human, np.float64), np.asarray(synthetic, np.float64)
    truth = np.repeat([False, True], [len(human), len(synthetic)])
    return np.concatenate([human, synthetic]), truth


def _one_is_empty(human: ArrayLike, synthetic: ArrayLike) -> bool:
    return not np.size(human) or not np.size(synthetic)
