"""Whisper-base's ear up to its first transformer layer, in Keras: samples in, frames out.

Radford et al. 2022. After the first layer the frames tell synthetic speech better than before it
or after later ones (docs/experiments.md); nothing of what Whisper does with words is used.
"""

import math
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE
from training.networks.whisper_weights import Weights

FFT, HOP, BANDS = 400, 160, 80  # samples, samples, mel bands: Whisper's own
PEAK = 0.7  # of full scale, to which the samples are brought
RANGE = 8.0  # decades below the loudest cell that are kept
WIDTH, HEADS, INNER = 512, 8, 2048
EPSILON = 1e-5
PER_SECOND = SAMPLE_RATE // HOP // 2  # frames


def whisper_encoder(longest: int, weights: Weights) -> keras.Model:
    """(batch, samples) at 16 kHz → (batch, frames, 512), 50 frames a second.

    Args:
        longest: the most frames that it will see at once; so many positions are kept.
        weights: see `whisper_weights`.
    """
    samples = keras.Input((None,), name="samples")
    x = LogMel(name="log_mel", dtype="float32")(samples)
    x = layers.Activation(gelu)(Convolution(1, name="conv1")(x))
    x = layers.Activation(gelu)(Convolution(2, name="conv2")(x))
    x = Positions(longest, name="positions")(x)
    y = layers.LayerNormalization(epsilon=EPSILON, name="attention_norm")(x)
    x = layers.Add()([x, SelfAttention(name="attention")(y)])
    y = layers.LayerNormalization(epsilon=EPSILON, name="ffn_norm")(x)
    y = layers.Activation(gelu)(layers.Dense(INNER, name="ffn_in")(y))
    y = layers.Dense(WIDTH, name="ffn_out")(y)
    model = keras.Model(samples, layers.Add()([x, y]), name="whisper_encoder")
    _fill(model, weights)
    return model


def gelu(x: Any) -> Any:
    """The exact one, of operations that ONNX has."""
    return 0.5 * x * (1.0 + ops.erf(x / math.sqrt(2.0)))


class LogMel(layers.Layer):  # type: ignore[misc]
    """Samples (batch, n) → Whisper's log-mel spectrogram (batch, 1 + (n - 400) // 160, 80).

    Without Whisper's padding to 30 s; every input is brought to the same peak first.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.waves, self.mel = waves(), mel_filters()

    def call(self, samples: Any) -> Any:
        peak = ops.max(ops.abs(samples), axis=1, keepdims=True)
        signal = (samples * (PEAK / ops.maximum(peak, 1e-5)))[..., None]
        parts = ops.conv(signal, self.waves, strides=HOP, padding="valid")
        real, imaginary = ops.split(parts, 2, axis=-1)
        power = ops.matmul(ops.square(real) + ops.square(imaginary), self.mel)
        level = ops.log(ops.maximum(power, 1e-10)) / math.log(10.0)
        loudest = ops.max(level, axis=(1, 2), keepdims=True)
        return (ops.maximum(level, loudest - RANGE) + 4.0) / 4.0

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return (shape[0], None, BANDS)


def waves() -> NDArray[np.float32]:
    """The windowed Fourier transform as the taps of a convolution, shape (FFT, 1, FFT + 2)."""
    time, bins = np.arange(FFT), np.arange(FFT // 2 + 1)
    turns = np.exp(-2j * np.pi * np.outer(time, bins) / FFT)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * time / FFT)  # Hann, periodic
    taps = window[:, None] * turns
    return np.concatenate([taps.real, taps.imag], axis=1)[:, None].astype(np.float32)


def mel_filters() -> NDArray[np.float32]:
    """Slaney's, as Whisper's own file has them, shape (FFT / 2 + 1, BANDS)."""
    import librosa  # takes seconds, which other networks need not wait for

    return np.asarray(librosa.filters.mel(sr=SAMPLE_RATE, n_fft=FFT, n_mels=BANDS).T, np.float32)


class Convolution(layers.Conv1D):  # type: ignore[misc]
    """Three frames wide with one of padding on both sides, as torch pads."""

    def __init__(self, strides: int, **kwargs: Any) -> None:
        super().__init__(WIDTH, 3, strides=strides, padding="valid", **kwargs)

    def call(self, x: Any) -> Any:
        return super().call(ops.pad(x, [[0, 0], [1, 1], [0, 0]]))

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return (shape[0], None, WIDTH)


class Positions(layers.Layer):  # type: ignore[misc]
    """Adds what tells a frame its place from the beginning of the input; not trained."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.encodings = self.add_weight(
            shape=(longest, WIDTH), initializer="zeros", trainable=False, name="encodings"
        )

    def call(self, x: Any) -> Any:
        return x + self.encodings[: ops.shape(x)[1]]

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return shape


class SelfAttention(layers.Layer):  # type: ignore[misc]
    """Multi-head attention with one matrix for queries, keys and values."""

    def build(self, shape: tuple[int | None, ...]) -> None:
        self.inward = layers.Dense(3 * WIDTH, name="qkv")
        self.inward.build(shape)
        self.outward = layers.Dense(WIDTH, name="out")
        self.outward.build(shape)

    def call(self, x: Any) -> Any:
        batch, frames = ops.shape(x)[0], ops.shape(x)[1]
        parts = ops.reshape(self.inward(x), (batch, frames, 3, HEADS, WIDTH // HEADS))
        query, key, value = (ops.transpose(parts[:, :, i], (0, 2, 1, 3)) for i in range(3))
        fits = ops.matmul(query, ops.transpose(key, (0, 1, 3, 2))) / math.sqrt(WIDTH // HEADS)
        heard = ops.matmul(ops.softmax(fits, axis=-1), value)
        return self.outward(ops.reshape(ops.transpose(heard, (0, 2, 1, 3)), (batch, frames, WIDTH)))

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return shape


def _fill(model: keras.Model, weights: Weights) -> None:
    """Put Whisper's tensors into the layers."""

    def dense(name: str) -> list[NDArray[np.float32]]:
        return [_tensor(weights, f"{name}/weight").T, _tensor(weights, f"{name}/bias")]

    def norm(name: str) -> list[NDArray[np.float32]]:
        return [_tensor(weights, f"{name}/gamma"), _tensor(weights, f"{name}/beta")]

    for name in ("conv1", "conv2"):
        kernel = _tensor(weights, f"{name}/weight").transpose(2, 1, 0)
        model.get_layer(name).set_weights([kernel, _tensor(weights, f"{name}/bias")])
    positions = model.get_layer("positions")
    longest = positions.encodings.shape[0]
    positions.set_weights([_tensor(weights, "position_encodings/encodings")[:longest]])
    attention = model.get_layer("attention")
    attention.inward.set_weights(dense("layer_0/self_attention/linear_0"))
    attention.outward.set_weights(dense("layer_0/self_attention/linear_1"))
    model.get_layer("attention_norm").set_weights(norm("layer_0/self_attention/layer_norm"))
    model.get_layer("ffn_norm").set_weights(norm("layer_0/ffn/layer_norm"))
    model.get_layer("ffn_in").set_weights(dense("layer_0/ffn/linear_0"))
    model.get_layer("ffn_out").set_weights(dense("layer_0/ffn/linear_1"))


def _tensor(weights: Weights, name: str) -> NDArray[np.float32]:
    return np.asarray(weights[name], np.float32)
