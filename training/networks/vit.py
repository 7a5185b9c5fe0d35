"""The Vision Transformer (Dosovitskiy 2020): patches of a spectrogram in, two logits out."""

import math
from typing import Any

import keras
from keras import layers, ops

from inference.features import FeatureSpec
from training.networks.levelled import Levelled
from training.networks.sizes import VitSize


def vit(spec: FeatureSpec, size: VitSize) -> keras.Model:
    """Patches and a class token through blocks of attention; inputs and outputs of `cnn.cnn`.

    The class token asks the patches a last time, through one attention without anything after it
    (as in CaiT, Touvron 2021): so the synthetic logit is linear in the layer "features", and each
    patch has a share in it as each cell of the CNN's features has.
    """
    inputs = keras.Input((None, spec.n_bins), name="spectrogram")
    x = Levelled(name="levelled")(inputs)
    x = layers.Conv2D(size.width, size.patch, size.patch, "same", name="patches")(x)
    grid = Positions(size.waves, name="positions")(x)  # (batch, times, bands, width)
    x = ClassToken(name="class_token")(grid)  # (batch, 1 + times * bands, width)
    for _ in range(size.depth):
        x = _block(x, size)
    x = Answers(size.heads, name="features")(layers.LayerNormalization()(x), grid)
    token = ops.sum(ops.mean(x, axis=1), axis=1)  # (batch, width)
    token = layers.Dropout(size.dropout)(token)
    heads = [layers.Dense(1, name=name)(token) for name in ("synthetic", "speech")]
    return keras.Model(inputs, layers.Concatenate(dtype="float32")(heads), name="vit")


class Positions(keras.layers.Layer):  # type: ignore[misc]
    """Adds to each patch what was learnt about its band and about its time in the window.

    The times are a learnt sum of cosines over the window, whatever its width: what interpolating
    learnt vectors does for other sizes of a picture (Dosovitskiy 2020, 3.2).
    """

    def __init__(self, waves: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.waves = waves

    def build(self, shape: tuple[int | None, ...]) -> None:
        start = keras.initializers.RandomNormal(stddev=0.02)
        self.bands = self.add_weight(shape=shape[2:], initializer=start, name="bands")
        self.times = self.add_weight(shape=(self.waves, shape[3]), initializer=start, name="times")

    def call(self, patches: Any) -> Any:
        count = ops.shape(patches)[1]
        time = (ops.arange(count, dtype="float32") + 0.5) / ops.cast(count, "float32")
        waves = ops.cos(math.pi * time[:, None] * ops.arange(self.waves, dtype="float32"))
        return patches + self.bands + ops.matmul(waves, self.times)[:, None]


class ClassToken(keras.layers.Layer):  # type: ignore[misc]
    """Patches in a row (batch, 1 + times * bands, width), one learnt token before them."""

    def build(self, shape: tuple[int | None, ...]) -> None:
        start = keras.initializers.RandomNormal(stddev=0.02)
        self.token = self.add_weight(shape=(1, 1, shape[3]), initializer=start, name="token")

    def call(self, grid: Any) -> Any:
        row = ops.reshape(grid, (ops.shape(grid)[0], -1, grid.shape[3]))
        return ops.concatenate([ops.tile(self.token, (ops.shape(grid)[0], 1, 1)), row], axis=1)


class Answers(keras.layers.Layer):  # type: ignore[misc]
    """What each patch answers to the class token, shape (batch, times, bands, width).

    The mean over the times and sum over the bands is what an attention gives the token.
    """

    def __init__(self, heads: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.heads = heads

    def build(
        self, tokens_shape: tuple[int | None, ...], grid_shape: tuple[int | None, ...]
    ) -> None:
        for name in ("query", "key", "value"):
            dense = layers.Dense(grid_shape[3], use_bias=False, name=name)
            dense.build(tokens_shape)
            setattr(self, name, dense)

    def call(self, tokens: Any, grid: Any) -> Any:
        batch, times, bands = (ops.shape(grid)[i] for i in range(3))
        patches = tokens[:, 1:]
        width = patches.shape[2] // self.heads
        query = ops.reshape(self.query(tokens[:, :1]), (batch, 1, self.heads, width))
        key = ops.reshape(self.key(patches), (batch, -1, self.heads, width))
        value = ops.reshape(self.value(patches), (batch, -1, self.heads, width))
        attention = ops.softmax(ops.sum(query * key, axis=-1) / math.sqrt(width), axis=1)
        answers = ops.cast(times, "float32") * attention[..., None] * value
        return ops.reshape(answers, (batch, times, bands, grid.shape[3]))


def _block(x: Any, size: VitSize) -> Any:
    y = layers.LayerNormalization()(x)
    y = layers.MultiHeadAttention(size.heads, size.width // size.heads, dropout=size.dropout)(y, y)
    x = layers.Add()([x, layers.Dropout(size.dropout)(y)])
    y = layers.LayerNormalization()(x)
    # the exact one would be a node of TensorFlow's that ONNX does not have
    y = ops.gelu(layers.Dense(2 * size.width)(y), approximate=True)
    y = layers.Dense(size.width)(y)
    return layers.Add()([x, layers.Dropout(size.dropout)(y)])
