"""A spectrogram in which nobody speaks goes in; whether it sounds like music comes out.

Asked only when no speech was found, so that a person learns why. Fitted and measured by
`python -m training music`.
"""

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from inference.errors import ModelError
from inference.features import FeatureSpec

FILE = Path(__file__).parent / "models" / "music.json"
SPEC = FeatureSpec()  # of the spectrograms that it knows
STEP = 2  # every second column is enough: 31 a second
LEAST, MOST = 1.0, 30.0  # s; a click is no music, and half a minute tells
RANGE = 60.0  # dB that it sees, from the loudest cell down
FAINTEST = -60.0  # dB of the loudest cell; what is fainter is silence, whatever it hides
LASTING, WIDE = 9, 13  # columns (0.29 s) and bins (half an octave) of the running medians
STANDS_OUT = 6.0  # dB above the neighbouring bins, for so long: a tone that is held
HALF_A_SECOND = 16  # columns
OCTAVES = 7
MEASURES = 12 + 2 * OCTAVES
LOW = 60  # bins, up to 340 Hz: basses and the roots of chords

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class MusicNetwork:
    """One hidden layer over the measures, and how sure it must be."""

    centre: list[float]  # (n_measures,)
    scale: list[float]  # (n_measures,)
    hidden: list[list[float]]  # (n_measures, n_units)
    hidden_bias: list[float]  # (n_units,)
    output: list[float]  # (n_units,)
    output_bias: float
    limit: float = math.inf  # least logits that are called music
    measured: dict[str, float] = field(default_factory=dict)  # counts, and shares of 0..1

    @classmethod
    def read(cls, file: Path = FILE) -> "MusicNetwork":
        """Raises ModelError when the file holds none."""
        try:
            network = cls(**json.loads(file.read_text()))
            network.logits(np.zeros((1, MEASURES)))
        except (OSError, TypeError, ValueError) as error:
            raise ModelError(f"the model {file} cannot be read: {error}") from error
        return network

    def hears_music(self, spectrogram: Floats, spec: FeatureSpec) -> bool:
        """Whether a spectrogram, (n_bins, n_columns) in dB, is of music; another kind's never."""
        seconds = spectrogram.shape[1] / SPEC.columns_per_second
        if spec != SPEC or seconds < LEAST or spectrogram.max() <= FAINTEST:
            return False
        return bool(self.logits(measures(spectrogram)[None])[0] >= self.limit)

    def logits(self, measured: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logits of music, shape (n,), for measures of shape (n, MEASURES)."""
        inner = (measured - np.array(self.centre)) / np.array(self.scale)
        units = np.maximum(inner @ np.array(self.hidden) + np.array(self.hidden_bias), 0.0)
        found: NDArray[np.float64] = units @ np.array(self.output) + self.output_bias
        return found

    def to_json(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def measures(spectrogram: Floats) -> NDArray[np.float64]:
    """Tones that are held, how many at once, how they move: shape (MEASURES,)."""
    columns = round(MOST * SPEC.columns_per_second)
    seen = spectrogram[:, :columns:STEP]
    seen = np.maximum(seen - (seen.max() - np.float32(RANGE)), np.float32(0.0))
    lasting, wide = _running_median(seen, LASTING), _running_median(seen.T, WIDE).T
    tones = lasting - wide > STANDS_OUT
    at_once, loud = tones.sum(axis=0), seen.max(axis=0) > RANGE / 3
    chroma = _chroma(np.where(tones, 10 ** (lasting / 20), 0.0))
    share = chroma.sum(axis=1) / max(float(chroma.sum()), 1e-9)
    by_octave = seen.reshape(OCTAVES, -1)
    level, quiet = by_octave.mean(axis=1), _quiet(seen)
    return np.array(
        [
            *level,
            *(level - quiet),
            tones[:, loud].mean() if loud.any() else 0.0,
            np.mean(at_once > 0),
            np.mean(at_once >= 3),
            np.mean(at_once >= 6),
            -np.sum(share * np.log(share + 1e-12)),  # how evenly the notes are used
            _change(chroma),
            np.quantile(at_once, 0.5),
            np.quantile(at_once, 0.9),
            lasting.mean() / max(float(wide.mean()), 1e-3),
            loud.mean(),
            seen.std(),
            np.mean(tones[:LOW].sum(axis=0) >= 2),
        ]
    )


def _quiet(seen: Floats) -> Floats:
    """What the bins of an octave fall to when they are quiet, dB, shape (OCTAVES,)."""
    quiet: Floats = np.quantile(seen, 0.1, axis=1).reshape(OCTAVES, -1).mean(axis=1)
    return quiet


def _running_median(cells: Floats, length: int) -> Floats:
    """The median of `length` neighbours in each row; same shape."""
    padded = np.pad(cells, ((0, 0), (length // 2, length // 2)), mode="edge")
    middle: Floats = np.partition(sliding_window_view(padded, length, axis=1), length // 2, axis=2)
    return middle[..., length // 2]


def _chroma(tones: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tones of all octaves together, shape (bins_per_octave, n_columns)."""
    octaves = tones.reshape(-1, SPEC.bins_per_octave, tones.shape[1])
    return np.asarray(octaves.sum(axis=0))


def _change(chroma: NDArray[np.float64]) -> float:
    """How far the notes move within half a second, 0 (not at all) to 1."""
    size = np.linalg.norm(chroma, axis=0)
    there = (size[HALF_A_SECOND:] > 0) & (size[:-HALF_A_SECOND] > 0)
    unit = chroma / np.maximum(size, 1e-9)
    change = 1 - np.sum(unit[:, HALF_A_SECOND:] * unit[:, :-HALF_A_SECOND], axis=0)
    return float(change[there].mean()) if there.any() else 0.0
