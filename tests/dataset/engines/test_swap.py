"""The voice swap from clips to another's voice, on formula voices."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset import manifest
from dataset.engines import swap
from dataset.engines.engine import Job, NotReady, Options, Refused
from dataset.engines.swap import network
from dataset.engines.swap.conversion import Converter
from dataset.engines.swap.history import Plan
from dataset.engines.swap.preprocess import listen
from dataset.engines.swap.run import Run
from dataset.engines.swap.spectra import spectrogram
from dataset.engines.swap.training import train
from dataset.manifest import Clip, ManifestError
from inference.decoding.audio import SAMPLE_RATE
from tests.dataset.engines.swapped_voices import command, say, write

# TensorFlow's variables do not know NumPy 2's `copy` yet.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SHORT = Plan(batch=2, steps=2, looks=2)
UNHEARD = 90  # a sentence that no material holds


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("swap") / "clips"
    write(folder, clips=5)
    return folder


@pytest.fixture(scope="module")
def material(clips: Path) -> Path:
    folder = clips.parent / "material"
    assert command(f"preprocess --in {clips} --speakers low high --out {folder}") == 0
    return folder


@pytest.fixture(scope="module")
def run(material: Path) -> Path:
    folder = material.parent / "run"
    assert command(f"train --in {material} --run {folder} --steps 20 --looks 2") == 0
    return folder


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "unheard.wav"
    soundfile.write(path, say("low", UNHEARD), SAMPLE_RATE)
    return path


def test_the_low_voice_comes_out_with_the_pitch_and_the_throat_of_the_high_one(
    run: Path, recording: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert command(f"convert --run {run} --from low --to high {recording} --out {out}") == 0
    (clip,) = manifest.read(out)
    assert (clip.label, clip.system, clip.family, clip.speaker) == (
        "synthetic",
        "swap",
        "vc",
        "high",
    )
    soundfile.write(tmp_path / "high.wav", say("high", UNHEARD), SAMPLE_RATE)
    made, low, high = (
        _pitch_and_bands(path) for path in (out / clip.file, recording, tmp_path / "high.wav")
    )
    assert abs(np.log2(made[0] / high[0])) < 0.25 * abs(np.log2(low[0] / high[0]))
    assert _apart(made[1], high[1]) < _apart(made[1], low[1])


def test_a_conversion_is_as_long_and_as_loud_as_the_recording(run: Path, recording: Path) -> None:
    samples, _ = Converter(run).convert(recording, "low", "high")
    original = say("low", UNHEARD)
    assert len(samples) == pytest.approx(len(original), abs=160)
    assert np.std(samples) == pytest.approx(np.std(original), rel=0.5)


def test_training_draws_the_held_out_clips_better(run: Path) -> None:
    history = Run.read(run).history()
    assert [look.step for look in history] == [0, 20, 40]
    assert history[-1].held_loss < 0.8 * history[0].held_loss


@pytest.mark.slow
def test_a_resumed_run_ends_as_one_that_was_never_stopped(material: Path, tmp_path: Path) -> None:
    whole = train(material, tmp_path / "whole", SHORT)
    train(material, tmp_path / "parts", replace(SHORT, looks=1))
    resumed = train(material, tmp_path / "parts", SHORT)
    other = train(material, tmp_path / "other", replace(SHORT, looks=0, seed=2))
    losses = [look.held_loss for look in whole]
    assert [look.held_loss for look in resumed] == pytest.approx(losses, abs=1e-6)
    assert abs(other[0].held_loss - losses[0]) > 1e-4


@pytest.mark.slow
def test_a_warm_start_sets_out_from_the_encoder_and_the_nearest_decoders(
    clips: Path, run: Path, tmp_path: Path
) -> None:
    command(f"preprocess --in {clips} --speakers low third --out {tmp_path / 'other'}")
    none = replace(SHORT, looks=0)
    cold = train(tmp_path / "other", tmp_path / "cold", none)
    warm = train(tmp_path / "other", tmp_path / "warm", none, start=run)
    part = train(tmp_path / "other", tmp_path / "part", none, start=run, encoder_only=True)
    assert warm[0].held_loss < 0.9 * cold[0].held_loss
    assert part[0].held_loss > warm[0].held_loss
    old = network.encoder_of(Run.read(run).network()).get_weights()
    for name in ("warm", "part"):
        new = network.encoder_of(Run.read(tmp_path / name).network()).get_weights()
        assert all(np.array_equal(a, b) for a, b in zip(old, new, strict=True))


def test_a_run_goes_on_with_its_own_speakers_only(clips: Path, run: Path, tmp_path: Path) -> None:
    command(f"preprocess --in {clips} --speakers low third --out {tmp_path / 'other'}")
    with pytest.raises(NotReady, match=r"is a run of \['high', 'low'\], not of \['low', 'third'\]"):
        train(tmp_path / "other", run, SHORT)


def test_too_little_material_is_said_aloud(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command(f"preprocess --in {clips} --speakers low --out {tmp_path / 'one'}")
    assert "warning: low has 0.1 minutes of speech to learn from" in capsys.readouterr().out


def test_recordings_that_cannot_be_read_are_named(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "clips", clips=3)
    (tmp_path / "clips" / "low-2.wav").write_bytes(b"not a sound")
    command(f"preprocess --in {tmp_path / 'clips'} --speakers low --out {tmp_path / 'out'}")
    assert "low-2.wav: the recording can't be read" in capsys.readouterr().out


def test_an_unknown_speaker_is_answered_with_the_known_ones(clips: Path, tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="no clip of 'nobody'; it has high, low, third"):
        command(f"preprocess --in {clips} --speakers nobody --out {tmp_path}")


def test_the_engine_gives_a_clip_the_run_s_other_voice(run: Path, recording: Path) -> None:
    say_it = swap.make(Options(model=str(run)))
    job = Job(Clip(recording.name, "human", speaker="low"), recording, (), seed=7)
    speech = say_it(job)
    assert (speech.system, speech.speaker, speech.sample_rate) == ("swap", "high", SAMPLE_RATE)
    with pytest.raises(Refused, match="the run knows high, low, and not third"):
        say_it(replace(job, clip=replace(job.clip, speaker="third")))
    with pytest.raises(NotReady, match="needs --model RUN"):
        swap.make(Options())


def _pitch_and_bands(path: Path) -> tuple[float, np.ndarray]:
    """Median pitch in Hz, and the mean spectrum of what is spoken in dB."""
    parts = listen(path)
    image = spectrogram(parts)
    return float(np.median(parts.pitch[parts.pitch > 0])), image.bands[image.spoken].mean(axis=0)


def _apart(bands: np.ndarray, others: np.ndarray) -> float:
    return float(np.sqrt(np.mean((bands - others) ** 2)))
