"""Mixtures are of two people, their makings tell no class, and the network is served as fitted."""

from pathlib import Path

import numpy as np
import onnx
import pytest

from dataset.manifest import Clip
from dataset.onnx_export import traced
from inference.features import FeatureSpec
from inference.overlap import COLUMNS, SPEC, OverlapCard, OverlapNetwork, looks
from tests import sounds
from training.overlapped_speech import examples as examples_module
from training.overlapped_speech import fit
from training.overlapped_speech.examples import Examples, Pool, by_source, examples, split_noises
from training.overlapped_speech.measures import choose
from training.overlapped_speech.mixtures import (
    APART,
    Ear,
    Voice,
    in_a_room,
    is_music,
    level,
    over_each_other,
    piece,
    stranger,
    trimmed,
    with_noise,
)


def voice(speaker: str, source: str = "a", seconds: float = 4.0, label: str = "human") -> Voice:
    seed = len(speaker) + len(source)
    sound = sounds.speech(seconds, 100.0 + 30 * seed, seed)
    clip = Clip(f"{source}-{speaker}.ogg", label, speaker=speaker, source=source)
    return Voice(clip, (sound * 32_767).astype(np.int16))


class DeafEar(Ear):
    """Sees noise whose level is that of the sound; costs nothing."""

    def __init__(self) -> None: ...

    def __call__(self, samples: sounds.Sound) -> np.ndarray:
        columns = 1 + len(samples) // SPEC.hop_length
        random = np.random.default_rng(len(samples))
        return random.uniform(-60, 0, (SPEC.n_bins, columns)).astype(np.float32)


def test_two_voices_are_as_loud_as_each_other_within_what_is_promised() -> None:
    random = np.random.default_rng(1)
    one, other = sounds.tone(2.0, 300.0), sounds.tone(3.0, 1000.0)
    for _ in range(20):
        mixed = over_each_other(one, other, random)
        power = np.abs(np.fft.rfft(mixed)) ** 2
        hertz = np.fft.rfftfreq(len(mixed), 1 / sounds.RATE)
        apart = 10 * np.log10(power[hertz < 600].sum() / power[hertz >= 600].sum())
        assert len(mixed) == len(one)
        assert abs(apart) <= APART + 0.1


def test_nobody_is_mixed_with_himself() -> None:
    people = [voice("ann"), voice("ann", "b"), voice("bob"), voice("", "a"), voice("", "c")]
    random = np.random.default_rng(1)
    drawn = by_source(people, random)
    found = {(stranger(people[0], drawn).clip.speaker, stranger(people[0], drawn).clip.source)}
    for _ in range(50):
        other = stranger(people[0], drawn).clip
        found.add((other.speaker, other.source))
        assert other.speaker != "ann"
        assert other.speaker or other.source != "a"  # a name that lacks may be hers
    assert ("bob", "a") in found
    with pytest.raises(ValueError, match="nobody besides"):
        stranger(people[0], lambda: people[1])


def test_noise_lies_as_far_under_the_voice_as_asked() -> None:
    silent = with_noise(sounds.tone(2.0), sounds.noise(0.5), 20.0) - level(sounds.tone(2.0))
    assert 20 * np.log10(np.std(silent) / 0.1) == pytest.approx(-20.0, abs=0.2)


def test_a_room_keeps_the_length_and_prolongs_the_sound() -> None:
    click = np.concatenate([sounds.tone(0.1), sounds.silence(0.5)])
    room = in_a_room(click, np.random.default_rng(1))
    assert len(room) == len(click)
    assert np.abs(room[3200:4000]).max() > 1e-3


def test_pauses_at_the_ends_are_cut_off() -> None:
    sound = np.concatenate([sounds.silence(1.0), sounds.tone(2.0), sounds.silence(1.0)])
    assert len(trimmed(sound)) == pytest.approx(2 * sounds.RATE, abs=640)
    assert len(trimmed(sounds.silence(1.0))) <= sounds.RATE
    assert len(piece(voice("ann"), np.random.default_rng(1), 3.0)) == 3 * sounds.RATE


def test_music_is_told_from_other_noise_by_its_name() -> None:
    noises = [
        Voice(Clip("a", "noise", system), np.zeros(1, np.int16))
        for system in ("urbansound8k-street_music", "music-sfx", "urbansound8k-siren")
    ]
    rest, music = split_noises(noises)
    assert [noise.clip.system for noise in rest] == ["urbansound8k-siren"]
    assert len(music) == 2
    assert not is_music(Clip("a", "human", "music"))


def test_as_many_examples_of_each_kind_are_made_as_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    counts = {"mixture": 3, "person": 2, "machine": 2, "noise": 1, "music": 2}
    monkeypatch.setattr(examples_module, "COUNTS", counts)
    noise = voice("", "siren", 1.0, "noise")
    pool = Pool([voice("ann"), voice("bob", "b")], [voice("x", "tts")], [noise], [noise])
    made = examples(pool, DeafEar(), 1)
    made.save(tmp_path / "examples.npz")
    stored = Examples.load(tmp_path / "examples.npz")
    assert stored.looks.shape == (10, COLUMNS, SPEC.n_bins)
    assert stored.truths.tolist() == [[1, 0]] * 3 + [[0, 0]] * 5 + [[-1, 1]] * 2
    assert np.array_equal(stored.looks, made.looks)


def test_the_ear_hears_what_the_detector_sees() -> None:
    from inference.detector import Detector
    from inference.registry import default_model

    samples = sounds.speech(3.0)
    ear = Ear(default_model(), FeatureSpec())
    assert np.abs(ear(samples) - Detector(default_model()).analyse(samples).spectrogram).max() < 1.0


@pytest.mark.slow  # 15 s: TensorFlow and its exporter
def test_what_is_fitted_is_served_and_its_limits_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fit, "EPOCHS", 20)
    random = np.random.default_rng(1)
    truths = np.array([[number % 2, 0] for number in range(128)], np.int8)
    shown = random.integers(0, 120, (128, COLUMNS, SPEC.n_bins)).astype(np.uint8)
    shown[1::2, :, 40:80] += 120  # what is to be found
    network = fit.fit(Examples(shown, truths), 1)
    file = tmp_path / "overlap.onnx"
    onnx.save(traced(network), file)
    fit.write_card(file)
    served = OverlapNetwork(file)
    logits = served._session.run(None, {served._input: shown[:4].astype(np.float32) / 255})[0]
    assert np.allclose(logits, network(shown[:4].astype(np.float32) / 255), atol=1e-3)
    assert logits[[1, 3], 0].min() > logits[[0, 2], 0].max()
    held = Pool([voice("ann"), voice("bob", "b")], [], [voice("n")], [voice("m")])
    card = choose(OverlapCard("…"), served, DeafEar(), held, 1)
    assert card.measured["held out: overlap in single voices"] == 0.0
    assert card.measured["held out: music in noises"] == 0.0
    assert looks(DeafEar()(sounds.tone(3.0))).shape[0] == 1
