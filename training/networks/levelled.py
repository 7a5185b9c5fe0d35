"""What all networks see first: decibels become two channels that the level does not change."""

from typing import Any

import keras
from keras import ops

RANGE = 80.0  # dB below the loudest cell that a network sees


class Levelled(keras.layers.Layer):  # type: ignore[misc]
    """dB → two channels in about -1..1: relative to the loudest cell, and to the mean over time.

    The first is free of the level; the second of every filter the sound went through, as a
    room, a microphone or a telephone line.
    """

    def call(self, spectrogram: Any) -> Any:
        loudest = ops.max(spectrogram, axis=(1, 2), keepdims=True)
        relative = ops.maximum(spectrogram - loudest, -RANGE) / RANGE
        channel = ops.mean(relative, axis=1, keepdims=True)
        return ops.stack([2.0 * relative + 1.0, 4.0 * (relative - channel)], axis=-1)
