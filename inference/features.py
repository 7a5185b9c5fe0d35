"""How samples become a constant-Q spectrogram: every number of it, in one frozen value."""

import json
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class FeatureSpec:
    """A constant-Q transform (Schörkhuber & Klapuri 2010) as librosa 0.11 computes it, in dB.

    The fields from `fmin` to `res_type` are the arguments of `librosa.cqt`.
    """

    sample_rate: int = 16_000  # Hz
    hop_length: int = 256  # samples between two columns: 16 ms
    fmin: float = 60.0  # Hz, centre of the lowest bin
    n_bins: int = 168  # seven octaves, so the highest bin is at 7,461 Hz
    bins_per_octave: int = 24
    filter_scale: float = 1.0
    norm: int = 1
    sparsity: float = 0.0  # librosa's 0.01 drops taps, which costs more than 0.1 dB
    window: str = "hann"
    pad_mode: str = "constant"
    res_type: str = "soxr_hq"
    floor: float = -120.0  # dB re 1: anything weaker is set to this
    columns: int = 256  # of one network input: 4.1 s
    margin: int = 32  # columns of context on both sides, so that no window sees a false edge

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Centre of each bin in Hz, shape (n_bins,)."""
        octaves: NDArray[np.float64] = np.arange(self.n_bins) / self.bins_per_octave
        return self.fmin * 2.0**octaves

    @property
    def columns_per_second(self) -> float:
        return self.sample_rate / self.hop_length

    def samples(self, columns: int) -> int:
        """Samples the served network takes to answer for so many columns."""
        return (columns + 2 * self.margin - 1) * self.hop_length

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "FeatureSpec":
        return cls(**json.loads(text))


def decibels(magnitude: NDArray[np.floating], floor: float) -> NDArray[np.float32]:
    """20 log10 of a magnitude, not below `floor` dB; same shape."""
    least = 10.0 ** (floor / 20.0)
    return np.asarray(20.0 * np.log10(np.maximum(magnitude, least)), np.float32)
