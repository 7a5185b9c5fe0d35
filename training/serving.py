"""The served network: samples in; spectrogram, P(synthetic), P(speech) and heat map out."""

from dataclasses import dataclass
from typing import Any

import keras
from keras import layers, ops

from inference.features import FeatureSpec
from training.cqt import ConstantQ
from training.networks import shares


@dataclass(frozen=True)
class Calibration:
    """P = sigmoid(slope * logit + offset), fitted on dev (Platt 1999)."""

    slope: float = 1.0
    offset: float = 0.0


class Calibrated(keras.layers.Layer):  # type: ignore[misc]
    def __init__(self, calibration: Calibration, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.calibration = calibration

    def call(self, logit: Any) -> Any:
        return ops.sigmoid(self.calibration.slope * logit + self.calibration.offset)


class Shares(keras.layers.Layer):  # type: ignore[misc]
    """What each cell of the features adds to the synthetic logit."""

    def __init__(self, network: keras.Model, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.network = network

    def call(self, features: Any) -> Any:
        return shares(self.network, features)


def serving(network: keras.Model, spec: FeatureSpec, calibration: Calibration) -> keras.Model:
    """(batch, samples) at 16 kHz → the four outputs that `inference.detector` reads."""
    samples = keras.Input((None,), name="samples")
    spectrogram = ConstantQ(spec, name="constant_q")(samples)
    inside = keras.Model(
        network.input, {"logits": network.output, "features": network.get_layer("features").output}
    )
    answers = inside(spectrogram)
    synthetic, speech = answers["logits"][:, 0], answers["logits"][:, 1]
    return keras.Model(
        samples,
        [
            layers.Identity(name="spectrogram")(spectrogram),
            Calibrated(calibration, name="score")(synthetic),
            layers.Activation("sigmoid", name="speech")(speech),
            Shares(network, name="heat")(answers["features"]),
        ],
    )
