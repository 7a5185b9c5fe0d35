"""The study's kind of network: convolutions, batch normalisation, dropout, a softmax."""

import keras
from keras import layers

CHANNELS = (8, 16, 32, 64)
HIDDEN = 64
DROPOUT = 0.3
# Keras's 0.99 knows the data after hundreds of batches, and a small set has ten an epoch: its
# first epochs would be asked with the averages of no data at all.
MOMENTUM = 0.9


def network(shape: tuple[int, int, int], classes: int) -> keras.Model:
    """In: (batch, rows, columns, 1 or 3), 0..255. Out: probabilities (batch, classes).

    The study does not tell its layers. The first ones here take every second cell, which makes an
    epoch four times shorter.
    """
    inputs = keras.Input(shape)
    x = layers.Rescaling(1.0 / 127.5, offset=-1.0)(inputs)
    for place, channels in enumerate(CHANNELS):
        strides = 2 if place == 0 else 1
        x = layers.Conv2D(channels, 3, strides, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=MOMENTUM)(x)
        x = layers.MaxPooling2D(padding="same")(layers.ReLU()(x))
    x = layers.Dropout(DROPOUT)(layers.Flatten()(x))
    x = layers.Dense(HIDDEN, use_bias=False)(x)
    # Without it, at the study's learning rate: a loss of 28 in the first epoch, and one answer to
    # all pictures ever after.
    x = layers.BatchNormalization(momentum=MOMENTUM)(x)
    x = layers.Dropout(DROPOUT)(layers.ReLU()(x))
    return keras.Model(inputs, layers.Dense(classes, activation="softmax")(x))
