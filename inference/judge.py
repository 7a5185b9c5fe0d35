"""The straight line: the bytes of a file become a verdict and what it rests on."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inference.audio import SAMPLE_RATE, decode
from inference.detector import Analysis, Detector
from inference.speech import ANY_SPEECH, FRAME, Measures, measure, reasons
from inference.verdict import NOBODY_SPEAKS, Reason, Verdict, Window

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


def judge(
    data: bytes, detector: Detector, max_seconds: float, part: Part | None = None
) -> Judgement:
    """Judge the bytes of a file, or a part of it; raises a `DetectionError` without any sound."""
    samples = decode(data, max_seconds)
    if part is None:
        return judge_samples(samples, detector)
    start, end = clamp(part, len(samples) / SAMPLE_RATE)
    first = round(start * SAMPLE_RATE)
    judgement = judge_samples(samples[first : round(end * SAMPLE_RATE)], detector)
    return replace(judgement, verdict=shift(judgement.verdict, start), start=start)


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


def judge_samples(samples: NDArray[np.float32], detector: Detector) -> Judgement:
    """Measure, score and weigh a recording, float32 mono at 16 kHz."""
    measures = measure(samples)
    analysis = detector.analyse(samples)
    weights = speech_seconds(analysis, measures)
    heard = float(np.sum(weights * analysis.speech)) >= 0.5 * float(weights.sum())
    score = _score(analysis, weights) if np.abs(samples).max(initial=0.0) > 0.0 else NOTHING
    found = _reasons(measures, heard, analysis.overlap)
    if found == (Reason.NO_SPEECH,) and detector.hears_music(analysis):
        found = (Reason.MUSIC,)
    low, high = detector.card.thresholds
    if not found and low < score < high:
        found = (Reason.UNSURE,)
    seconds = 0.0 if NOBODY_SPEAKS & set(found) else measures.speech_seconds
    verdict = Verdict(
        score=score,
        thresholds=(low, high),
        reasons=found,
        seconds=seconds,
        windows=_spoken(analysis.windows, weights),
        model=detector.card.title,
    )
    return Judgement(verdict, analysis)


def _reasons(measures: Measures, heard: bool, overlap: bool) -> tuple[Reason, ...]:
    """What speaks against judging, in the order of its weight."""
    found = reasons(measures) if heard else (Reason.NO_SPEECH,)
    if not overlap or Reason.NO_SPEECH in found:
        return found
    return tuple(reason for reason in Reason if reason in (*found, Reason.OVERLAP))


def _spoken(windows: tuple[Window, ...], weights: NDArray[np.float64]) -> tuple[Window, ...]:
    """The windows that hold speech, so that no pause is shown as synthetic; all when none does."""
    spoken = tuple(w for w, seconds in zip(windows, weights, strict=True) if seconds >= ANY_SPEECH)
    return spoken or windows


def speech_seconds(analysis: Analysis, measures: Measures) -> NDArray[np.float64]:
    """Seconds of speech in each window, shape (n_windows,)."""
    per_frame = FRAME / SAMPLE_RATE
    frames = [
        measures.active[int(window.start / per_frame) : int(np.ceil(window.end / per_frame))]
        for window in analysis.windows
    ]
    return np.array([active.sum() * per_frame for active in frames])


def _score(analysis: Analysis, weights: NDArray[np.float64]) -> float:
    """Mean of the windows, each as important as the speech in it."""
    scores = np.array([window.score for window in analysis.windows])
    mean = np.average(scores, weights=weights) if weights.sum() > 0.0 else scores.mean()
    return float(np.clip(mean, 1.0 - CERTAIN, CERTAIN))
