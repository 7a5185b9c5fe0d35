"""Statistics of a speaker: mean and deviation of the bands, range of pitch, sorts of sounds."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap.preprocess import SpeakerData
from dataset.engines.swap.spectra import Array, mel_frequencies
from dataset.files import unfinished

ENDS = 4.0  # standard deviations; what lies beyond is cut off
# Hz, where the middle of a sound's power lies: hums and closed vowels; open vowels; "sh"; "s"
EDGES = (0, 700, 1400, 2800, 8000)
SORTS = 2 * (len(EDGES) - 1)  # of sounds: each without voice and with


@dataclass(frozen=True)
class Voice:
    """A speaker's measures, of what it learns from."""

    minutes: float  # of speech
    mean: Array  # (BANDS,) dB over the recordings' level
    deviation: Array  # (BANDS,) dB
    pitch: float  # Hz, the median
    range: Array  # (2,) Hz, the 1st and the 99th percentile of the pitch
    sounds: Array  # (SORTS,) how much of it is of each sort, 0..1

    @staticmethod
    def of(data: SpeakerData) -> "Voice":
        learnt = data.spoken & ~data.held_frames
        mean = data.bands[learnt].mean(axis=0)
        deviation = data.bands[learnt].std(axis=0) + np.float32(1e-3)
        voiced = data.pitch[learnt & (data.pitch > 0.0)]
        return Voice(
            minutes=data.minutes,
            mean=mean,
            deviation=deviation,
            pitch=float(np.median(voiced)),
            range=np.percentile(voiced, [1.0, 99.0]).astype(np.float32),
            sounds=shares(data.bands[learnt], data.pitch[learnt]),
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


def sorts(bands: Array, pitch: NDArray[np.floating]) -> NDArray[np.int64]:
    """Of each frame, which sort of sound it is: 0 … len(EDGES) - 2 without voice, then with."""
    power = 10.0 ** (np.asarray(bands, np.float64) / 10.0)
    middle = power @ mel_frequencies() / power.sum(axis=1)
    place = np.digitize(middle, EDGES[1:-1])
    return np.asarray(place + (len(EDGES) - 1) * (pitch > 0.0))


def shares(bands: Array, pitch: NDArray[np.floating]) -> Array:
    """Share of the frames that is of each sort of sound, 0..1, shape (SORTS,)."""
    counts = np.bincount(sorts(bands, pitch), minlength=SORTS)
    return np.asarray(counts / max(1, len(bands)), np.float32)


def _scores(bands: Array, mean: Array, deviation: Array) -> Array:
    return np.asarray(np.clip((bands - mean) / deviation, -ENDS, ENDS), np.float32)
