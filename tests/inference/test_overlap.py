"""The small network sees what it was made for, whatever the length, and only its own file."""

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.services.quiz.clips import shipped
from inference.detector import Detector
from inference.errors import ModelError
from inference.overlap import BATCH, COLUMNS, FILE, SPEC, Floats, OverlapNetwork, looks
from inference.pipeline import judge, judge_samples
from inference.registry import default_model
from inference.verdict import Reason
from tests import sounds


@pytest.fixture(scope="module")
def network() -> OverlapNetwork:
    return OverlapNetwork()


def spectrogram(columns: int) -> Floats:
    random = np.random.default_rng(columns)
    return np.asarray(random.uniform(-90, -10, (SPEC.n_bins, columns)), np.float32)


@pytest.mark.parametrize("seconds", [0.02, 1.0, 3.0, 4.4, 60.0])
def test_a_recording_is_seen_to_its_end(seconds: float) -> None:
    columns = round(seconds * SPEC.columns_per_second)
    picture = spectrogram(columns)
    seen = looks(picture)
    assert seen.shape == (math.ceil(columns / COLUMNS), COLUMNS, SPEC.n_bins)
    assert seen.min() >= 0.0
    assert seen.max() <= 1.0
    picture[:, -1] = 0.0  # the loudest column is the last one
    last = min(columns, COLUMNS) - 1
    assert looks(picture)[-1, last].min() > 0.8


def test_the_level_of_a_recording_does_not_matter() -> None:
    picture = spectrogram(400)
    assert np.allclose(looks(picture), looks(picture - np.float32(20.0)), atol=1e-4)


def test_silence_is_dark() -> None:
    assert looks(np.full((SPEC.n_bins, 300), SPEC.floor, np.float32)).max() == 0.0


def test_a_long_recording_is_the_mean_of_its_looks(network: OverlapNetwork) -> None:
    picture = spectrogram(COLUMNS * (BATCH + 2))
    whole = network.logits(picture)
    parts = [network._session.run(None, {network._input: look[None]})[0] for look in looks(picture)]
    assert whole == pytest.approx(np.concatenate(parts).mean(axis=0), abs=1e-4)


def test_another_kind_of_spectrogram_is_not_judged(network: OverlapNetwork) -> None:
    picture = np.zeros((84, 400), np.float32)
    assert network.logit(picture, replace(SPEC, n_bins=84)) == -np.inf


def test_a_file_that_is_not_that_of_its_card_is_refused(tmp_path: Path) -> None:
    for file in (FILE, FILE.with_suffix(".json")):
        shutil.copy(file, tmp_path)
    copy = tmp_path / FILE.name
    OverlapNetwork(copy)
    copy.write_bytes(copy.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="damaged"):
        OverlapNetwork(copy)
    copy.with_suffix(".json").write_text(json.dumps({"weather": "fine"}))
    with pytest.raises(ModelError, match="cannot be read"):
        OverlapNetwork(copy)
    copy.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        OverlapNetwork(copy)


@pytest.mark.parametrize(
    ("sound", "found"),
    [(sounds.speech(6.0), Reason.OVERLAP), (sounds.noise(6.0), Reason.NO_SPEECH)],
    ids=["voices", "noise"],
)
def test_a_crowd_is_a_reason_where_somebody_speaks(
    monkeypatch: pytest.MonkeyPatch, sound: sounds.Sound, found: Reason
) -> None:
    monkeypatch.setattr(OverlapNetwork, "logit", lambda self, spectrogram, spec: np.inf)
    verdict = judge_samples(sound, Detector(default_model())).verdict
    assert verdict.reasons == (found,)
    assert (verdict.seconds == 0.0) == (found is Reason.NO_SPEECH)


def test_one_voice_is_no_crowd(network: OverlapNetwork) -> None:
    for seed in range(4):
        voice = sounds.speech(8.0, 100.0 + 40 * seed, seed)
        assert Reason.OVERLAP not in judge_samples(voice, Detector(default_model())).verdict.reasons


@pytest.mark.parametrize(
    ("seconds", "logit", "found"),
    [(2.0, 2.5, False), (5.9, 2.5, False), (5.9, 3.1, True), (6.1, 2.5, True), (6.1, 1.9, False)],
)
def test_a_short_recording_must_be_surer(
    network: OverlapNetwork, seconds: float, logit: float, found: bool
) -> None:
    assert network.is_overlap(logit, round(seconds * SPEC.columns_per_second)) == found


def test_a_voice_note_that_was_cut_in_its_last_page_is_no_crowd() -> None:
    """Without its last second this one, of the quiz, is between the two limits."""
    note = next(clip for clip in shipped() if clip.file == "es-01.ogg").read()
    last = note.rfind(b"OggS")
    for share in (0.0, 0.5, 0.9):
        cut = note[: last + round((len(note) - last) * share)]
        verdict = judge(cut, Detector(default_model()), 60.0).verdict
        assert Reason.OVERLAP not in verdict.reasons
