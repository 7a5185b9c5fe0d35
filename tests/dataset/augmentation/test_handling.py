"""Handled copies: sound stays sound, chance comes from the seed alone, nothing moves in time."""

import numpy as np
import pytest

from dataset.augmentation import dynamics, handling, suppression, transcoding
from dataset.augmentation.handling import Step, handle
from tests import sounds

SOUND = sounds.speech(2.0, seed=1)
STEPS = (
    handling._change_speed,
    handling._change_tempo,
    handling._place,
    handling.colour,
    handling._high_pass,
    handling._suppress_noise,
    handling._control_level,
    handling._narrow,
    handling._overdrive,
    handling._set_level,
    handling._music_encoder,
    handling._messenger,
)


def random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_the_same_seed_makes_the_same_copy_and_another_one_another() -> None:
    one, same, other = (handle(SOUND, random(seed), [sounds.noise(1.0)]) for seed in (5, 5, 6))
    assert np.array_equal(one, same)
    assert len(one) != len(other) or not np.array_equal(one, other)


@pytest.mark.parametrize("seed", range(12))
def test_a_copy_is_sound_of_about_the_same_length(seed: int) -> None:
    copy = handle(SOUND, random(seed), [sounds.noise(1.0)])
    assert copy.dtype == np.float32
    assert np.isfinite(copy).all()
    assert 0.0 < np.abs(copy).max() <= 1.0
    assert 0.6 < len(copy) / len(SOUND) < 1.6


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_every_step_does_something_and_leaves_sound(step: Step) -> None:
    made = [step(SOUND.copy(), random(seed)) for seed in (1, 2, 3, 4)]
    assert all(np.isfinite(after).all() and np.abs(after).max() > 1e-4 for after in made)
    # a limiter may find nothing to limit
    assert sum(not np.array_equal(after, SOUND) for after in made) >= 2


@pytest.mark.parametrize("nothing", [np.zeros(0, np.float32), np.zeros(9_000, np.float32)])
def test_what_holds_nothing_comes_back(nothing: sounds.Sound) -> None:
    assert np.array_equal(handle(nothing, random(1)), nothing)


@pytest.mark.parametrize("tempo", [0.8, 1.0, 1.25])
def test_a_stretch_changes_the_pace_and_not_the_pitch(tempo: float) -> None:
    slow = dynamics.stretch(sounds.tone(2.0, 220.0), tempo)
    assert len(slow) / 16_000 == pytest.approx(2.0 / tempo, abs=0.05)
    spectrum = np.abs(np.fft.rfft(slow * np.hanning(len(slow))))
    assert np.argmax(spectrum) * 16_000 / len(slow) == pytest.approx(220.0, abs=2.0)


def test_speed_moves_the_pitch_along() -> None:
    fast = dynamics.play_at(sounds.tone(2.0, 200.0), 1.25)
    assert len(fast) == pytest.approx(25_600, abs=2)
    spectrum = np.abs(np.fft.rfft(fast))
    assert np.argmax(spectrum) * 16_000 / len(fast) == pytest.approx(250.0, abs=2.0)


def test_a_compressor_narrows_the_range_and_keeps_the_peak() -> None:
    loud, soft = sounds.tone(1.0), 0.05 * sounds.tone(1.0)
    both = np.concatenate([loud, soft])
    after = dynamics.compress(both, 25.0, 4.0)
    ratio = np.abs(after[17_000:]).max() / np.abs(after[4_000:15_000]).max()
    assert ratio > 2.5 * 0.05
    assert np.abs(after).max() == pytest.approx(np.abs(both).max(), rel=1e-3)


def test_suppressors_take_hiss_and_leave_the_voice_where_it_was() -> None:
    noisy = SOUND + sounds.noise(2.0, 0.01, seed=9)
    quiet = np.zeros(8_000, np.float32) + sounds.noise(0.5, 0.01, seed=8)
    for suppress in (
        lambda s: suppression.spectral_gate(s, 25.0),
        suppression.rnnoise,
        lambda s: suppression.webrtc(s, 3),
    ):
        after = suppress(np.concatenate([noisy, quiet]))
        assert len(after) == len(noisy) + len(quiet)
        assert np.std(after[-4_000:]) < 0.6 * np.std(quiet)
        if suppress is suppression.rnnoise:  # takes the formula's voice for noise as well
            continue
        loud, before = (_loudness(sound[:32_000]) for sound in (after, SOUND))
        fits = [
            np.corrcoef(loud[10:90], before[10 - lag : 90 - lag])[0, 1] for lag in range(-9, 10)
        ]
        assert abs(int(np.argmax(fits)) - 9) <= 1  # of 20 ms; WebRTC lags by 6 ms


@pytest.mark.parametrize(
    "encoder",
    [
        transcoding.opus(16.0),
        transcoding.opus(24.0, 0, voice=True),
        transcoding.mp3(48),
        transcoding.aac(32),
        transcoding.AMR_NARROW,
    ],
    ids=lambda encoder: encoder.container,
)
def test_an_encoder_gives_as_many_samples_back(encoder: transcoding.Encoder) -> None:
    after = transcoding.through(SOUND, encoder)
    assert len(after) == len(SOUND)
    assert 0.3 < np.std(after) / np.std(SOUND) < 1.5


def test_g711_is_eight_bits_of_a_logarithm() -> None:
    after = transcoding.g711(SOUND)
    assert len(np.unique(after)) <= 256
    loud = np.abs(SOUND) > 0.05
    assert np.max(np.abs(after - SOUND)[loud] / np.abs(SOUND)[loud]) < 0.05


def _loudness(sound: sounds.Sound) -> sounds.Sound:
    """Of each 20 ms."""
    return np.asarray(np.sqrt(np.mean(sound.reshape(-1, 320) ** 2, axis=1)), np.float32)
