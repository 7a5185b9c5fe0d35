"""The convolutional network: a spectrogram in dB in, two logits out."""

from typing import Any

import keras
from keras import layers, ops
from tensorflow.compat.v1.nn import fused_batch_norm

from inference.features import FeatureSpec
from training.networks.levelled import Levelled
from training.networks.sizes import CnnSize


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
    logit is linear in the layer "features", so each of its cells has a share in it
    (`class_activation_map`).
    """
    inputs = keras.Input((None, spec.n_bins), name="spectrogram")
    if size.trunks == 1:
        x = _trunk(inputs, size)
    else:
        trunks = [
            keras.Model(inputs, _trunk(inputs, size), name=trunk(i)) for i in range(size.trunks)
        ]
        x = layers.Concatenate()([one(inputs) for one in trunks])
    x = layers.Identity(name="features")(x)  # (batch, columns / 16, bands, channels)
    x = layers.SpatialDropout2D(size.dropout)(x)
    bands = ops.mean(x, axis=1)  # (batch, bands, channels)
    synthetic = layers.Dense(1, name="synthetic")(layers.Flatten()(bands))
    speech = layers.Dense(1, name="speech")(ops.mean(bands, axis=1))
    logits = layers.Concatenate(dtype="float32")([synthetic, speech])
    return keras.Model(inputs, logits, name="cnn")


def trunk(number: int) -> str:
    """Name of the layer that holds one of several trunks."""
    return f"trunk_{number}"


def _trunk(inputs: Any, size: CnnSize) -> Any:
    x = Levelled(name="levelled")(inputs)
    x = layers.ReLU()(_convolve(x, size.stem, 5, 2))
    for channels in size.stages:
        for block in range(size.blocks):
            x = _residual(x, channels, 2 if block == 0 else 1)
    return x


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
