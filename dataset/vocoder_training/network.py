"""The network: log-mel frames in, the complex spectrum of the same frames out.

Vocos (Siuzdak 2023, arXiv 2306.00814): ConvNeXt blocks at the rate of the frames and an inverse
Fourier transform instead of transposed convolutions. From FreeV (Lv et al. 2024, 2406.08196): the
magnitudes set out from the pseudo-inverse of the mel filters, so only a correction is learnt.
"""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from dataset.engines.vocoder.spectrum import N_BINS, N_MELS, mel_filters

LEAST, MOST = -12.0, 6.0  # of the natural logarithm of a magnitude


@dataclass(frozen=True)
class Size:
    """Size of the network; the defaults train on a CPU."""

    width: int = 192
    inner: int = 576
    blocks: int = 6
    kernel: int = 7  # frames


def network(size: Size) -> keras.Model:
    """From (batch, frames, N_MELS) to (batch, frames, N_BINS, 2): real and imaginary part."""
    mel = keras.Input((None, N_MELS), name="mel")
    rough = ops.log(ops.maximum(ops.matmul(ops.exp(mel), _inverse()), float(np.exp(LEAST))))
    # Around 0 and of size 1, for logarithms between log(FLOOR) = -11.5 and about 4.
    hidden = keras.layers.Conv1D(size.width, size.kernel, padding="same")((mel + 3.0) / 4.0)
    hidden = keras.layers.LayerNormalization(epsilon=1e-6)(hidden)
    for number in range(size.blocks):
        hidden = Block(size.width, size.inner, size.kernel, name=f"block{number}")(hidden)
    hidden = keras.layers.LayerNormalization(epsilon=1e-6)(hidden)
    correction = keras.layers.Dense(N_BINS, kernel_initializer="zeros")(hidden)
    phase = keras.layers.Dense(N_BINS)(hidden)
    magnitude = ops.exp(ops.clip(rough + correction, LEAST, MOST))
    parts = ops.stack([magnitude * ops.cos(phase), magnitude * ops.sin(phase)], axis=-1)
    return keras.Model(mel, parts)


class Block(keras.layers.Layer):  # type: ignore[misc]
    """ConvNeXt's block in one dimension: a convolution along time for each channel, an MLP."""

    def __init__(self, width: int, inner: int, kernel: int, **options: Any) -> None:
        super().__init__(**options)
        self.kernel = kernel
        self.norm = keras.layers.LayerNormalization(epsilon=1e-6)
        self.rise = keras.layers.Dense(inner, activation=_gelu)
        self.fall = keras.layers.Dense(width)
        self.taps = self.add_weight(
            shape=(kernel, width),
            initializer=keras.initializers.RandomNormal(stddev=0.2),
            name="taps",
        )
        self.scale = self.add_weight(
            shape=(width,), initializer=keras.initializers.Constant(0.2), name="scale"
        )

    def call(self, hidden: Any) -> Any:
        # Shifted sums become one loop when compiled, and ONNX Runtime runs them as they stand.
        reach = self.kernel // 2
        frames = ops.shape(hidden)[1]
        padded = ops.pad(hidden, [[0, 0], [reach, reach], [0, 0]])
        mixed = sum(padded[:, tap : tap + frames] * self.taps[tap] for tap in range(self.kernel))
        return hidden + self.scale * self.fall(self.rise(self.norm(mixed)))


def _gelu(hidden: Any) -> Any:
    """Keras's own is written with erfc, which ONNX does not have."""
    return 0.5 * hidden * (1.0 + ops.erf(hidden * 0.5**0.5))


def _inverse() -> Any:
    """From mel magnitudes back to bins, shape (N_MELS, N_BINS), nowhere negative."""
    filters = mel_filters()
    return np.maximum(np.linalg.pinv(filters), 0.0).astype(np.float32)
