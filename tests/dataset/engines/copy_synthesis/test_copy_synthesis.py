"""WORLD and Griffin-Lim, run for real on made-up voices."""

from pathlib import Path

import numpy as np
import pytest
import pyworld
import soundfile
from numpy.typing import NDArray

from dataset.engines import recordings
from dataset.engines.copy_synthesis import griffin_lim, world, world_moved
from dataset.engines.engine import Engine, Job, Options, Refused, Speech
from dataset.manifest import Clip
from tests import sounds

COPIERS = [world.ENGINE, world_moved.ENGINE, griffin_lim.ENGINE]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "voice.wav"
    soundfile.write(path, sounds.speech(1.5, pitch=140.0), sounds.RATE)
    return path


def _say(engine: Engine, recording: Path, speaker: str = "ana", seed: int = 1) -> Speech:
    clip = Clip(file=recording.name, label="human", speaker=speaker, language="pt-BR")
    return engine.make(Options())(Job(clip, recording, (), seed))


def _pitch(samples: NDArray[np.float32], rate: int) -> float:
    pitch, _ = pyworld.harvest(samples.astype(np.float64), rate, f0_floor=60.0, f0_ceil=500.0)
    return float(np.median(pitch[pitch > 0]))


def _shape(samples: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Loudness in dB over time, 20 ms a frame."""
    frames = samples[: len(samples) // (rate // 50) * (rate // 50)].reshape(-1, rate // 50)
    return np.asarray(10.0 * np.log10((frames.astype(np.float64) ** 2).mean(axis=1) + 1e-7))


@pytest.mark.parametrize("engine", COPIERS, ids=lambda engine: engine.name)
def test_a_copy_is_as_long_and_as_loud_at_each_moment_and_another_sound(
    engine: Engine, recording: Path
) -> None:
    original, rate = recordings.read(recording)
    speech = _say(engine, recording)
    assert (speech.sample_rate, len(speech.samples)) == (rate, len(original))
    assert speech.samples.dtype == np.float32
    assert np.corrcoef(_shape(original, rate), _shape(speech.samples, rate))[0, 1] > 0.8
    assert not np.allclose(original, speech.samples, atol=0.02)


@pytest.mark.parametrize("engine", COPIERS, ids=lambda engine: engine.name)
def test_the_same_job_gives_the_same_sound(engine: Engine, recording: Path) -> None:
    first, second = _say(engine, recording), _say(engine, recording)
    np.testing.assert_array_equal(first.samples, second.samples)


def test_world_keeps_the_pitch(recording: Path) -> None:
    original, rate = recordings.read(recording)
    speech = _say(world.ENGINE, recording)
    assert _pitch(speech.samples, rate) == pytest.approx(_pitch(original, rate), rel=0.05)
    assert speech.speaker == "ana"


def test_world_moves_the_pitch_and_a_speaker_always_alike(recording: Path) -> None:
    original, rate = recordings.read(recording)
    spoken = [_say(world_moved.ENGINE, recording, seed=seed) for seed in (1, 2)]
    np.testing.assert_array_equal(spoken[0].samples, spoken[1].samples)
    semitones = 12 * np.log2(_pitch(spoken[0].samples, rate) / _pitch(original, rate))
    assert 1.5 < abs(semitones) < 7.0
    other = _say(world_moved.ENGINE, recording, speaker="rui")
    assert not np.array_equal(other.samples, spoken[0].samples)
    assert (spoken[0].speaker, other.speaker) == ("ana-moved", "rui-moved")


def test_formants_move_by_the_ratio_asked_for() -> None:
    n_bins = 513
    envelope = np.exp(-(((np.arange(n_bins) - 100.0) / 10.0) ** 2))[np.newaxis] + 1e-6
    parts = world.Parts(np.array([100.0]), envelope, np.zeros((1, n_bins)), 16_000)
    moved = world_moved.move(parts, pitch=12.0, formants=3.0, melody=1.0)
    assert moved.pitch[0] == pytest.approx(200.0)
    assert moved.envelope[0].argmax() == pytest.approx(100 * 2 ** (3 / 12), abs=1)


def test_a_stereo_recording_at_96_khz_is_copied_at_24_khz(tmp_path: Path) -> None:
    path = tmp_path / "ação de graças.wav"
    soundfile.write(path, np.tile(sounds.tone(6.0)[:, np.newaxis], (1, 2)), 96_000)
    samples, rate = recordings.read(path)
    assert (rate, len(samples)) == (24_000, 24_000)


def test_what_only_ffmpeg_reads_is_read_as_the_detector_hears_it(tmp_path: Path) -> None:
    path = tmp_path / "note.m4a"
    path.write_bytes(sounds.encode(sounds.speech(1.0), "m4a"))
    samples, rate = recordings.read(path)
    assert rate == 16_000
    assert len(samples) == pytest.approx(16_000, rel=0.1)


@pytest.mark.parametrize(
    ("samples", "reason"),
    [
        (sounds.silence(1.0), "silent"),
        (sounds.tone(0.05), "0.05 s long"),
        (sounds.tone(61.0), "61.00 s long"),
    ],
)
def test_a_recording_without_enough_speech_is_refused(
    samples: NDArray[np.float32], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "voice.flac"
    soundfile.write(path, samples, sounds.RATE)
    with pytest.raises(Refused, match=reason):
        recordings.read(path)


def test_a_broken_recording_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"RIFF, it says")
    with pytest.raises(Refused, match="can't be read"):
        recordings.read(path)
