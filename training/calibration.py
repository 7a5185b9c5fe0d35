"""Scores of dev become the two numbers that make them probabilities, and the two thresholds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import LogisticRegression

from training.served import Answer
from training.serving import Calibration

FALSE_ALARMS = 0.05  # of human clips may be called synthetic
MISSES = 0.05  # of synthetic clips may be called human


def calibrate(answers: list[Answer]) -> Calibration:
    """Fit P(synthetic) to the logits of an uncalibrated model, as if both were equally likely.

    How likely a voice note is synthetic before anybody has heard it is not for us to say.
    """
    logits = np.array([logit([w.score for w in a.verdict.windows]).mean() for a in answers])
    truth = np.array([a.clip.label == "synthetic" for a in answers])
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(logits[:, None], truth)
    return Calibration(slope=float(platt.coef_[0, 0]), offset=float(platt.intercept_[0]))


def thresholds(
    human: ArrayLike, synthetic: ArrayLike, false_alarms: float, misses: float
) -> tuple[float, float]:
    """Scores at or below the first are called human, at or above the second synthetic.

    The band between them is as narrow as the two allowed shares of errors permit. Where a model
    is good enough for both without a band, the two meet in the middle.
    """
    human, synthetic = np.sort(np.asarray(human)), np.sort(np.asarray(synthetic))
    allowed = int(false_alarms * len(human))
    above = float(np.nextafter(human[len(human) - 1 - allowed], 1.0))
    below = float(np.nextafter(synthetic[int(misses * len(synthetic))], 0.0))
    if below >= above:
        below = above = (below + above) / 2.0
    return below, above


def logit(probability: ArrayLike) -> NDArray[np.float64]:
    p = np.clip(np.asarray(probability, np.float64), 1e-7, 1.0 - 1e-7)
    return np.log(p / (1.0 - p))
