"""Samples become a spectrogram, P(synthetic) of each window and a saliency map: one ONNX file."""

import hashlib
import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.card import KEY, Card, Probe
from inference.decoding.audio import Samples, floats
from inference.errors import ModelError
from inference.features import FeatureSpec
from inference.music import MusicNetwork
from inference.onnx_session import session
from inference.overlap import OverlapNetwork
from inference.registry import MODELS
from inference.strip import Strip
from inference.verdict import Window

SHORTEST = 64  # columns (1 s): what is shorter gets silence behind it
DRIFT = 1e-3  # how far the probe's answers may lie from those in the card
ROUNDING = 0.03  # share of a logit that a score of 32 bits near to 1 may lose
SALIENCY = "heat"  # the saliency map's name in model files, which keep it
OUTPUTS = frozenset({"spectrogram", "score", "speech", SALIENCY})  # of every model file
BRANCHES = "branches"  # an output of files with two branches
CERTAIN = 0.99  # no score is nearer to 0 or 1: nobody knows the truth so well
LEAST_CHANCE = 1e-7  # no P(synthetic) is nearer to 0 or 1 when its logit is taken

Floats = NDArray[np.float32]
Progress = Callable[[float, float], None]  # gets the seconds that were heard, and those to hear


@dataclass(frozen=True)
class Analysis:
    """What the network saw and thought, along the whole recording."""

    spec: FeatureSpec
    # (n_bins, n_columns / pool), the lowest bin first: dB, and 0..1, how far a cell pushed towards
    # synthetic.
    spectrogram: Floats
    saliency: Floats
    windows: tuple[Window, ...]  # in time order, overlapping by half
    speech: tuple[float, ...]  # P(speech) of each window
    # Of each window, what the CQT branch and the encoder branch add to the logit of its score;
    # `saliency` explains the first alone. Shape (n_windows, 2).
    branches: Floats
    overlap: bool = False  # several people speak over each other
    pool: int = 1  # columns of the constant-Q transform in one of these; more beyond 5 minutes

    @property
    def columns_per_second(self) -> float:
        return self.spec.columns_per_second / self.pool


def probe() -> Floats:
    """A formula that every machine computes alike: vowels of a rising voice, 4.1 s."""
    time = np.arange(FeatureSpec().sample_rate * 4.1) / FeatureSpec().sample_rate
    phase = 2.0 * np.pi * (110.0 * time + 12.0 * time**2)
    voice = sum(np.sin(n * phase) / n for n in range(1, 30))
    syllables = np.maximum(np.sin(2.0 * np.pi * 2.5 * time), 0.0)
    return (0.1 * syllables * voice).astype(np.float32)


class Detector:
    """The served network. Refuses a file that is damaged or answers otherwise than when made."""

    def __init__(self, path: Path, *, check: bool = True) -> None:
        """Load a model file; only the exporter, about to write the card, does not check it."""
        self._session = session(_checked(path), path)
        self._outputs = [output.name for output in self._session.get_outputs()]
        card = self._session.get_modelmeta().custom_metadata_map.get(KEY)
        if card is None:
            raise ModelError(f"{path} is an ONNX file, but not one of ours: it has no card")
        if missing := OUTPUTS - set(self._outputs):
            raise ModelError(f"{path} has no output {', '.join(sorted(missing))}")
        self.card = Card.from_json(card)
        self._overlap = OverlapNetwork()
        self._music = MusicNetwork.read()
        if check:
            self._refuse_drift(path)

    def analyse(self, samples: Samples, progress: Progress | None = None) -> Analysis:
        """Score a recording of any length, mono at the card's sample rate, in bounded memory."""
        spec = self.card.spec
        n_columns = 1 + len(samples) // spec.hop_length
        columns = min(spec.columns, max(n_columns, SHORTEST))
        overlaps: list[tuple[float, int]] = []  # logits, and of how many columns
        strip = Strip(
            n_columns,
            columns,
            spec,
            lambda seen: overlaps.append((self._overlap.logit(seen, spec), seen.shape[1])),
        )
        windows: list[Window] = []
        speech: list[float] = []
        branches: list[Floats] = []
        # One a call: four at once take as long and three times the memory.
        for start in _starts(n_columns, columns):
            found = self._run(cut(samples, start, columns, spec)[None])
            picture, score = found["spectrogram"], float(found["score"])
            strip.add(start, picture, _enlarge(found[SALIENCY], picture.shape))
            windows.append(_window(start, columns, len(samples), score, spec))
            speech.append(float(found["speech"]))
            branches.append(found.get(BRANCHES, np.array([logit(score), 0.0], np.float32)))
            if progress:
                progress(windows[-1].end, len(samples) / spec.sample_rate)
        spectrogram, saliency = strip.finish()
        saliency /= max(float(saliency.max()), 1e-6)
        logits, weights = zip(*overlaps, strict=True)
        return Analysis(
            spec,
            spectrogram,
            saliency,
            tuple(windows),
            tuple(speech),
            np.array(branches, np.float32),
            overlap=self._overlap.is_overlap(float(np.average(logits, weights=weights)), n_columns),
            pool=strip.pool,
        )

    def hears_music(self, analysis: Analysis) -> bool:
        """Whether it sounds like music; worth asking where nobody speaks."""
        return self._music.hears_music(analysis.spectrogram, analysis.spec)

    def _run(self, inputs: Floats) -> dict[str, Floats]:
        """The outputs of the network for one window, by their names, without the batch's axis."""
        values = self._session.run(self._outputs, {"samples": inputs})
        return {name: value[0] for name, value in zip(self._outputs, values, strict=True)}

    def _refuse_drift(self, path: Path) -> None:
        analysis = self.analyse(probe())
        now = measure_probe(analysis)
        for name in ("score", "speech", "level"):
            then, today = getattr(self.card.probe, name), getattr(now, name)
            if not abs(then - today) <= DRIFT * max(1.0, abs(then)):
                raise ModelError(
                    f"{path} has drifted: the probe's {name} is {today:.4f} and was {then:.4f}"
                )
        for window, parts in zip(analysis.windows, analysis.branches, strict=True):
            whole, added = logit(window.score), logit(sigmoid(float(parts.sum())))
            if not abs(added - whole) <= ROUNDING * max(1.0, abs(whole)):
                raise ModelError(f"{path} contradicts itself: its branches do not add up")


