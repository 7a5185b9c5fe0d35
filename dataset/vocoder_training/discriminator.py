"""The discriminator of adversarial training: tells made spectra from recorded ones, patch by patch.

The discriminator of UnivNet (Jang et al. 2021, arXiv 2106.07889), as small as a CPU asks for.
"""

from typing import Any

import keras
import tensorflow as tf

from dataset.vocoder_training.losses import magnitudes

RESOLUTIONS = ((256, 80), (800, 200))  # samples: length of the window, hop
CHANNELS = 16


class Discriminator(keras.Model):  # type: ignore[misc]
    """From samples (batch, length) to one list a resolution: hidden layers, then the scores."""

    def __init__(self) -> None:
        super().__init__()
        self.stacks = [_layers() for _ in RESOLUTIONS]

    def call(self, samples: Any) -> list[list[Any]]:
        answers = []
        for (length, hop), layers in zip(RESOLUTIONS, self.stacks, strict=True):
            # The cube root lets quiet places count without the logarithm's depths.
            hidden = magnitudes(samples, length, hop)[..., None] ** 0.3
            steps = []
            for layer in layers:
                hidden = layer(hidden)
                steps.append(hidden)
                hidden = tf.nn.leaky_relu(hidden, 0.1)
            answers.append(steps)
        return answers


def _layers() -> list[keras.layers.Layer]:
    # Over (frames, bins): kernel and stride.
    shapes = [((3, 9), (1, 4)), ((3, 5), (1, 2)), ((3, 5), (2, 2)), ((3, 3), (1, 1))]
    hidden = [
        keras.layers.Conv2D(CHANNELS, kernel, strides, padding="same") for kernel, strides in shapes
    ]
    return [*hidden, keras.layers.Conv2D(1, (3, 3), padding="same")]


def critic_loss(recorded: list[list[Any]], made: list[list[Any]]) -> Any:
    """Least squares: recorded ones are to score 1, made ones 0."""
    wrong = [
        tf.reduce_mean((1.0 - theirs[-1]) ** 2) + tf.reduce_mean(ours[-1] ** 2)
        for theirs, ours in zip(recorded, made, strict=True)
    ]
    return tf.add_n(wrong) / len(wrong)


def maker_loss(recorded: list[list[Any]], made: list[list[Any]]) -> tuple[Any, Any]:
    """How far made ones are from passing, and from the recorded ones in the hidden layers."""
    fooling = [tf.reduce_mean((1.0 - ours[-1]) ** 2) for ours in made]
    features = [
        tf.reduce_mean(tf.abs(tf.stop_gradient(theirs) - ours))
        / (tf.reduce_mean(tf.abs(tf.stop_gradient(theirs))) + 1e-3)
        for recorded_steps, made_steps in zip(recorded, made, strict=True)
        for theirs, ours in zip(recorded_steps[:-1], made_steps[:-1], strict=True)
    ]
    return tf.add_n(fooling) / len(fooling), tf.add_n(features) / len(features)
