"""Both branches become one calibrated score: two slopes and an offset, fitted on dev as served."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from dataset.manifest import Clip
from inference.detector import probability
from inference.verdict import Reason
from training.evaluation.scoring import Answer
from training.export.serving_model import Calibration

STRENGTH = 1e4  # inverse of the regularisation: next to none for three numbers


def fuse(answers: Sequence[Answer]) -> Calibration:
    """Fit slopes and offset to the answers of a file whose calibration does nothing.

    As if both classes were equally likely; see docs/training.md for why. Classes weigh the same,
    and so do the sources of a class in proportion to the root of their clips: a page of a thousand
    clips is not a thousand opinions.
    """
    clips = [answer.clip for answer in answers]
    truth = np.array([clip.label == "synthetic" for clip in clips])
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
        np.array([answer.logits for answer in answers]),
        truth,
        sample_weight=_weights(clips, truth),
    )
    slopes = np.maximum(fitted.coef_[0], 0.0)  # a branch that speaks against itself is not heard
    return Calibration(float(slopes[0]), float(fitted.intercept_[0]), float(slopes[1]))


def calibrated(answers: Sequence[Answer], calibration: Calibration) -> list[Answer]:
    """Answers with calibrated scores, before thresholds are chosen; narrow bands are judged."""
    slopes = np.array([calibration.slope, calibration.encoder_slope])
    return [
        _calibrated(answer, float(np.dot(answer.logits, slopes) + calibration.offset))
        for answer in answers
    ]


def _calibrated(answer: Answer, logit: float) -> Answer:
    verdict = replace(
        answer.verdict,
        score=probability(logit),
        reasons=tuple(r for r in answer.verdict.reasons if r != Reason.NARROW_BAND),
    )
    return replace(answer, verdict=verdict)


def _weights(clips: Sequence[Clip], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    keys = [(clip.source, clip.label) for clip in clips]
    counts = {key: keys.count(key) for key in set(keys)}
    weights = np.array([counts[key] ** -0.5 for key in keys])
    for side in (truth, ~truth):
        weights[side] /= weights[side].sum()
    return weights * len(clips) / 2.0
