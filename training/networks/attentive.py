"""The head of the speech-encoder branch: frames in, the logit of synthetic speech out."""

from typing import Any

import keras
from keras import layers, ops

from training.networks.sizes import HeadSize
from training.networks.whisper_encoder import WIDTH, gelu

MOMENTUM = 0.98  # of the batch normalisations


def attentive_head(size: HeadSize, name: str = "attentive_head") -> keras.Model:
    """(batch, frames, 512), 50 frames a second → logits (batch, 1).

    A convolution that makes one frame of two, residual convolutions over time, and the attentive
    statistics pooling of Okabe et al. 2018: mean and deviation over the frames, each frame weighed
    by what it holds.
    """
    frames = keras.Input((None, WIDTH), name="frames")
    x = layers.BatchNormalization(momentum=MOMENTUM, center=False, scale=False)(frames)
    x = layers.Activation(gelu)(layers.Conv1D(size.width, 2, strides=2)(x))
    for _ in range(size.blocks):
        y = layers.Conv1D(size.width, 5, padding="same", use_bias=False)(x)
        y = layers.Activation(gelu)(layers.BatchNormalization(momentum=MOMENTUM)(y))
        x = layers.Add()([x, y])
    x = AttentiveStatistics(size.attention)(x)
    x = layers.Dropout(size.dropout)(x)
    logit = layers.Dense(1, name="logit", dtype="float32")(x)
    return keras.Model(frames, layers.Flatten()(logit), name=name)


class AttentiveStatistics(layers.Layer):  # type: ignore[misc]
    """Weighted mean and deviation over time, (batch, frames, n) → (batch, 2 n)."""

    def __init__(self, width: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.width = width

    def build(self, shape: tuple[int | None, ...]) -> None:
        self.inward = layers.Dense(self.width, activation="tanh", name="inward")
        self.inward.build(shape)
        self.outward = layers.Dense(shape[-1], name="outward")
        self.outward.build((*shape[:-1], self.width))

    def call(self, x: Any) -> Any:
        weights = ops.softmax(self.outward(self.inward(x)), axis=1)
        mean = ops.sum(weights * x, axis=1)
        variance = ops.sum(weights * ops.square(x), axis=1) - ops.square(mean)
        return ops.concatenate([mean, ops.sqrt(ops.maximum(variance, 1e-5))], axis=-1)

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return (shape[0], 2 * (shape[-1] or 0))
