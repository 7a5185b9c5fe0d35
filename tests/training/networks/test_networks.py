"""Whatever the network: two logits for any width, and a map whose cells add up to the first."""

import keras
import numpy as np
import pytest

from inference.features import FeatureSpec
from training.networks import build, class_activation_map, trainee
from training.networks.sizes import SIZES, SMALL, EcGanSize, name_of, size_from

SPEC = FeatureSpec()


@pytest.fixture(scope="module", params=["cnn", "vit"])
def network(request: pytest.FixtureRequest) -> keras.Model:
    keras.utils.set_random_seed(1)
    made: keras.Model = build(SPEC, SIZES[request.param][SMALL])
    made.get_layer("synthetic").bias.assign([0.3])
    return made


@pytest.mark.parametrize("columns", [64, 96, 137, 256])
def test_the_shares_of_the_cells_and_the_bias_are_the_logit(
    network: keras.Model, columns: int
) -> None:
    inside = keras.Model(network.input, [network.output, network.get_layer("features").output])
    x = np.random.default_rng(columns).normal(-50.0, 9.0, (2, columns, SPEC.n_bins))
    logits, features = inside(x.astype("f4"))
    of_cells = keras.ops.convert_to_numpy(class_activation_map(network, features))
    assert of_cells.shape[:2] == (2, -(-columns // 16))
    logits = keras.ops.convert_to_numpy(logits)
    assert logits.shape == (2, 2)
    np.testing.assert_allclose(of_cells.sum(axis=2).mean(axis=1) + 0.3, logits[:, 0], atol=1e-4)


def test_the_level_of_a_recording_changes_nothing(network: keras.Model) -> None:
    x = np.random.default_rng(1).normal(-50.0, 9.0, (1, 96, SPEC.n_bins)).astype("f4")
    quiet = keras.ops.convert_to_numpy(network(x - 20.0))
    np.testing.assert_allclose(quiet, keras.ops.convert_to_numpy(network(x)), atol=1e-3)


def test_the_order_of_the_patches_in_time_matters_to_the_transformer() -> None:
    keras.utils.set_random_seed(2)
    vit = build(SPEC, SIZES["vit"][SMALL])
    vit.get_layer("positions").times.assign(
        np.random.default_rng(3).normal(0.0, 1.0, vit.get_layer("positions").times.shape)
    )
    x = np.random.default_rng(1).normal(-50.0, 9.0, (1, 96, SPEC.n_bins)).astype("f4")
    turned = x.reshape(1, 6, 16, -1)[:, ::-1].reshape(x.shape)
    there, back = (keras.ops.convert_to_numpy(vit(one)) for one in (x, turned))
    assert np.abs(there - back).max() > 1e-3


@pytest.mark.parametrize("name", list(SIZES))
def test_a_size_comes_back_from_what_json_makes_of_it(name: str) -> None:
    for size in SIZES[name].values():
        facts = {k: list(v) if isinstance(v, tuple) else v for k, v in vars(size).items()}
        assert size_from(name, facts) == size
        assert name_of(size) == name


def test_only_the_game_trains_more_than_what_is_exported() -> None:
    for name, sizes in SIZES.items():
        network = build(SPEC, sizes[SMALL])
        assert (trainee(network, SPEC, sizes[SMALL]) is network) == (name != "ecgan")
    assert isinstance(SIZES["ecgan"][SMALL], EcGanSize)
