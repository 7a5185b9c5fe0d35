"""The network takes both sizes of picture and answers with a probability of each class."""

import keras
import numpy as np
import pytest

from training.study.network import network


@pytest.mark.parametrize(("shape", "classes"), [((256, 256, 1), 3), ((256, 512, 3), 2)])
def test_answers_are_probabilities(shape: tuple[int, int, int], classes: int) -> None:
    pictures = np.random.default_rng(1).uniform(0, 255, (2, *shape)).astype(np.float32)
    answers = np.asarray(network(shape, classes)(pictures))
    assert answers.shape == (2, classes)
    np.testing.assert_allclose(answers.sum(axis=1), 1.0, rtol=1e-5)


def test_it_has_what_the_study_names() -> None:
    kinds = {type(layer) for layer in network((256, 256, 1), 2).layers}
    assert {
        keras.layers.Conv2D,
        keras.layers.BatchNormalization,
        keras.layers.Dropout,
    } <= kinds
