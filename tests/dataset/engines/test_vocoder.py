"""The vocoder learns, resumes where it stopped, and its file says recordings again, faithfully."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import soundfile
from numpy.typing import NDArray

from dataset import manifest
from dataset.engines.engine import Job, NotReady, Options
from dataset.engines.vocoder import engine
from dataset.engines.vocoder.spectrum import (
    HOP,
    N_FFT,
    N_MELS,
    SAMPLE_RATE,
    levelled,
    log_mel,
    mel_filters,
    waveform,
    window,
)
from dataset.manifest import Clip
from dataset.vocoder_training import measures
from dataset.vocoder_training.recordings import LEAST_SECONDS, Recordings, gather
from tests import sounds


@pytest.fixture(scope="module")
def vocoder() -> engine.Vocoder:
    return engine.Vocoder()


def _spectrum(samples: NDArray[np.float32]) -> NDArray[np.complex64]:
    padded = np.pad(samples, (N_FFT // 2, N_FFT // 2 + -len(samples) % HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]
    return np.asarray(np.fft.rfft(frames * window(), axis=1), np.complex64)


@pytest.mark.parametrize("length", [1, 159, 160, 161, 639, 16_000, 16_037])
def test_a_spectrum_becomes_the_samples_that_it_came_from(length: int) -> None:
    samples = sounds.noise(length / SAMPLE_RATE)
    np.testing.assert_allclose(waveform(_spectrum(samples), length), samples, atol=1e-6)
    assert log_mel(samples).shape == (len(_spectrum(samples)), N_MELS)


def test_every_mel_band_hears_something() -> None:
    for n_fft, bands in ((N_FFT, N_MELS), (256, 40), (1024, 120)):
        assert mel_filters(n_fft, bands).max(axis=0).min() > 0.3


def test_levelling_is_undone_by_its_factor() -> None:
    samples = sounds.speech(0.5)
    level, factor = levelled(samples)
    assert np.abs(level).max() == pytest.approx(0.5)
    np.testing.assert_allclose(level * factor, samples, atol=1e-6)
    assert levelled(sounds.silence(0.1))[1] == 1.0


def test_recordings_of_machines_other_splits_and_broken_files_are_not_learnt_from(
    tmp_path: Path,
) -> None:
    sound = sounds.speech(2.0)
    rows = [
        ("good.wav", "human", "train", 2.0),
        ("broken.wav", "human", "train", 2.0),
        ("dev.wav", "human", "dev", 2.0),
        ("machine.wav", "synthetic", "train", 2.0),
        ("word.wav", "human", "train", LEAST_SECONDS - 0.1),
    ]
    for name, *_ in rows:
        soundfile.write(tmp_path / name, sound, SAMPLE_RATE)
    (tmp_path / "broken.wav").write_bytes(b"RIFF of nothing")
    clips = [
        Clip(file=name, label=label, split=split, seconds=seconds)
        for name, label, split, seconds in rows
    ]
    manifest.write(clips, tmp_path)
    found = gather(tmp_path, tmp_path / "run")
    assert len(found) == 1
    assert len(found.samples) == len(sound)
    again = gather(Path("gone"), tmp_path / "run")  # what stands there is not decoded again
    np.testing.assert_array_equal(again.samples, found.samples)


def test_crops_are_drawn_alike_from_the_same_seed_and_lie_inside_one_recording() -> None:
    samples = np.repeat(np.array([1_000, 2_000, 3_000], np.int16), [400, 50, 900])
    recordings = Recordings(samples, np.array([0, 400, 450, 1_350]))
    first, second = (recordings.crops(40, 100, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.shape == (40, 100)
    assert np.ptp(first, axis=1).max() == 0.0  # none crosses a border; the short one is left out


@pytest.mark.parametrize("length", [1, 700, 16_000, 16_037])
def test_as_many_samples_come_out_as_went_in(vocoder: engine.Vocoder, length: int) -> None:
    made = vocoder.resynthesise(sounds.speech(2.0)[:length])
    assert made.dtype == np.float32
    assert len(made) == length


def test_a_voice_said_again_is_itself_and_yet_not_a_copy(vocoder: engine.Vocoder) -> None:
    voice = sounds.speech(2.0)
    made = vocoder.resynthesise(voice)
    assert measures.mel_distance(voice, made) < 1.9  # measured 1.63, Griffin-Lim 2.11
    assert measures.spectral_distance(voice, made) < 0.46  # 0.40, Griffin-Lim 0.50
    assert np.abs(voice - made).max() > 0.01
    np.testing.assert_array_equal(made, vocoder.resynthesise(voice))


def test_a_quiet_recording_is_said_again_as_quietly(vocoder: engine.Vocoder) -> None:
    voice = sounds.speech(1.0)
    loud, quiet = vocoder.resynthesise(voice), vocoder.resynthesise(voice * np.float32(0.01))
    np.testing.assert_allclose(quiet * 100.0, loud, atol=2e-3)
    assert np.abs(vocoder.resynthesise(sounds.silence(0.5))).max() < 1e-3


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    for file in (engine.MODEL, engine.MODEL.with_suffix(".sha256")):
        shutil.copy(file, tmp_path)
    copy = tmp_path / engine.MODEL.name
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    with pytest.raises(NotReady, match="is not the file"):
        engine.Vocoder(copy)
    with pytest.raises(NotReady, match="missing"):
        engine.Vocoder(tmp_path / "none.onnx")


def test_the_engine_answers_a_clip_of_another_rate_in_its_speakers_name(tmp_path: Path) -> None:
    path = tmp_path / "clip.wav"
    soundfile.write(path, sounds.speech(1.0), 22_050)  # 16,000 samples: 0.73 s
    clip = Clip(file="clip.wav", label="human", speaker="ana")
    speech = engine.make(Options())(Job(clip, path, references=(), seed=1))
    assert (speech.speaker, speech.sample_rate) == ("ana", SAMPLE_RATE)
    assert speech.system.startswith("vocos-")
    assert len(speech.samples) == pytest.approx(16_000 / 22_050 * SAMPLE_RATE, abs=1)


def test_measures_are_nought_for_the_same_and_grow_with_noise() -> None:
    voice = sounds.speech(1.0)
    near, far = voice + sounds.noise(1.0, 0.003), voice + sounds.noise(1.0, 0.03)
    for measure in (
        measures.mel_distance,
        measures.cepstral_distortion,
        measures.spectral_distance,
    ):
        assert measure(voice, voice) == pytest.approx(0.0, abs=1e-6)
        assert 0.0 < measure(voice, near) < measure(voice, far)


def test_a_louder_copy_is_as_many_decibels_away() -> None:
    tone = sounds.noise(1.0)
    assert measures.mel_distance(tone, tone * np.float32(2.0)) == pytest.approx(6.02, abs=0.01)
    assert measures.cepstral_distortion(tone, tone * np.float32(2.0)) < 0.01  # c0 is left out


def _corpus(folder: Path) -> None:
    folder.mkdir()
    clips = []
    for number, pitch in enumerate((100.0, 140.0, 200.0)):
        soundfile.write(folder / f"{number}.wav", sounds.speech(2.0, pitch, number), SAMPLE_RATE)
        clips.append(Clip(file=f"{number}.wav", label="human", split="train", seconds=2.0))
    manifest.write(clips, folder)


@pytest.mark.slow
@pytest.mark.exhaustive  # TensorFlow compiles every network that it meets anew
def test_a_tiny_vocoder_learns_resumes_exactly_and_leaves_a_file_that_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataset.onnx_export import halved
    from dataset.vocoder_training import fit as module
    from dataset.vocoder_training.export import LEAST, export, to_onnx
    from dataset.vocoder_training.fit import Plan, fit, history, trained
    from dataset.vocoder_training.network import Size

    row = 12
    monkeypatch.setattr(module, "ROW", row)
    size = Size(width=16, inner=32, blocks=1, kernel=5)
    plan = Plan(steps=2 * row, warm_up=row + 2, batch=2, length=3_200, save_every=row, size=size)
    _corpus(tmp_path / "clips")
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    fit(tmp_path / "clips", whole, plan)
    first, last = history(whole)
    assert last["spectral"] < first["spectral"]
    assert last["critic"] > 0.0 == first["critic"]

    shutil.copytree(whole, halves)  # as a run that ended after its first checkpoint
    checkpoints = halves / "checkpoints"
    listing = (checkpoints / "checkpoint").read_text()
    (checkpoints / "checkpoint").write_text(listing.replace("ckpt-2", "ckpt-1", 1))
    resumed = fit(tmp_path / "clips", halves, plan)
    assert {**resumed, "cpu_seconds": 0.0} == pytest.approx({**last, "cpu_seconds": 0.0}, rel=1e-4)

    network = trained(whole)
    mel = log_mel(sounds.speech(0.5))
    expected = network(mel[None]).numpy()
    graph = to_onnx(network)
    np.testing.assert_allclose(_run(graph, mel), expected, atol=1e-3)
    graph = halved(graph, least=LEAST)
    assert np.abs(_run(graph, mel) - expected).max() < 0.01 * np.abs(expected).max()

    export(whole, tmp_path / "tiny.onnx", version="0.0")
    tiny = engine.Vocoder(tmp_path / "tiny.onnx")
    assert tiny.name == "vocos-0.0"
    from_graph = _run(graph, mel)[0].view(np.complex64)[..., 0]
    np.testing.assert_allclose(tiny.spectrum(mel), from_graph, atol=1e-4)


def _run(graph: onnx.ModelProto, mel: NDArray[np.float32]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (parts,) = session.run(["parts"], {"mel": mel[None]})
    return np.ascontiguousarray(parts)
