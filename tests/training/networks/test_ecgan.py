"""The EC-GAN's step moves all three networks, and a doubtful generated sample teaches nothing."""

from dataclasses import replace

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.features import FeatureSpec
from training.fit.trainer import Loss
from training.networks import build
from training.networks.ecgan import EcGan, generator, pseudo_labels
from training.networks.sizes import EcGanSize

SPEC = FeatureSpec()
SIZE = EcGanSize(4, (6, 8, 10), 1, latent=4, generator=(6, 4, 2), discriminator=(4, 8))


def game(size: EcGanSize) -> EcGan:
    """Ready to learn, the same at each call."""
    keras.utils.set_random_seed(1)
    classifier = build(SPEC, replace(size, dropout=0.0))
    made = EcGan(classifier, SPEC, size)
    made.compile(keras.optimizers.SGD(0.1), loss=Loss(0.05, 0.2), run_eagerly=True)
    return made


def batch() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rng = np.random.default_rng(1)
    y = np.ones((4, 3), np.float32)
    y[:2, 0] = 0.0
    return rng.normal(-50.0, 9.0, (4, 64, SPEC.n_bins)).astype("f4"), y


def learnt(size: EcGanSize) -> tuple[dict[str, float], dict[str, list[NDArray[np.float32]]]]:
    """The logs of one step, and what each network is after it."""
    model = game(size)
    logs = {name: float(value) for name, value in model.train_step(batch()).items()}
    return logs, {part.name: part.get_weights() for part in model.layers}


def moved(one: list[NDArray[np.float32]], other: list[NDArray[np.float32]]) -> float:
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other, strict=True))


def test_one_step_moves_all_three() -> None:
    before = {part.name: part.get_weights() for part in game(SIZE).layers}
    _, after = learnt(SIZE)
    assert set(before) == {"cnn", "generator", "discriminator"}
    for name in before:
        assert moved(before[name], after[name]) > 1e-5, name


def test_without_a_confident_sample_the_generated_ones_have_no_weight() -> None:
    doubting = replace(SIZE, confidence=1.1)
    logs, after = learnt(doubting)
    assert logs["confident"] == 0.0
    _, ignoring = learnt(replace(doubting, generated_weight=0.0))
    assert moved(after["cnn"], ignoring["cnn"]) == 0.0


def test_confident_samples_teach_the_classifier() -> None:
    logs, believing = learnt(replace(SIZE, confidence=0.5, generated_weight=1.0))
    assert logs["confident"] == 1.0
    _, ignoring = learnt(replace(SIZE, confidence=0.5, generated_weight=0.0))
    assert moved(believing["cnn"], ignoring["cnn"]) > 1e-5


@pytest.mark.parametrize(
    ("logit", "label", "sure"),
    [(3.0, 1.0, 1.0), (-3.0, 0.0, 1.0), (0.5, 1.0, 0.0), (-0.5, 0.0, 0.0)],
)
def test_a_pseudo_label_is_the_likelier_class_and_counts_when_it_is_likely(
    logit: float, label: float, sure: float
) -> None:
    labels, weight = pseudo_labels(keras.ops.convert_to_tensor([[logit, 2.0]]), 0.7)
    assert keras.ops.convert_to_numpy(labels).tolist() == [[label, 1.0, 1.0]]
    assert keras.ops.convert_to_numpy(weight).tolist() == [sure]


def test_generated_spectrograms_have_the_shape_and_range_of_real_ones() -> None:
    latent = np.random.default_rng(1).normal(size=(2, 12, SIZE.latent)).astype("f4")
    made = keras.ops.convert_to_numpy(generator(SPEC, SIZE)(latent))
    assert made.shape == (2, 96, SPEC.n_bins)
    assert -80.0 <= made.min() < made.max() <= 0.0
