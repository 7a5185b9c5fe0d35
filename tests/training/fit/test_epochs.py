"""Some weights learn more slowly than others, and an epoch's loss is the mean of its own steps."""

import keras
import numpy as np
import pytest
from keras import layers

from training.fit.epochs import averaging_adamw, learn_epoch

# Keras 3.15 reads its own variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def network() -> tuple[keras.Model, keras.Model]:
    """A model, and one inside it, whose weights' paths do not name it."""
    inputs = keras.Input((3,))
    inner = keras.Model(inputs, layers.Dense(3, name="first")(inputs), name="inner")
    return keras.Model(inputs, layers.Dense(1, name="second")(inner(inputs))), inner


def test_weights_learn_at_their_own_share_of_the_rate() -> None:
    model, inner = network()
    before = [np.array(weight) for weight in model.trainable_weights]
    share = {weight.path: 0.01 for weight in inner.trainable_weights}
    model.compile(averaging_adamw(1, 0.1, 1.0, 0.0, 9.0, slower=share), loss="mse")
    model.train_on_batch(np.ones((2, 3), np.float32), 5.0 * np.ones((2, 1), np.float32))
    moved = {
        weight.path: float(np.abs(np.array(weight) - old).max())
        for weight, old in zip(model.trainable_weights, before, strict=True)
    }
    assert moved["second/bias"] == pytest.approx(0.1, rel=1e-3)  # Adam's first step: the rate
    assert moved["first/bias"] == pytest.approx(0.001, rel=1e-3)


def test_the_loss_of_an_epoch_is_of_its_own_steps() -> None:
    model, _ = network()
    model.compile(averaging_adamw(100, 0.0, 1.0, 0.0, 9.0), loss="mse")
    x = np.ones((1, 3), np.float32)
    said = float(np.array(model(x))[0, 0])

    def draw(step: int) -> tuple[np.ndarray, np.ndarray]:
        return x, np.array([[said + step]], np.float32)

    assert learn_epoch(model, draw, 3, 0) == pytest.approx((0 + 1 + 4) / 3, rel=1e-3)
    assert learn_epoch(model, draw, 1, 1) == pytest.approx(0.0, abs=1e-5)