def logit(chance: float) -> float:
    """The log odds of a chance, at most about 16 either way."""
    chance = min(max(chance, LEAST_CHANCE), 1.0 - LEAST_CHANCE)
    return math.log(chance / (1.0 - chance))


def sigmoid(log_odds: float) -> float:
    """The chance whose log odds these are."""
    return 0.5 + 0.5 * math.tanh(0.5 * log_odds)  # never overflows


def probability(log_odds: float) -> float:
    """`sigmoid`, but no nearer to 0 or 1 than CERTAIN: what is said of a recording or a part."""
    return min(max(sigmoid(log_odds), 1.0 - CERTAIN), CERTAIN)


def measure_probe(analysis: Analysis) -> Probe:
    return Probe(
        score=float(np.mean([window.score for window in analysis.windows])),
        speech=float(np.mean(analysis.speech)),
        level=float(analysis.spectrogram.mean()),
    )


def cut(samples: Samples, start: int, columns: int, spec: FeatureSpec) -> Floats:
    """The samples of `columns` columns from column `start` on, with the margins around them."""
    first = (start - spec.margin) * spec.hop_length
    length = spec.samples(columns)
    piece = floats(samples[max(first, 0) : max(first + length, 0)])
    before = max(-first, 0)
    return np.pad(piece, (before, length - before - len(piece)))


def _starts(n_columns: int, columns: int) -> list[int]:
    """First columns of the windows: they overlap by half, the last one ends with the recording."""
    last = max(0, n_columns - columns)
    return [*range(0, last, columns // 2), last]


def _window(start: int, columns: int, n_samples: int, score: float, spec: FeatureSpec) -> Window:
    begin = start / spec.columns_per_second
    end = min((start + columns) / spec.columns_per_second, n_samples / spec.sample_rate)
    return Window(begin, max(begin, end), score)


def _enlarge(share: Floats, shape: tuple[int, int]) -> Floats:
    """The positive part of a coarse map (time, bands), linearly enlarged to (columns, bins)."""
    along = [
        np.clip((np.arange(n) + 0.5) * coarse / n - 0.5, 0, coarse - 1)
        for n, coarse in zip(shape, share.shape, strict=True)
    ]
    positive = np.maximum(share, 0.0)
    for axis, where in enumerate(along):
        low = where.astype(int)
        high = np.minimum(low + 1, share.shape[axis] - 1)
        part = np.expand_dims((where - low).astype(np.float32), 1 - axis)
        below, above = np.take(positive, low, axis), np.take(positive, high, axis)
        positive = below + (above - below) * part
    return positive


def _checked(path: Path) -> bytes:
    """The file's bytes; those that `models.toml` lists must be the very ones."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the model {path} cannot be read: {error.strerror}") from error
    for model in tomllib.loads(MODELS.read_text())["model"]:
        expected = MODELS.parent / model["file"]
        if path.resolve() == expected.resolve():
            found = hashlib.sha256(data).hexdigest()
            if found != model["sha256"]:
                raise ModelError(f"{path} is damaged: its SHA-256 is {found}")
    return data
