"""The served file answers for any length, and is refused when it is not what it was."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.card import KEY, Card
from inference.detector import Detector, cut, logit, probe, sigmoid
from inference.errors import ModelError
from inference.features import FeatureSpec
from inference.registry import default_model
from tests import sounds
from tests.inference.two_branches import one_branch, two_branches


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model())


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.9, 4.1, 4.2, 10.0, 61.3])
def test_windows_cover_a_recording_of_any_length(detector: Detector, seconds: float) -> None:
    samples = sounds.speech(seconds)
    analysis = detector.analyse(samples)
    spec = analysis.spec
    n_columns = 1 + len(samples) // spec.hop_length
    assert analysis.spectrogram.shape == analysis.saliency.shape == (spec.n_bins, n_columns)
    assert analysis.windows[0].start == 0.0
    assert analysis.windows[-1].end == pytest.approx(seconds, abs=0.02)
    for before, after in zip(analysis.windows, analysis.windows[1:], strict=False):
        assert before.start < after.start <= before.end
    assert all(0.0 <= window.score <= 1.0 for window in analysis.windows)
    assert len(analysis.speech) == len(analysis.windows)
    assert analysis.branches.shape == (len(analysis.windows), 2)


def test_gain_does_not_matter(detector: Detector) -> None:
    samples = sounds.speech(6.0)
    loud = [window.score for window in detector.analyse(samples).windows]
    quiet = [window.score for window in detector.analyse(samples * np.float32(0.05)).windows]
    assert quiet == pytest.approx(loud, abs=5e-3)


def test_a_window_sees_the_sound_around_it_and_not_an_edge(detector: Detector) -> None:
    """The pieces of a long recording fit together without a seam."""
    samples = sounds.speech(12.0)
    spec = detector.card.spec
    whole = detector.analyse(samples).spectrogram
    inner = detector.analyse(samples[100 * spec.hop_length :]).spectrogram
    heard = whole[:, 140:500] > -60.0
    assert np.abs(whole[:, 140:500] - inner[:, 40:400])[heard].max() < 0.01


def test_the_cut_of_a_window_has_silence_beyond_the_ends() -> None:
    spec = FeatureSpec()
    piece = cut(np.ones(1000, np.float32), 0, 64, spec)
    assert len(piece) == spec.samples(64)
    assert piece.sum() == 1000
    assert piece[spec.margin * spec.hop_length] == 1.0


def test_heat_is_a_share_of_the_strongest_cell(detector: Detector) -> None:
    saliency = detector.analyse(sounds.speech(8.0)).saliency
    assert saliency.min() >= 0.0
    assert saliency.max() in (0.0, pytest.approx(1.0))


def test_the_probe_is_speech_to_the_model() -> None:
    """Else the self-test would not exercise what matters."""
    assert len(probe()) == 65_600
    assert 0.05 < np.abs(probe()).max() < 1.0


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(default_model().read_bytes()[:-1000])
    with pytest.raises(ModelError, match="damaged"):
        Detector(damaged)


def test_a_listed_file_with_other_bytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "models" / "ouvido.onnx"
    model.parent.mkdir()
    shutil.copy(default_model(), model)
    listed = tmp_path / "models.toml"
    listed.write_text('[[model]]\nname = "x"\nfile = "models/ouvido.onnx"\nsha256 = "00"\n')
    monkeypatch.setattr("inference.detector.MODELS", listed)
    with pytest.raises(ModelError, match="SHA-256"):
        Detector(model)


def test_a_model_that_answers_otherwise_than_when_made_is_refused(tmp_path: Path) -> None:
    model = onnx.load(default_model())
    card = Card.from_json(model.metadata_props[0].value)
    drifted = replace(card, probe=replace(card.probe, score=card.probe.score + 0.01))
    onnx.helper.set_model_props(model, {KEY: drifted.to_json()})
    onnx.save(model, tmp_path / "drifted.onnx")
    with pytest.raises(ModelError, match="drifted"):
        Detector(tmp_path / "drifted.onnx")


def test_a_foreign_model_is_refused(tmp_path: Path) -> None:
    model = onnx.load(default_model())
    del model.metadata_props[:]
    onnx.save(model, tmp_path / "foreign.onnx")
    with pytest.raises(ModelError, match="no card"):
        Detector(tmp_path / "foreign.onnx")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.onnx"):
        Detector(tmp_path / "gone.onnx")


def test_without_a_second_branch_the_first_adds_everything(tmp_path: Path) -> None:
    analysis = Detector(one_branch(tmp_path)).analyse(sounds.speech(9.0))
    for (pictured, other), window in zip(analysis.branches, analysis.windows, strict=True):
        assert other == 0.0
        assert pictured == pytest.approx(logit(window.score), abs=1e-4)


def test_two_branches_tell_what_each_adds(detector: Detector, tmp_path: Path) -> None:
    analysis = Detector(two_branches(tmp_path, 1.25, -0.25)).analyse(sounds.speech(9.0))
    assert analysis.windows == detector.analyse(sounds.speech(9.0)).windows
    for (pictured, other), window in zip(analysis.branches, analysis.windows, strict=True):
        assert pictured == pytest.approx(1.25 * logit(window.score), abs=1e-3)
        assert other == pytest.approx(-0.25 * logit(window.score), abs=1e-3)


def test_branches_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="add up"):
        Detector(two_branches(tmp_path, 0.7, 0.1))


def test_a_file_that_lacks_an_output_is_refused(tmp_path: Path) -> None:
    model = onnx.load(default_model())
    (saliency,) = [output for output in model.graph.output if output.name == "heat"]
    model.graph.output.remove(saliency)
    onnx.save(model, tmp_path / "cold.onnx")
    with pytest.raises(ModelError, match="no output heat"):
        Detector(tmp_path / "cold.onnx")


@given(st.floats(0.0, 1.0))
def test_a_chance_has_a_logit_and_comes_back(chance: float) -> None:
    assert sigmoid(logit(chance)) == pytest.approx(chance, abs=2e-7)


def test_the_surest_log_odds_are_a_chance() -> None:
    assert (sigmoid(1e6), sigmoid(-1e6)) == (1.0, 0.0)


def test_a_card_keeps_thresholds_for_a_narrow_band_and_old_ones_have_none(
    detector: Detector,
) -> None:
    card = replace(detector.card, narrow_thresholds=(0.2, 0.9))
    assert Card.from_json(card.to_json()) == card
    old = {k: v for k, v in json.loads(card.to_json()).items() if k != "narrow_thresholds"}
    assert Card.from_json(json.dumps(old)) == replace(card, narrow_thresholds=None)


def test_a_card_of_another_kind_is_refused() -> None:
    with pytest.raises(ModelError, match="card"):
        Card.from_json('{"name": "x"}')
