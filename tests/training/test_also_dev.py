"""A run that learns from dev, too, says nothing of dev: its reference model is measured for it."""

import json
import math
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from dataset.files import sha256
from inference.detector import Detector
from tests.training.synthetic import make
from training.data.batches import Recipe
from training.export.export import export, release, release_like
from training.export.serving_model import Calibration
from training.export.thresholds import Band
from training.fit.records import RUN, history
from training.fit.trainer import Fit, fit
from training.networks.sizes import CnnSize

# Keras 3.15 reads its own variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

BAND = Band(0.2, 0.8, 0.05, holds=True, wrong=0.04, answered=0.7, false_alarms={"all people": 0.03})
CALIBRATION = Calibration(0.5, -0.25)


@pytest.fixture(scope="module")
def arrays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("arrays"))


def plan(*splits: str) -> Fit:
    recipe = Recipe(batch=8, steps=1, widths=(64,), splits=splits)
    return Fit(recipe=recipe, size=CnnSize(4, (6, 8, 10), 1), epochs=3, patience=1)


@pytest.fixture(scope="module")
def final(arrays: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("final")
    assert math.isnan(fit(arrays, run, plan("train", "dev")))
    return run


def test_no_figure_of_dev_is_written_and_patience_ends_nothing(final: Path) -> None:
    assert [row["dev_eer"] for row in history(final)] == ["nan"] * 3


def test_it_is_not_calibrated_on_what_it_has_learnt(final: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="learnt from dev"):
        release(final, tmp_path, tmp_path / "ouvido-1.onnx", "1", 1)


def test_nor_is_what_was_made_of_it(tmp_path: Path) -> None:
    learnt, not_yet = ({"plan": {"recipe": {"splits": s}}} for s in (["train", "dev"], ["train"]))
    for made in (
        {**not_yet, "start": {**not_yet, "start": learnt}},
        {**not_yet, "start": None, "joined": [not_yet, learnt]},
    ):
        (tmp_path / RUN).write_text(json.dumps(made))
        with pytest.raises(ValueError, match="learnt from dev"):
            release(tmp_path, tmp_path, tmp_path / "ouvido-1.onnx", "1", 1)


def test_it_is_not_gone_on_with_as_if_it_had_not(final: Path, arrays: Path) -> None:
    with pytest.raises(ValueError, match=r"other plan\.recipe\.splits:"):
        fit(arrays, final, plan("train"))
    assert json.loads((final / RUN).read_text())["plan"]["recipe"]["splits"] == ["train", "dev"]


def like(final: Path, folder: Path, **recipe: object) -> Path:
    """A run as `final`, by another recipe, and after other epochs."""
    shutil.copytree(final, folder)
    facts = json.loads((folder / RUN).read_text())
    facts["plan"] |= {"epochs": 7, "recipe": facts["plan"]["recipe"] | recipe}
    (folder / RUN).write_text(json.dumps(facts))
    return folder


def test_it_takes_calibration_and_band_from_its_twin(final: Path, tmp_path: Path) -> None:
    reference = tmp_path / "ouvido-1.onnx"
    export(like(final, tmp_path / "reference", splits=["train"]), reference, "1", CALIBRATION, BAND)
    card = release_like(reference, final, tmp_path / "ouvido-2.onnx", "2")
    assert card == Detector(tmp_path / "ouvido-2.onnx").card
    assert card.thresholds == (0.2, 0.8)
    assert card.training["calibration"] == asdict(CALIBRATION)
    assert card.training["band"] == asdict(BAND)
    assert card.training["twin_sha256"] == sha256(reference)

    other = like(final, tmp_path / "other", mixup=0.0)
    with pytest.raises(ValueError, match="same recipe"):
        release_like(reference, other, tmp_path / "ouvido-3.onnx", "3")
