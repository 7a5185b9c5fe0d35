"""The convolutional network: a spectrogram in dB in, two logits out."""

from dataclasses import dataclass
from typing import Any

import keras
from keras import layers, ops
from tensorflow.compat.v1.nn import fused_batch_norm

from inference.features import FeatureSpec

RANGE = 80.0  # dB below the loudest cell that the network sees


@dataclass(frozen=True)
class CnnSize:
    """How large the network is: channels of its stem and of its stages, blocks a stage."""

    stem: int = 16
    stages: tuple[int, ...] = (24, 48, 96)
    blocks: int = 2
    dropout: float = 0.2


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


class FusedBatchNormalization(layers.BatchNormalization):  # type: ignore[misc]
    """Keras's layer through TensorFlow's fused kernel: a third less time a step on a CPU.

    It also reaches ONNX as one node, which ONNX Runtime folds into the convolution before it.
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        arguments = (inputs, self.gamma, self.beta)
        if not training:
            moving = (self.moving_mean, self.moving_variance)
            return fused_batch_norm(*arguments, *moving, self.epsilon, is_training=False)[0]
        y, mean, variance, *_ = fused_batch_norm(*arguments, epsilon=self.epsilon)
        for moving, now in ((self.moving_mean, mean), (self.moving_variance, variance)):
            moving.assign(moving * self.momentum + now * (1.0 - self.momentum))
        return y


def cnn(spec: FeatureSpec, size: CnnSize) -> keras.Model:
    """Residual network (He 2015) with batch normalisation and dropout.

    In: (batch, columns, n_bins) dB. Out: logits (batch, 2) = synthetic, speech. The synthetic
    logit is linear in the layer "features", so each of its cells has a share in it (`shares`).
    """
    inputs = keras.Input((None, spec.n_bins), name="spectrogram")
    x = Levelled(name="levelled")(inputs)
    x = layers.ReLU()(_convolve(x, size.stem, 5, 2))
    for channels in size.stages:
        for block in range(size.blocks):
            x = _residual(x, channels, 2 if block == 0 else 1)
    x = layers.Identity(name="features")(x)  # (batch, columns / 16, bands, channels)
    x = layers.SpatialDropout2D(size.dropout)(x)
    bands = ops.mean(x, axis=1)  # (batch, bands, channels)
    synthetic = layers.Dense(1, name="synthetic")(layers.Flatten()(bands))
    speech = layers.Dense(1, name="speech")(ops.mean(bands, axis=1))
    logits = layers.Concatenate(dtype="float32")([synthetic, speech])
    return keras.Model(inputs, logits, name="cnn")


def shares(network: keras.Model, features: Any) -> Any:
    """What each cell of "features" adds to the synthetic logit, times the number of columns.

    The class activation map (Zhou 2016), shape (batch, columns / 16, bands).
    """
    bands, channels = features.shape[2], features.shape[3]
    kernel = ops.reshape(network.get_layer("synthetic").kernel, (1, 1, bands, channels))
    return ops.sum(features * kernel, axis=-1)


def _convolve(x: Any, channels: int, width: int, strides: int) -> Any:
    x = layers.Conv2D(
        channels, width, strides, "same", use_bias=False, kernel_initializer="he_normal"
    )(x)
    return FusedBatchNormalization(momentum=0.98)(x)


def _residual(x: Any, channels: int, strides: int) -> Any:
    y = layers.ReLU()(_convolve(x, channels, 3, strides))
    y = _convolve(y, channels, 3, 1)
    if strides > 1 or x.shape[-1] != channels:
        x = layers.AveragePooling2D(strides, padding="same")(x)
        x = _convolve(x, channels, 1, 1)
    return layers.ReLU()(layers.Add()([x, y]))
