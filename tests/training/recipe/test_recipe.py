"""The whole recipe on formula voices: a served file with two branches, resumed."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inference.detector import Detector, cut, probe
from inference.features import FeatureSpec
from tests.training.recipe import corpus
from training.export.export import trained
from training.export.serving_model import Calibration, serving
from training.fit.trainer import Fit
from training.networks.sizes import CnnSize, HeadSize
from training.networks.whisper_weights import loaded
from training.recipe import recipe as module
from training.recipe.copies import Copies, chosen
from training.recipe.recipe import Recipe, seeded, train
from training.recipe.speech_branch import SpeechPlan, Tuning, fit_branch

# Keras 3.15 reads its own variables in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SPEECH = SpeechPlan(
    HeadSize(8, 1, 4), batch=8, steps=4, epochs=2, tuning=Tuning(batch=4, steps=2, epochs=1)
)
CQT = Fit(size=CnnSize(4, (6, 8, 10), 1), epochs=2)
TINY = Recipe(
    copies=2, speech=SPEECH, cqt=replace(CQT, recipe=replace(CQT.recipe, batch=8, steps=2))
)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.make(tmp_path_factory.mktemp("clips"))


@pytest.fixture(scope="module")
def out(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    train(clips, out, "9.9.9", TINY, 1)
    return out


def test_the_served_file_is_keras_fused_and_calibrated(clips: Path, out: Path) -> None:
    detector = Detector(out / "ouvido-9.9.9.onnx")
    facts = detector.card.training
    made = Copies(out / "copies", chosen(clips), TINY.copies)
    speech = fit_branch(made, loaded(out), out, SPEECH)  # nothing is left to do
    spec = FeatureSpec()
    model = serving(trained(out / "cqt"), spec, Calibration(**facts["calibration"]), speech)
    analysis = detector.analyse(probe())
    window = cut(probe(), 0, spec.columns, spec)[None]
    expected = [np.array(output)[0] for output in model(window)]
    assert analysis.windows[0].score == pytest.approx(float(expected[1]), abs=1e-3)
    assert np.allclose(analysis.branches[0], expected[4], atol=1e-3)
    logit = sum(analysis.branches[0])
    assert analysis.windows[0].score == pytest.approx(1.0 / (1.0 + np.exp(-logit)), abs=1e-5)


def test_the_card_says_how_it_was_made(out: Path, clips: Path) -> None:
    facts = Detector(out / "ouvido-9.9.9.onnx").card.training
    assert facts["plan"]["copies"] == 2
    assert facts["data"]["clips"] == 2 * sum(1 for _ in clips.glob("*.wav")) - 2 * _dev(clips)
    assert facts["parameters"] > 4_000_000


def test_what_is_done_is_not_done_again(
    clips: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(out, tmp_path / "out")
    target = tmp_path / "out" / "ouvido-9.9.9.onnx"
    before = Detector(target).card.probe
    target.unlink()
    for name in ("fuse", "answers"):
        monkeypatch.setattr(module, name, None)  # calling them would fail
    assert train(clips, tmp_path / "out", "9.9.9", TINY, 1) == target
    assert Detector(target).card.probe.score == pytest.approx(before.score, abs=1e-4)


def test_what_serves_lies_between_the_weights_before_and_after_tuning(
    clips: Path, out: Path
) -> None:
    def encoder_and_head(epochs: int, share: float) -> list[np.ndarray]:
        plan = replace(SPEECH, tuning=replace(SPEECH.tuning, epochs=epochs, share=share))
        made = Copies(out / "copies", chosen(clips), TINY.copies)
        branch = fit_branch(made, loaded(out), out, plan)  # nothing is learnt anew
        return [np.array(weight) for weight in branch.get_weights()]

    before, after = encoder_and_head(0, 1.0), encoder_and_head(1, 1.0)
    between = encoder_and_head(1, 0.25)
    assert any(not np.array_equal(old, new) for old, new in zip(before, after, strict=True))
    for old, new, got in zip(before, after, between, strict=True):
        assert np.allclose(got, old + 0.25 * (new - old), atol=1e-6)


def test_another_recipe_or_other_clips_need_another_folder(clips: Path, out: Path) -> None:
    with pytest.raises(ValueError, match="was begun with other plan"):
        train(clips, out, "9.9.9", seeded(TINY, 2), 1)


def _dev(clips: Path) -> int:
    return (clips / "manifest.csv").read_text().count(",dev")
