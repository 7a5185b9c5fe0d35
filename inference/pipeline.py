"""The straight line: the bytes of a file become a verdict and what it rests on."""

from dataclasses import dataclass, replace
from io import FileIO

import numpy as np
from numpy.typing import NDArray

from inference import two_voices
from inference.card import Card
from inference.decoding.audio import SAMPLE_RATE, Samples, hear
from inference.detector import Analysis, Detector, Progress, logit, probability
from inference.segments import SegmentRule, rule_for, segments
from inference.speech import ANY_SPEECH, FRAME, Measures, measure, reasons
from inference.verdict import NOBODY_SPEAKS, Channel, Label, Reason, Segment, Verdict
from inference.voice_activity import voice_activity

NOTHING = 0.5  # the score where there is nothing to score
BEGINNING = 60 * SAMPLE_RATE  # samples of a long recording that are asked for music
LEAST_PART = 1.0  # s; a shorter part of a recording is widened

Part = tuple[float, float]  # s from the beginning of the recording


@dataclass(frozen=True)
class Judgement:
    """A verdict and the picture's material."""

    verdict: Verdict
    analysis: Analysis
    measures: Measures
    start: float = 0.0  # s of the recording at which the analysis begins; the windows count from 0
    logits: tuple[float, ...] = ()  # what each branch adds, means over the windows by their speech


def judge(
    source: bytes | FileIO,
    detector: Detector,
    max_seconds: float,
    part: Part | None = None,
    progress: Progress | None = None,
) -> Judgement:
    """Judge a file to its end or up to `max_seconds`, or a part of it, in s.

    Where each channel holds a voice of its own, both are judged, and the answer is that of the one
    that calls for more care. Raises a `DetectionError` without any sound. `progress` is called
    after each window.
    """
    audio = hear(source, max_seconds)
    length = len(audio.samples) / SAMPLE_RATE
    start, end = clamp(part, length) if part else (0.0, length)
    here = slice(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE))
    if audio.stereo is not None and two_voices.both_speak(audio.stereo):
        judgement = _judge_channels(audio.stereo[here], detector, progress)
    else:
        judgement = judge_samples(audio.samples[here], detector, progress)
    verdict = replace(judgement.verdict, track=audio.track, tracks=audio.tracks)
    if part:
        return replace(judgement, verdict=shift(verdict, start), start=start)
    whole = replace(verdict, duration_seconds=audio.duration_seconds, heard_seconds=length)
    return replace(judgement, verdict=whole)


def _judge_channels(
    stereo: NDArray[np.int16], detector: Detector, progress: Progress | None
) -> Judgement:
    """The judgement of the channel whose verdict calls for more care."""

    def of(side: int) -> Progress | None:
        if progress is None:
            return None
        return lambda heard, total: progress((side * total + heard) / 2, total)

    both = [
        judge_samples(np.ascontiguousarray(stereo[:, side]), detector, of(side)) for side in (0, 1)
    ]
    left, right = (
        replace(judgement, verdict=replace(judgement.verdict, channel=channel))
        for judgement, channel in zip(both, Channel, strict=True)
    )
    return max(left, right, key=lambda judgement: two_voices.concern(judgement.verdict))


def clamp(part: Part, seconds: float) -> Part:
    """The nearest part of a recording of so many seconds that is at least a second long."""
    # A NaN falls out: Python's min and max keep their first argument when they cannot compare.
    start, end = sorted(part)
    missing = max(0.0, LEAST_PART - (end - start))
    start = min(max(0.0, seconds - LEAST_PART), max(0.0, start - missing / 2))
    return start, min(seconds, max(start + LEAST_PART, end + missing / 2))


def shift(verdict: Verdict, seconds: float) -> Verdict:
    """The same verdict with its windows and segments so much later."""
    windows = [replace(w, start=w.start + seconds, end=w.end + seconds) for w in verdict.windows]
    parts = [replace(s, start=s.start + seconds, end=s.end + seconds) for s in verdict.segments]
    return replace(verdict, windows=tuple(windows), segments=tuple(parts))


def judge_samples(
    samples: Samples, detector: Detector, progress: Progress | None = None
) -> Judgement:
    """Measure, score and weigh a recording, mono at 16 kHz."""
    analysis = detector.analyse(samples, progress)
    measures = _measures(samples, analysis)
    spoken = speech_seconds(analysis, measures)
    weights = window_weights(spoken)
    score = _score(analysis, weights) if samples.any() else NOTHING
    found = _reasons(measures, analysis.overlap)
    if found == (Reason.NO_SPEECH,) and _hears_music(samples, analysis, detector):
        found = (Reason.MUSIC,)
    parts = () if found else _segments(analysis, spoken, rule_for(detector.card.title))
    thresholds, found = _decide(score, found, detector.card)
    if parts:
        found = ()  # not in two minds about the whole any more
    seconds = 0.0 if NOBODY_SPEAKS & set(found) else measures.speech_seconds
    shown = tuple(w for w, weight in zip(analysis.windows, weights, strict=True) if weight > 0.0)
    verdict = Verdict(score, thresholds, found, seconds, shown, detector.card.title, segments=parts)
    logits = tuple(np.average(analysis.branches, axis=0, weights=weights).tolist())
    pictured = verdict.label is not Label.SYNTHETIC or logits[0] >= logits[1]
    return Judgement(replace(verdict, pictured=pictured), analysis, measures, logits=logits)


def _segments(
    analysis: Analysis, spoken: NDArray[np.float64], rule: SegmentRule
) -> tuple[Segment, ...]:
    """The parts of a recording of which a stretch sounds otherwise than the rest."""
    heard = spoken >= ANY_SPEECH
    windows = [window for window, is_heard in zip(analysis.windows, heard, strict=True) if is_heard]
    if not windows:
        return ()
    logits = np.array([logit(window.score) for window in windows])
    spans = np.array([(window.start, window.end) for window in windows])
    return segments(logits, spans, spoken[heard], rule)


def _measures(samples: Samples, analysis: Analysis) -> Measures:
    """Measures of what webrtcvad calls speech where the network agrees, of what Silero does else.

    webrtcvad also takes rumble, barking and music for speech and is cheap; the network knows noise,
    but not every voice in it. Silero, slow, is asked only when one of them hears nobody.
    """
    measures = measure(samples)
    spoken = speech_seconds(analysis, measures)
    heard = float(np.sum(spoken * analysis.speech)) >= 0.5 * float(spoken.sum())
    if heard and measures.speech_seconds >= ANY_SPEECH:
        return measures
    return measure(samples, voice_activity(samples))


def _hears_music(samples: Samples, analysis: Analysis, detector: Detector) -> bool:
    if analysis.pool > 1:  # the detector of music knows columns as they are
        analysis = detector.analyse(samples[:BEGINNING])
    return detector.hears_music(analysis)


def _reasons(measures: Measures, overlap: bool) -> tuple[Reason, ...]:
    """What speaks against judging, in the order of its weight."""
    found = reasons(measures)
    # An overdriven voice has overtones of its own, which the overlap network takes for another's.
    if not overlap or {Reason.NO_SPEECH, Reason.CLIPPED} & set(found):
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
    return probability(float(np.average(logits, weights=weights)))
