"""The straight line: the bytes of a file become a verdict and what it rests on."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inference.card import Card
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.detector import Analysis, Detector, logit, sigmoid
from inference.speech import ANY_SPEECH, FRAME, Measures, measure, reasons
from inference.verdict import NOBODY_SPEAKS, Label, Reason, Verdict, Window

CERTAIN = 0.99  # no score is nearer to 0 or 1: nobody knows the truth so well
NOTHING = 0.5  # the score where there is nothing to score
LEAST_PART = 1.0  # s; a shorter part of a recording is widened

Part = tuple[float, float]  # s from the beginning of the recording


@dataclass(frozen=True)
class Judgement:
    """A verdict and the picture's material."""

    verdict: Verdict
    analysis: Analysis
    start: float = 0.0  # s of the recording at which the analysis begins; the windows count from 0
    decoded: float = 0.0  # s of the recording, of which the analysis may be a part
    logits: tuple[float, ...] = ()  # what each branch adds, means over the windows by their speech


def judge(
    data: bytes, detector: Detector, max_seconds: float, part: Part | None = None
) -> Judgement:
    """Judge the bytes of a file, or a part of it; raises a `DetectionError` without any sound."""
    samples = decode(data, max_seconds)
    decoded = len(samples) / SAMPLE_RATE
    if part is None:
        return replace(judge_samples(samples, detector), decoded=decoded)
    start, end = clamp(part, decoded)
    first = round(start * SAMPLE_RATE)
    judgement = judge_samples(samples[first : round(end * SAMPLE_RATE)], detector)
    shifted = shift(judgement.verdict, start)
    return replace(judgement, verdict=shifted, start=start, decoded=decoded)


def clamp(part: Part, seconds: float) -> Part:
    """The nearest part of a recording of so many seconds that is at least a second long."""
    # A NaN falls out: Python's min and max keep their first argument when they cannot compare.
    start, end = sorted(part)
    missing = max(0.0, LEAST_PART - (end - start))
    start = min(max(0.0, seconds - LEAST_PART), max(0.0, start - missing / 2))
    return start, min(seconds, max(start + LEAST_PART, end + missing / 2))


def shift(verdict: Verdict, seconds: float) -> Verdict:
    """The same verdict with its windows so much later."""
    windows = [Window(w.start + seconds, w.end + seconds, w.score) for w in verdict.windows]
    return replace(verdict, windows=tuple(windows))


def judge_samples(
    samples: NDArray[np.float32], detector: Detector, measured: Measures | None = None
) -> Judgement:
    """Measure, unless that was done, score and weigh a recording, float32 mono at 16 kHz."""
    measures = measured or measure(samples)
    analysis = detector.analyse(samples)
    spoken = speech_seconds(analysis, measures)
    weights = window_weights(spoken)
    heard = float(np.sum(spoken * analysis.speech)) >= 0.5 * float(spoken.sum())
    score = _score(analysis, weights) if np.abs(samples).max(initial=0.0) > 0.0 else NOTHING
    found = _reasons(measures, heard, analysis.overlap)
    if found == (Reason.NO_SPEECH,) and detector.hears_music(analysis):
        found = (Reason.MUSIC,)
    thresholds, found = _decide(score, found, detector.card)
    seconds = 0.0 if NOBODY_SPEAKS & set(found) else measures.speech_seconds
    shown = tuple(w for w, weight in zip(analysis.windows, weights, strict=True) if weight > 0.0)
    verdict = Verdict(score, thresholds, found, seconds, shown, detector.card.title)
    logits = tuple(np.average(analysis.branches, axis=0, weights=weights).tolist())
    pictured = verdict.label is not Label.SYNTHETIC or logits[0] >= logits[1]
    return Judgement(replace(verdict, pictured=pictured), analysis, logits=logits)


def _reasons(measures: Measures, heard: bool, overlap: bool) -> tuple[Reason, ...]:
    """What speaks against judging, in the order of its weight."""
    found = reasons(measures) if heard else (Reason.NO_SPEECH,)
    if not overlap or Reason.NO_SPEECH in found:
        return found
    return tuple(reason for reason in Reason if reason in (*found, Reason.OVERLAP))


def _decide(
    score: float, found: tuple[Reason, ...], card: Card
) -> tuple[tuple[float, float], tuple[Reason, ...]]:
    """The thresholds for this recording, and what speaks against an answer when they are known."""
    thresholds, undecided = card.thresholds, Reason.UNSURE
    if card.narrow_thresholds and Reason.NARROW_BAND in found:
        thresholds, undecided = card.narrow_thresholds, Reason.NARROW_BAND
        found = tuple(reason for reason in found if reason is not Reason.NARROW_BAND)
    low, high = thresholds
    if not found and low < score < high:
        found = (undecided,)
    return thresholds, found


def speech_seconds(analysis: Analysis, measures: Measures) -> NDArray[np.float64]:
    """Seconds of speech in each window, shape (n_windows,)."""
    per_frame = FRAME / SAMPLE_RATE
    frames = [
        measures.active[int(window.start / per_frame) : int(np.ceil(window.end / per_frame))]
        for window in analysis.windows
    ]
    return np.array([active.sum() * per_frame for active in frames])


def window_weights(spoken: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each window counts, shape (n_windows,): the speech in it, in seconds.

    A pause counts nothing and is not shown, lest it be called synthetic; where there are only
    pauses, all count alike.
    """
    weights = np.where(spoken >= ANY_SPEECH, spoken, 0.0)
    return weights if weights.any() else np.ones_like(spoken)


def _score(analysis: Analysis, weights: NDArray[np.float64]) -> float:
    """P(synthetic) of the recording: the mean of its windows' logits, as a chance.

    The model was calibrated on such means, so a recording whose windows have one score has it, too,
    and so the thresholds mean the same for both.
    """
    logits = [logit(window.score) for window in analysis.windows]
    return float(np.clip(sigmoid(np.average(logits, weights=weights)), 1.0 - CERTAIN, CERTAIN))
