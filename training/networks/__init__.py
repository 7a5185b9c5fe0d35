"""The study's three networks: dB in, the logits of synthetic and speech out, all served alike."""

from typing import Any

import keras
from keras import ops

from inference.features import FeatureSpec
from training.networks.cnn import cnn
from training.networks.ecgan import EcGan
from training.networks.sizes import EcGanSize, Size, VitSize
from training.networks.vit import vit


def build(spec: FeatureSpec, size: Size) -> keras.Model:
    """The network that is exported; the EC-GAN's is the CNN that it trains."""
    return vit(spec, size) if isinstance(size, VitSize) else cnn(spec, size)


def trainee(network: keras.Model, spec: FeatureSpec, size: Size) -> keras.Model:
    """What `fit` trains so that `network` learns: itself, or a game around it."""
    return EcGan(network, spec, size) if isinstance(size, EcGanSize) else network


def class_activation_map(network: keras.Model, features: Any) -> Any:
    """What each cell of "features" adds to the synthetic logit, times the number of columns.

    The class activation map (Zhou 2016), shape (batch, columns / 16, bands). The CNN weighs each
    band apart, the transformer all alike.
    """
    kernel = network.get_layer("synthetic").kernel
    return ops.sum(features * ops.reshape(kernel, (1, 1, -1, features.shape[3])), axis=-1)
