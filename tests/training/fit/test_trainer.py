"""A run that was killed ends as one that was not; a network of any kind is served as it was."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dataset import manifest
from inference.detector import Detector, probe
from tests.training.synthetic import make
from training.data.batches import Batches, Recipe
from training.export.export import export, trained
from training.export.serving_model import Calibration
from training.export.thresholds import Band
from training.fit import trainer as module
from training.fit.records import BEST, FINAL, HISTORY, RUN, history
from training.fit.trainer import Fit, fit, over
from training.networks.sizes import SIZES, CnnSize, EcGanSize, Size, VitSize

# Keras 3.15 reads its own variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SIZES_HERE: dict[str, Size] = {
    "cnn": CnnSize(4, (6, 8, 10), 1),
    "ecgan": EcGanSize(4, (6, 8, 10), 1, latent=4, generator=(6, 4, 2), discriminator=(4, 8)),
    "vit": VitSize(width=16, depth=1, heads=2, waves=4),
}


def plan(name: str, epochs: int = 2) -> Fit:
    recipe = Recipe(batch=8, steps=2, widths=(64,))
    return Fit(recipe=recipe, size=SIZES_HERE[name], epochs=epochs)


@pytest.fixture(scope="module")
def arrays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("arrays"))


def others(mark: pytest.MarkDecorator) -> list[Any]:
    """The CNN, and the other networks with a mark."""
    return ["cnn", *(pytest.param(name, marks=mark) for name in SIZES if name != "cnn")]


# Every network is killed at every moment in the exhaustive run; each change kills the CNN at two.
OTHERS_EXHAUSTIVE = pytest.mark.parametrize("run", others(pytest.mark.exhaustive), indirect=True)
MOMENTS = [
    pytest.param(epoch, while_, marks=[] if often else [pytest.mark.exhaustive])
    for epoch, while_, often in (
        (0, "dev_rate", False),  # while dev is scored
        (1, "dev_rate", True),
        (0, "peak_memory", True),  # after BEST was written
        (1, "peak_memory", False),
        (0, "over", False),  # after the history was
        (1, "over", False),
    )
]


@pytest.fixture(scope="module", params=others(pytest.mark.slow))
def run(
    request: pytest.FixtureRequest, arrays: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A finished run of each network."""
    folder = tmp_path_factory.mktemp(request.param)
    fit(arrays, folder, plan(request.param))
    return folder


@pytest.mark.slow
@OTHERS_EXHAUSTIVE
@pytest.mark.parametrize(("epoch", "while_"), MOMENTS)
def test_a_killed_run_ends_as_one_that_was_not(
    epoch: int,
    while_: str,
    run: Path,
    arrays: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = run.name.rstrip("0123456789")
    with monkeypatch.context() as patch:
        calls = epoch + (while_ == "over")  # which is asked once before any epoch
        patch.setattr(module, while_, _interrupted(getattr(module, while_), calls))
        with pytest.raises(KeyboardInterrupt):
            fit(arrays, tmp_path, plan(name))
    assert len(history(tmp_path)) == epoch + (while_ == "over")
    fit(arrays, tmp_path, plan(name))
    measured = ("epoch", "loss", "dev_eer")
    assert [[row[m] for m in measured] for row in history(tmp_path)] == [
        [row[m] for m in measured] for row in history(run)
    ]
    for one, other in zip(trained(run).get_weights(), trained(tmp_path).get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_the_served_file_answers_as_the_network(run: Path, tmp_path: Path) -> None:
    export(run, tmp_path / "served.onnx", "0.0.0", Calibration(), Band())
    detector = Detector(tmp_path / "served.onnx")
    assert detector.card.training["network"] == run.name.rstrip("0123456789")
    analysis = detector.analyse(probe())
    columns = detector.card.spec.columns
    logits = trained(run).predict_on_batch(analysis.spectrogram.T[None, :columns])
    assert analysis.windows[0].score == pytest.approx(1 / (1 + np.exp(-logits[0, 0])), abs=1e-3)
    assert analysis.speech[0] == pytest.approx(1 / (1 + np.exp(-logits[0, 1])), abs=1e-3)
    assert len(detector.analyse(probe()[:20_000]).windows) == 1  # and for other widths


def test_a_run_without_the_name_of_its_network_is_a_cnn(run: Path, tmp_path: Path) -> None:
    if not run.name.startswith("cnn"):
        pytest.skip("runs of before the others were all of the CNN")
    shutil.copytree(run, tmp_path / "old")
    said = (run / RUN).read_text()
    (tmp_path / "old" / RUN).write_text(said.replace('"network": "cnn",', ""))
    assert said != (tmp_path / "old" / RUN).read_text()
    assert trained(tmp_path / "old").name == "cnn"


def test_a_finished_run_is_not_trained_again(
    run: Path, arrays: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (run / BEST).read_bytes(), (run / HISTORY).read_text()
    monkeypatch.delattr(Batches, "__getitem__")
    fit(arrays, run, plan(run.name.rstrip("0123456789")))
    assert before == ((run / BEST).read_bytes(), (run / HISTORY).read_text())


def test_a_run_is_over_after_its_epochs_or_its_patience() -> None:
    def rows(*rates: float) -> list[dict[str, str]]:
        return [{"dev_eer": str(rate)} for rate in rates]

    patient = Fit(epochs=5, patience=2)
    assert not over([], patient)
    assert not over(rows(0.4, 0.3, 0.35), patient)
    assert over(rows(0.4, 0.3, 0.35, 0.3), patient)
    assert over(rows(0.5, 0.4, 0.3, 0.2, 0.1), patient)


@pytest.mark.slow
@OTHERS_EXHAUSTIVE
def test_a_run_sets_out_from_the_weights_of_another(
    arrays: Path, run: Path, tmp_path: Path
) -> None:
    name = run.name.rstrip("0123456789")
    still = Fit(recipe=plan(name).recipe, size=SIZES_HERE[name], epochs=1, learning_rate=0.0)
    fit(arrays, tmp_path, still, start=run)
    first, second = (folder / BEST for folder in (run, tmp_path))
    network = trained(run)
    network.load_weights(first)
    before = network.trainable_variables[0].numpy()
    network.load_weights(second)
    np.testing.assert_allclose(network.trainable_variables[0].numpy(), before, atol=1e-7)
    assert (tmp_path / FINAL).exists()


def test_a_class_is_missed_before_anything_is_trained(tmp_path: Path) -> None:
    arrays = make(tmp_path / "arrays", 12)
    people = [c for c in manifest.read(arrays) if c.label != "synthetic" or c.split == "dev"]
    manifest.write(people, arrays)
    with pytest.raises(ValueError, match="no synthetic clip to learn from in train"):
        fit(arrays, tmp_path / "run", plan("cnn"))
    assert not (tmp_path / "run").exists()


def _interrupted(function: Callable[..., Any], calls: int) -> Callable[..., Any]:
    """The function, which is interrupted after so many calls."""
    left = iter(range(calls))

    def call(*given: Any) -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return function(*given)

    return call
