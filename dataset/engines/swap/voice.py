"""What is typical of a speaker, in numbers: how it sounds on average, how high it speaks."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap.material import Material
from dataset.engines.swap.spectra import Array
from dataset.files import unfinished

ENDS = 4.0  # standard deviations; what lies beyond is cut off
EXAMPLES = 2000  # frames of a speaker that stand for all of them
COARSE = 20  # groups of bands in which frames are compared: formants, not details
USUAL = 99.0  # percentile of the held-out frames' distances that still counts as known


@dataclass(frozen=True)
class Voice:
    """A speaker's measures, of what it learns from."""

    minutes: float  # of speech
    mean: Array  # (BANDS,) dB over the recordings' level
    deviation: Array  # (BANDS,) dB
    pitch: float  # Hz, the median
    range: Array  # (2,) Hz, the 1st and the 99th percentile of the pitch
    examples: Array  # (up to EXAMPLES, COARSE) standard scores
    radius: float  # how far from the nearest example frames held out are, but for 1 % of them

    @staticmethod
    def of(material: Material) -> "Voice":
        learnt = material.spoken & ~material.held_frames
        mean = material.bands[learnt].mean(axis=0)
        deviation = material.bands[learnt].std(axis=0) + np.float32(1e-3)
        spread = np.linspace(0, learnt.sum() - 1, min(EXAMPLES, int(learnt.sum()))).astype(int)
        examples = coarse(_scores(material.bands[learnt][spread], mean, deviation))
        held = coarse(
            _scores(material.bands[material.held_frames & material.spoken], mean, deviation)
        )
        voiced = material.pitch[learnt & (material.pitch > 0.0)]
        return Voice(
            minutes=material.minutes,
            mean=mean,
            deviation=deviation,
            pitch=float(np.median(voiced)),
            range=np.percentile(voiced, [1.0, 99.0]).astype(np.float32),
            examples=examples,
            radius=float(np.percentile(distances(held, examples), USUAL)),
        )

    @staticmethod
    def read(path: Path) -> "Voice":
        with np.load(path) as arrays:
            facts: dict[str, Any] = {
                name: array if array.ndim else float(array) for name, array in arrays.items()
            }
        return Voice(**facts)

    def write(self, path: Path) -> None:
        with unfinished(path) as file:
            np.savez(file, **asdict(self))

    def scores(self, bands: Array) -> Array:
        """Bands as standard scores, shape (n_frames, BANDS): what the networks see."""
        return _scores(bands, self.mean, self.deviation)

    def bands(self, scores: Array) -> Array:
        """The way back, dB over the level."""
        return np.asarray(scores * self.deviation + self.mean, np.float32)


def moved(pitch: NDArray[np.floating], source: Voice, target: Voice) -> NDArray[np.float64]:
    """The melody of `source` about the median of `target`, Hz; 0 stays 0."""
    return np.asarray(pitch * (target.pitch / source.pitch), np.float64)


def coarse(scores: Array) -> Array:
    """The mean over neighbouring bands, shape (n_frames, COARSE)."""
    return np.asarray(scores.reshape(len(scores), COARSE, -1).mean(axis=2), np.float32)


def distances(frames: Array, examples: Array) -> Array:
    """Of each frame to the nearest example: root of the mean square, standard scores."""
    squares = (frames**2).sum(axis=1)[:, None] + (examples**2).sum(axis=1)
    nearest = np.min(squares - 2.0 * frames @ examples.T, axis=1)
    return np.asarray(np.sqrt(np.maximum(nearest, 0.0) / COARSE), np.float32)


def _scores(bands: Array, mean: Array, deviation: Array) -> Array:
    return np.asarray(np.clip((bands - mean) / deviation, -ENDS, ENDS), np.float32)
