"""Joined networks answer with the mean of their logits, and are networks like any other."""

import json
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np
import pytest

from inference.features import FeatureSpec
from training.export.export import export, trained
from training.export.serving_model import Calibration
from training.export.thresholds import Band
from training.fit.ensemble import join
from training.fit.records import FINAL, RUN
from training.networks import build, class_activation_map
from training.networks.sizes import CnnSize

# Keras 3.15 reads its own variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
SPEC, SIZE = FeatureSpec(), CnnSize(4, (6, 8, 10), 1)


def made(folder: Path, seed: int, size: CnnSize = SIZE) -> Path:
    keras.utils.set_random_seed(seed)
    folder.mkdir()
    build(SPEC, size).save_weights(folder / FINAL)
    plan = {"size": asdict(size), "recipe": {"splits": ["train"]}}
    facts = {"network": "cnn", "spec": asdict(SPEC), "plan": plan, "data": {"clips": 1}}
    (folder / RUN).write_text(json.dumps(facts))
    return folder


def test_the_joint_logits_are_the_mean_and_each_cell_has_its_share(tmp_path: Path) -> None:
    runs = [made(tmp_path / str(seed), seed) for seed in (1, 2)]
    join(runs, tmp_path / "joint")
    x = np.random.default_rng(1).normal(-50.0, 9.0, (2, 128, SPEC.n_bins)).astype("f4")
    single = [trained(run).predict_on_batch(x) for run in runs]
    joint = trained(tmp_path / "joint")
    assert np.abs(single[0] - single[1]).max() > 1e-3
    np.testing.assert_allclose(joint.predict_on_batch(x), np.mean(single, axis=0), atol=1e-4)
    inside = keras.Model(joint.input, joint.get_layer("features").output)
    cells = class_activation_map(joint, inside.predict_on_batch(x)).numpy()
    share = cells.sum(axis=2).mean(axis=1)
    bias = joint.get_layer("synthetic").get_weights()[1]
    np.testing.assert_allclose(share + bias, np.mean(single, axis=0)[:, 0], atol=1e-4)


def test_others_than_cnns_of_one_size_are_not_joined(tmp_path: Path) -> None:
    runs = [made(tmp_path / "a", 1), made(tmp_path / "b", 1, CnnSize(4, (6, 8, 12), 1))]
    with pytest.raises(ValueError, match="one size"):
        join(runs, tmp_path / "joint")


@pytest.mark.slow
def test_a_joint_network_is_served_as_any_other(tmp_path: Path) -> None:
    join([made(tmp_path / str(seed), seed) for seed in (1, 2)], tmp_path / "joint")
    card = export(tmp_path / "joint", tmp_path / "joint.onnx", "0.0.0", Calibration(), Band())
    assert card.training["parameters"] == trained(tmp_path / "joint").count_params()
    assert len(card.training["joined"]) == 2
