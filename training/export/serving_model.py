"""The served network: samples in; spectrogram, P(synthetic), P(speech) and saliency map out.

With the speech-encoder branch also what each branch adds to the logit.
"""

from dataclasses import dataclass
from typing import Any

import keras
from keras import layers, ops

from inference.features import FeatureSpec
from training.export.cqt import ConstantQ
from training.networks import class_activation_map


@dataclass(frozen=True)
class Calibration:
    """P = sigmoid(slope * CQT logit + encoder_slope * speech logit + offset), fitted on dev.

    With one branch this is Platt's (1999); with two it fuses them as well (Brümmer 2006).
    """

    slope: float = 1.0
    offset: float = 0.0
    encoder_slope: float = 0.0


class Branches(keras.layers.Layer):  # type: ignore[misc]
    """Logits of one or two branches → what each adds to the calibrated logit, (batch, branches)."""

    def __init__(self, calibration: Calibration, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.calibration = calibration

    def call(self, logits: Any) -> Any:
        count = logits.shape[1]
        slopes = [self.calibration.slope, self.calibration.encoder_slope][:count]
        return logits * ops.array(slopes, "float32") + self.calibration.offset / count


class ClassActivationMap(keras.layers.Layer):  # type: ignore[misc]
    """Class activation map: what each cell of the features adds to the synthetic logit."""

    def __init__(self, network: keras.Model, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.network = network

    def call(self, features: Any) -> Any:
        return class_activation_map(self.network, features)


class Inner(keras.layers.Layer):  # type: ignore[misc]
    """The samples of the columns themselves, without the margins around them."""

    def __init__(self, spec: FeatureSpec, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.margin = spec.margin * spec.hop_length

    def call(self, samples: Any) -> Any:
        return samples[:, self.margin : ops.shape(samples)[1] - self.margin]

    def compute_output_shape(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        return (shape[0], None)


def serving(
    network: keras.Model,
    spec: FeatureSpec,
    calibration: Calibration,
    speech: keras.Model | None = None,
) -> keras.Model:
    """(batch, samples) at 16 kHz → the outputs that `inference.detector` reads.

    Args:
        network: the CQT branch, spectrogram → logits of synthetic and of speech.
        speech: the speech-encoder branch, samples → logit (batch, 1); with it there is a fifth
            output, what each branch adds to the calibrated logit.
    """
    samples = keras.Input((None,), name="samples")
    spectrogram = ConstantQ(spec, name="constant_q")(samples)
    inside = keras.Model(
        network.input, {"logits": network.output, "features": network.get_layer("features").output}
    )
    answers = inside(spectrogram)
    logits = answers["logits"][:, :1]
    if speech:
        heard = speech(Inner(spec, name="inner")(samples))
        logits = layers.Concatenate()([logits, heard])
    branches = Branches(calibration, name="branches")(logits)
    outputs = [
        layers.Identity(name="spectrogram")(spectrogram),
        layers.Activation("sigmoid", name="score")(ops.sum(branches, axis=1)),
        layers.Activation("sigmoid", name="speech")(answers["logits"][:, 1]),
        ClassActivationMap(network, name="heat")(answers["features"]),
    ]
    return keras.Model(samples, [*outputs, branches] if speech else outputs)
