"""What is fitted tells tones from noise, is the mean of its members and knows no held-out clip."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from inference.features import FeatureSpec
from inference.music import MEASURES, MusicNetwork
from tests import sounds
from training.music import music
from training.music.music import Heard, alike, fit, fit_to, hear, held_out, measure
from training.music.tunes import tune
from training.overlapped_speech.mixtures import Ear


class QuickEar(Ear):
    """Spectra of 256 samples on the bins of the detector's."""

    def __init__(self) -> None:
        at = FeatureSpec().frequencies / (sounds.RATE / 1024)
        self._near = at.round().astype(int)

    def __call__(self, samples: sounds.Sound) -> np.ndarray:
        padded = np.pad(samples, (0, 1024))
        frames = np.lib.stride_tricks.sliding_window_view(padded, 1024)[:: FeatureSpec().hop_length]
        power = np.abs(np.fft.rfft(frames * np.hanning(1024)))
        return np.asarray(20 * np.log10(power[:, self._near].T / 256 + 1e-6), np.float32)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TUNES": 6, "NETWORKS": 2, "EPOCHS": 60, "FEWEST": 5}.items():
        monkeypatch.setattr(music, name, value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten tunes, ten hums and two single beats."""
    root = tmp_path_factory.mktemp("noises")
    random = np.random.default_rng(1)
    lines = ["file,label,system,family,language,speaker,pair,source,licence,seconds,split"]
    for number in range(22):
        kind = ("street_music", "hum")[number % 2] if number < 20 else music.HITS
        sound = tune(2.0, random) if kind == "street_music" else sounds.noise(2.0, 0.1, number)
        soundfile.write(root / f"{number}.wav", sound, sounds.RATE)
        lines.append(f"{number}.wav,noise,{kind},,,,,here,CC0,2.0,train")
    (root / "manifest.csv").write_text("\n".join(lines) + "\n")
    return root


def clouds(apart: float, count: int = 40) -> Heard:
    random = np.random.default_rng(1)
    is_so = np.arange(count) % 2 == 0
    measured = random.standard_normal((count, MEASURES)) + apart * is_so[:, None]
    return Heard(np.full(count, "hum"), is_so, measured, 100.0 * random.random((count, 8)))


def test_the_network_is_the_mean_of_its_members() -> None:
    heard = clouds(2.0)
    tunes = heard.measures[heard.music][:3]
    both = fit(heard.measures, heard.music, tunes, 1)
    assert len(both.output) == 2 * music.UNITS
    halves = []
    for half in (slice(0, music.UNITS), slice(music.UNITS, None)):
        hidden = [row[half] for row in both.hidden]
        output = (2 * np.array(both.output[half])).tolist()
        halves.append(
            MusicNetwork(
                both.centre, both.scale, hidden, both.hidden_bias[half], output, both.output_bias
            ).logits(heard.measures)
        )
    assert np.allclose(np.mean(halves, axis=0), both.logits(heard.measures))
    assert both.logits(heard.measures)[heard.music].min() > 0.0


def test_what_cannot_be_learnt_is_not_known_of_held_out_recordings() -> None:
    heard = clouds(0.0, 120)
    logits, _ = held_out(heard, np.zeros((0, MEASURES)), 1)
    ranks = np.argsort(np.argsort(logits))
    assert abs(ranks[heard.music].mean() - ranks[~heard.music].mean()) < 30


def test_clips_of_one_recording_are_held_out_together() -> None:
    random = np.random.default_rng(1)
    spectra = np.repeat(30.0 * random.random((6, 40)), 3, axis=0) + random.random((18, 40))
    assert np.array_equal(alike(spectra), np.repeat(alike(spectra)[::3], 3))
    assert alike(spectra).max() == 5


def test_tones_are_told_from_noise_and_single_beats_are_left_out(
    folder: Path, tmp_path: Path
) -> None:
    network = fit_to(folder, QuickEar(), 1)
    assert network.measured["clips of music"] == 10
    assert network.measured["other noises"] == 10
    assert network.measured["held out: music in music"] >= 0.8
    assert network.measured["held out: music in hum"] <= music.FALSE_MUSIC
    assert f"music in {music.HITS}" in network.measured
    file = tmp_path / "music.json"
    file.write_text(network.to_json())
    assert MusicNetwork.read(file) == network
    (tmp_path / "mine").mkdir()
    soundfile.write(tmp_path / "mine" / "long.wav", tune(20.0, np.random.default_rng(9)), 16_000)
    assert measure(network, tmp_path / "mine", QuickEar()) == {
        "other music: pieces": 4.0,
        "other music: music": 1.0,
    }


def test_a_folder_without_music_is_refused(folder: Path, tmp_path: Path) -> None:
    header, *lines = (folder / "manifest.csv").read_text().splitlines()
    (tmp_path / "manifest.csv").write_text("\n".join([header, *lines[1:2]]) + "\n")
    (tmp_path / "1.wav").write_bytes((folder / "1.wav").read_bytes())
    with pytest.raises(ValueError, match="needs 5 clips of music"):
        fit_to(tmp_path, QuickEar(), 1)
    assert hear([], folder, QuickEar()).measures.shape == (0, MEASURES)
