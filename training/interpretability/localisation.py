"""Scores of windows along a recording say where it was synthetic: how well, with which windows?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tqdm import tqdm

from dataset.markdown import between, percent, table
from inference.decoding.audio import SAMPLE_RATE
from inference.detector import Detector, cut
from inference.features import FeatureSpec
from training.evaluation.metrics import equal_error_rate
from training.interpretability.partial_spoof import Recording

FRAME = 0.1  # s; the ends of an insert are not known any finer than a cross-fade and a syllable
RESAMPLES = 200

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Layout:
    """How windows are laid along a recording, in columns of the spectrogram."""

    columns: int
    hop: int

    def starts(self, n_columns: int) -> list[int]:
        """First columns; the last window ends with the recording."""
        last = max(0, n_columns - self.columns)
        return [*range(0, last, self.hop), last]

    def name(self, spec: FeatureSpec) -> str:
        rate = spec.columns_per_second
        return f"{self.columns / rate:.1f} s every {self.hop / rate:.1f} s"


@dataclass(frozen=True)
class Traced:
    """A recording's scores: of its windows and, by those over it, of each frame."""

    recording: Recording
    windows: Floats  # (windows,)
    middles: Floats  # (windows,), s
    frames: Floats  # (frames,), mean of the windows over a frame
    peaks: Floats  # (frames,), largest of them
    forged: NDArray[np.bool_]  # (frames,)


@dataclass(frozen=True)
class Found:
    """What a layout found out about spliced recordings; rates are shares, 0..1."""

    windows: float  # a minute of sound: what it costs
    by_mean: float  # equal error rate of frames by the mean of their windows
    interval: tuple[float, float]  # of that, 95 %, recordings drawn anew with their controls
    by_peak: float  # by the largest
    pointed: float  # forged recordings whose highest window has its middle in the insert
    chance: float  # what a blind finger would point at: the share of the inserts
    clips_by_peak: float  # equal error rate of forged recordings against controls
    clips_by_mean: float
    marked: float  # forged recordings with a window over the shipped threshold in the insert
    accused: float  # controls with any window over it


def layouts(spec: FeatureSpec) -> list[Layout]:
    """What is served, finer steps, and shorter windows."""
    whole = spec.columns
    return [
        Layout(whole, whole // 2),
        Layout(whole, whole // 4),
        Layout(whole // 2, whole // 4),
        Layout(whole // 2, whole // 8),
    ]


def trace(
    session: onnxruntime.InferenceSession, recording: Recording, layout: Layout, spec: FeatureSpec
) -> Traced:
    """Score the windows of one recording."""
    samples, rate = recording.samples, spec.columns_per_second
    starts = np.array(layout.starts(1 + len(samples) // spec.hop_length))
    inputs = [cut(samples, int(start), layout.columns, spec)[None] for start in starts]
    scores = np.array([session.run(["score"], {"samples": one})[0].item() for one in inputs])
    middles = (np.arange(int(len(samples) / SAMPLE_RATE / FRAME)) + 0.5) * FRAME
    over = (middles[:, None] >= starts / rate) & (
        middles[:, None] < (starts + layout.columns) / rate
    )
    over[:, -1] |= ~over.any(axis=1)  # a recording that is shorter than one window
    return Traced(
        recording,
        scores,
        (starts + layout.columns / 2) / rate,
        (over * scores).sum(axis=1) / over.sum(axis=1),
        np.where(over, scores, 0.0).max(axis=1),
        (middles >= recording.start) & (middles < recording.end) & recording.splice.forged,
    )


def found(traced: Sequence[Traced], threshold: float, layout: Layout, spec: FeatureSpec) -> Found:
    """Figures of one layout; `traced` are forged recordings, each with its control after it."""
    forged = [t for t in traced if t.recording.splice.forged]
    controls = [t for t in traced if not t.recording.splice.forged]
    pairs = [list(pair) for pair in zip(forged, controls, strict=True)]
    random = np.random.default_rng(1)
    drawn = [
        _frames([t for i in random.integers(len(pairs), size=len(pairs)) for t in pairs[i]])
        for _ in range(RESAMPLES)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Found(
        windows=60.0 * spec.columns_per_second / layout.hop,
        by_mean=_frames(traced),
        interval=(float(low), float(high)),
        by_peak=equal_error_rate(*_sides(traced, "peaks")),
        pointed=float(np.mean([_inside(t)[t.windows.argmax()] for t in forged])),
        chance=float(np.mean([t.forged.mean() for t in forged])),
        clips_by_peak=equal_error_rate(*([t.windows.max() for t in c] for c in (controls, forged))),
        clips_by_mean=equal_error_rate(*([t.frames.mean() for t in c] for c in (controls, forged))),
        marked=float(np.mean([(_inside(t) & (t.windows >= threshold)).any() for t in forged])),
        accused=float(np.mean([(t.windows >= threshold).any() for t in controls])),
    )


def report(model: Path, recordings: Sequence[Recording]) -> str:
    """A table of all layouts, and the frames of the served one by where the insert came from."""
    card = Detector(model).card
    spec, threshold = card.spec, card.thresholds[1]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    lines: list[tuple[str, ...]] = []
    served: list[Traced] = []
    for layout in layouts(spec):
        name = layout.name(spec)
        traced = [trace(session, r, layout, spec) for r in tqdm(recordings, name, disable=None)]
        served = served or traced
        lines.append(_line(name, found(traced, threshold, layout, spec)))
    parts = [(True, "of the same source"), (False, "of another source")]
    rows = []
    for alike, name in parts:
        pairs = list(zip(served[::2], served[1::2], strict=True))
        some = [t for pair in pairs if pair[0].recording.splice.alike == alike for t in pair]
        rows.append((name, len(some) // 2, percent(_frames(some))))
    return "\n\n".join([table(HEAD, lines), table(("inserts", "recordings", "EER, frames"), rows)])


HEAD = (
    "windows",
    "a minute",
    "EER, frames by mean",
    "95 % interval",
    "by peak",
    "highest in the insert",
    "by chance",
    "EER, recordings by peak",
    "by mean",
    "inserts marked",
    "controls marked",
)


def _line(name: str, one: Found) -> tuple[str, ...]:
    rest = (one.by_peak, one.pointed, one.chance, one.clips_by_peak, one.clips_by_mean)
    shares = map(percent, (*rest, one.marked, one.accused))
    return (name, f"{one.windows:.0f}", percent(one.by_mean), between(*one.interval), *shares)


def _frames(traced: Sequence[Traced]) -> float:
    return equal_error_rate(*_sides(traced, "frames"))


def _sides(traced: Sequence[Traced], scores: str) -> tuple[Floats, Floats]:
    """Scores of all human frames and of all synthetic ones."""
    every = np.concatenate([getattr(t, scores) for t in traced] or [np.zeros(0)])
    truth = np.concatenate([t.forged for t in traced] or [np.zeros(0, np.bool_)])
    return every[~truth], every[truth]


def _inside(traced: Traced) -> NDArray[np.bool_]:
    """Which windows have their middle in the insert."""
    recording = traced.recording
    within: NDArray[np.bool_] = (traced.middles >= recording.start) & (
        traced.middles < recording.end
    )
    return within
