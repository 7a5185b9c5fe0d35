"""Both branches become one calibrated score: two slopes and an offset, fitted on dev as served."""

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.detector import Detector
from inference.errors import DetectionError
from inference.judge import CERTAIN, judge_samples, speech_seconds, window_weights
from inference.speech import measure
from inference.verdict import Reason
from training.evaluation.conditions import MAX_SECONDS
from training.evaluation.scoring import Answer
from training.export.serving_model import Calibration

STRENGTH = 1e4  # inverse of the regularisation: next to none for three numbers


@dataclass(frozen=True)
class Logits:
    """What the branches of an uncalibrated file said of clips."""

    answers: list[Answer]  # of the clips that could be decoded, with scores that mean nothing yet
    values: NDArray[np.float64]  # (clips, branches), means over the windows by speech

    @property
    def clips(self) -> list[Clip]:
        return [answer.clip for answer in self.answers]


def branch_logits(model: Path, folder: Path, clips: Sequence[Clip], jobs: int) -> Logits:
    """Score clips with a file whose calibration does nothing (slopes 1, offset 0)."""
    with multiprocessing.get_context("spawn").Pool(jobs, _begin, (model,)) as pool:
        results = pool.imap(partial(_score, folder), clips, chunksize=8)
        found = list(tqdm(results, "fusion", len(clips)))
    heard = [one for one in found if one is not None]
    return Logits([answer for answer, _ in heard], np.array([values for _, values in heard]))


def fuse(logits: Logits) -> Calibration:
    """The calibration as if both classes were equally likely; see docs/training.md for why.

    Classes weigh the same, and so do the sources of a class in proportion to the root of their
    clips: a page of a thousand clips is not a thousand opinions.
    """
    truth = np.array([clip.label == "synthetic" for clip in logits.clips])
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
        logits.values, truth, sample_weight=_weights(logits.clips, truth)
    )
    slopes = np.maximum(fitted.coef_[0], 0.0)  # a branch that speaks against itself is not heard
    return Calibration(float(slopes[0]), float(fitted.intercept_[0]), float(slopes[1]))


def calibrated(logits: Logits, calibration: Calibration) -> list[Answer]:
    """What the calibrated file will answer, but for its thresholds; a narrow band is judged."""
    slopes = np.array([calibration.slope, calibration.encoder_slope])
    scores = expit(logits.values @ slopes + calibration.offset)
    return [
        replace(
            answer,
            verdict=replace(
                answer.verdict,
                score=float(np.clip(score, 1.0 - CERTAIN, CERTAIN)),
                reasons=tuple(r for r in answer.verdict.reasons if r != Reason.NARROW_BAND),
            ),
        )
        for answer, score in zip(logits.answers, scores, strict=True)
    ]


def _weights(clips: Sequence[Clip], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    keys = [(clip.source, clip.label) for clip in clips]
    counts = {key: keys.count(key) for key in set(keys)}
    weights = np.array([counts[key] ** -0.5 for key in keys])
    for side in (truth, ~truth):
        weights[side] /= weights[side].sum()
    return weights * len(clips) / 2.0


_detector: Detector  # of this process, which a pool can only be given as a global


def _begin(model: Path) -> None:
    global _detector
    _detector = Detector(model)


def _score(folder: Path, clip: Clip) -> tuple[Answer, NDArray[np.float64]] | None:
    try:
        samples = decode((folder / clip.file).read_bytes(), MAX_SECONDS)
    except (DetectionError, OSError):
        return None
    judgement, measures = judge_samples(samples, _detector), measure(samples)
    weights = window_weights(speech_seconds(judgement.analysis, measures))
    values = np.average(judgement.analysis.branches, axis=0, weights=weights)
    seconds = len(samples) / SAMPLE_RATE
    return Answer(clip, judgement.verdict, seconds, 0.0, measures), np.asarray(values, np.float64)
