"""The spectrograms that are swapped: WORLD's smooth envelopes on a mel axis, and the way back.

The pitch is not in them, as the light is not in a face: it is moved by formula.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.engines.copy_synthesis.world import FRAME, Parts
from inference.decoding.audio import SAMPLE_RATE

BANDS = 80  # from 0 to 8 kHz, as far apart as a mel filter bank's
FRAMES_PER_SECOND = 1000.0 / FRAME
LOUD = 95.0  # percentile of a recording's frames that is its level
DEPTH = 70.0  # dB under the level; lower is as good as silence
SPEAKING = 35.0  # dB under the level that a frame may be to count as speech

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Spectrogram:
    """Mel spectrogram relative to the recording's level, without its pitch."""

    bands: Array  # (n_frames, BANDS) dB over the recording's level, at least -DEPTH
    level: float  # dB

    @property
    def spoken(self) -> NDArray[np.bool_]:
        """Which frames are speech, shape (n_frames,)."""
        return np.asarray(_loudness(self.bands) > -SPEAKING)


def mel_frequencies() -> NDArray[np.float64]:
    """Centre frequencies of the bands, Hz (HTK's mel scale), shape (BANDS,)."""
    top = 2595.0 * np.log10(1.0 + SAMPLE_RATE / 2.0 / 700.0)
    return np.asarray(700.0 * (10.0 ** (np.linspace(0.0, top, BANDS) / 2595.0) - 1.0))


def spectrogram(parts: Parts) -> Spectrogram:
    """Mel-scaled envelope of a recording at SAMPLE_RATE, from WORLD's parameters."""
    decibels = 10.0 * np.log10(np.maximum(parts.envelope, 1e-16))
    bands = _resample(decibels, _bins(decibels.shape[1]), mel_frequencies())
    level = float(np.percentile(_loudness(bands), LOUD))
    return Spectrogram(np.asarray(np.maximum(bands - level, -DEPTH), np.float32), level)


def envelope(image: Spectrogram, n_bins: int) -> NDArray[np.float64]:
    """Power for WORLD's synthesis, shape (n_frames, n_bins)."""
    decibels = np.asarray(image.bands, np.float64) + image.level
    return np.asarray(10.0 ** (_resample(decibels, mel_frequencies(), _bins(n_bins)) / 10.0))


def _bins(count: int) -> NDArray[np.float64]:
    return np.linspace(0.0, SAMPLE_RATE / 2.0, count)


def _loudness(bands: NDArray[np.floating]) -> NDArray[np.float64]:
    """Level of each frame, dB, from the mean power over mel bands, shape (n_frames,)."""
    return np.asarray(10.0 * np.log10(np.mean(10.0 ** (bands / 10.0), axis=1)))


def _resample(
    rows: NDArray[np.float64], at: NDArray[np.float64], wanted: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Rows known at some frequencies, drawn straight between them, at others."""
    above = np.clip(np.searchsorted(at, wanted), 1, len(at) - 1)
    part = (wanted - at[above - 1]) / (at[above] - at[above - 1])
    return np.ascontiguousarray(rows[:, above - 1] * (1.0 - part) + rows[:, above] * part)
