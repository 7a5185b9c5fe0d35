"""The last layer is fitted on sources that hold both classes, each weighing the same in them."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from dataset.manifest import Clip
from inference.features import FeatureSpec
from tests.training.synthetic import make
from training.data.arrays import Arrays
from training.fit.head import LEAST, matched_weights, refit_head
from training.networks import build
from training.networks.sizes import CnnSize


def clips(source: str, human: int, synthetic: int) -> list[Clip]:
    labels = ["human"] * human + ["synthetic"] * synthetic
    return [Clip("", label, source=source) for label in labels]


def test_a_source_of_one_class_does_not_count() -> None:
    assert not matched_weights(clips("phones", 5, 0), 0.5).any()


def test_both_classes_of_a_source_weigh_the_same() -> None:
    weights = matched_weights([*clips("page", 4, 100), *clips("phones", 50, 0)], 0.5)
    assert weights[:4].sum() == pytest.approx(weights[4:104].sum())
    assert weights[104:].sum() == 0.0


def test_a_source_weighs_as_its_smaller_class() -> None:
    weights = matched_weights([*clips("large", 100, 900), *clips("small", 4, 900)], 0.5)
    assert weights[:1000].sum() / weights[1000:].sum() == pytest.approx((100 / 4) ** 0.5)


def test_a_head_is_fitted_on_sources_of_both_classes_or_left_as_it_was(tmp_path: Path) -> None:
    arrays = Arrays.read(make(tmp_path, 90))
    keras.utils.set_random_seed(1)  # a few channels drawn at random don't always tell it
    network = build(FeatureSpec(), CnnSize(4, (6, 8, 10), 1))
    before = network.get_layer("synthetic").get_weights()[0]
    apart = [replace(clip, source=clip.label) for clip in arrays.clips]
    assert not refit_head(network, replace(arrays, clips=apart), 0.5)
    np.testing.assert_array_equal(network.get_layer("synthetic").get_weights()[0], before)

    assert min(len(arrays.of("train", label)) for label in ("human", "synthetic")) >= LEAST
    assert refit_head(network, arrays, 0.5)
    human, synthetic = (
        network.predict_on_batch(
            np.stack([arrays.middle(i, 256) for i in arrays.of("dev", label)])
        )[:, 0]
        for label in ("human", "synthetic")
    )
    assert synthetic.min() > human.max()  # the octave that is brighter tells them apart
