"""One encoder for all speakers and one decoder for each: what is said, and how it looks of whom."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import layers

from dataset.engines.swap.spectra import BANDS, Array

SHRINK = 4  # frames that become one place of the code (20 ms)
CODE = 32  # numbers a place: half as many as would be needed to copy four frames of 20 formants
WIDTH = 128
LEARNING_RATE = 1e-3


def swap(n_speakers: int) -> keras.Model:
    """A batch a speaker in, each through the encoder and its own decoder; 0.3 + 0.3 n M weights."""
    encoder = _encoder()
    seen = [layers.Input((None, BANDS)) for _ in range(n_speakers)]
    drawn = [_decoder(i)(encoder(image)) for i, image in enumerate(seen)]
    network = keras.Model(seen, drawn)
    network.compile(
        optimizer=keras.optimizers.Adam(LEARNING_RATE, clipnorm=1.0),
        loss=["mean_absolute_error"] * n_speakers,
        jit_compile=False,  # compiling takes as long as a short training
    )
    network.optimizer.build(network.trainable_variables)  # or a first look saves half of it
    return network


def drawn(network: keras.Model, decoder: int, spectrograms: Array) -> Array:
    """Through the encoder and one of the decoders, shape (n, n_frames, BANDS) as it came."""
    n_frames = spectrograms.shape[1]
    whole = np.pad(spectrograms, ((0, 0), (0, -n_frames % SHRINK), (0, 0)), mode="edge")
    code = encoder_of(network)(whole, training=False)
    return np.asarray(decoder_of(network, decoder)(code, training=False), np.float32)[:, :n_frames]


def encoder_of(network: keras.Model) -> keras.Model:
    return network.get_layer("encoder")


def decoder_of(network: keras.Model, number: int) -> keras.Model:
    return network.get_layer(f"decoder-{number}")


def _encoder() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((None, BANDS)),
            *_convolution(WIDTH, 5, strides=2),
            *_convolution(2 * WIDTH, 5, strides=2),
            *_convolution(2 * WIDTH, 3),
            layers.Conv1D(CODE, 1),
        ],
        name="encoder",
    )


def _decoder(number: int) -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((None, CODE)),
            *_convolution(2 * WIDTH, 3),
            layers.UpSampling1D(2),
            *_convolution(WIDTH, 5),
            layers.UpSampling1D(2),
            *_convolution(WIDTH, 5),
            layers.Conv1D(BANDS, 5, padding="same"),
        ],
        name=f"decoder-{number}",
    )


def _convolution(width: int, size: int, strides: int = 1) -> Sequence[Any]:
    return (
        layers.Conv1D(width, size, strides=strides, padding="same"),
        layers.LeakyReLU(0.1),
    )
