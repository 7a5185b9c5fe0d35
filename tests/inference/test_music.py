"""Music is told from noise, whatever its level and length, and only where nobody speaks."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inference.decoding.audio import decode
from inference.detector import Detector
from inference.errors import ModelError
from inference.music import FILE, MEASURES, SPEC, MusicNetwork, measures
from inference.pipeline import judge_samples
from inference.registry import default_model
from inference.verdict import Label, Reason
from tests import sounds


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model())


@pytest.fixture(scope="module")
def chords(detector: Detector) -> np.ndarray:
    return detector.analyse(sounds.music(4.0)).spectrogram


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (sounds.music(6.0), Reason.MUSIC),
        (decode(sounds.encode(sounds.music(6.0), "ogg"), 300.0), Reason.MUSIC),
        (0.01 * sounds.music(6.0), Reason.MUSIC),
        (sounds.music(6.0) + sounds.noise(6.0, 0.01), Reason.MUSIC),
        (sounds.noise(6.0), Reason.NO_SPEECH),
        (np.cumsum(sounds.noise(6.0, 0.001)), Reason.NO_SPEECH),
        (sounds.silence(6.0), Reason.NO_SPEECH),
        (sounds.silence(6.0) + np.float32(1e-5) * sounds.music(6.0), Reason.NO_SPEECH),
    ],
    ids=["chords", "note", "quiet", "noisy", "hiss", "rumble", "silence", "inaudible"],
)
def test_where_nobody_speaks_the_reason_is_what_it_sounds_like(
    detector: Detector, sound: sounds.Sound, reason: Reason
) -> None:
    verdict = judge_samples(np.asarray(sound, np.float32), detector).verdict
    assert verdict.reasons == (reason,)
    assert verdict.label is Label.INCONCLUSIVE
    assert verdict.seconds == 0.0


def test_where_somebody_speaks_music_is_no_reason(
    detector: Detector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MusicNetwork, "hears_music", lambda *_: True)
    assert judge_samples(sounds.noise(5.0), detector).verdict.reasons == (Reason.MUSIC,)
    for seed in range(4):
        voice = sounds.speech(5.0, 100.0 + 40 * seed, seed)
        assert Reason.MUSIC not in judge_samples(voice, detector).verdict.reasons


@pytest.mark.parametrize("columns", [1, 2, 31, 63, 5_000])
def test_every_length_has_measures(columns: int) -> None:
    random = np.random.default_rng(columns)
    picture = random.uniform(-90, -10, (SPEC.n_bins, columns)).astype(np.float32)
    assert np.isfinite(measures(picture)).all()
    assert np.isfinite(measures(np.full_like(picture, SPEC.floor))).all()


def test_the_level_does_not_matter_and_half_a_minute_is_enough(chords: np.ndarray) -> None:
    assert np.allclose(measures(chords), measures(chords - np.float32(7.0)), atol=1e-3)
    minute = np.tile(chords, 15)
    assert np.array_equal(measures(minute), measures(minute[:, :1875]))


def test_a_click_and_another_kind_of_spectrogram_are_no_music(chords: np.ndarray) -> None:
    network = MusicNetwork.read()
    assert network.hears_music(chords, SPEC)
    assert not network.hears_music(chords[:, :60], SPEC)
    assert not network.hears_music(chords, replace(SPEC, fmin=30.0))


def test_half_the_music_is_found_and_few_other_noises_are_called_so() -> None:
    network = MusicNetwork.read()
    assert network.measured["held out: music in music"] > 0.5
    assert network.measured["held out: music in other noises"] <= 0.05
    assert len(network.centre) == len(network.hidden) == MEASURES


@pytest.mark.parametrize("change", [{"weather": 1}, {"hidden": [[1.0]]}, {"output": "fine"}])
def test_a_file_that_is_no_network_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    file = tmp_path / "music.json"
    with pytest.raises(ModelError, match="cannot be read"):
        MusicNetwork.read(file)
    file.write_text(json.dumps(json.loads(FILE.read_text()) | change))
    with pytest.raises(ModelError, match="cannot be read"):
        MusicNetwork.read(file)
