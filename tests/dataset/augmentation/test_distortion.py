"""The three distortions of RawBoost."""

import numpy as np
import pytest

from dataset.augmentation.distortion import convolutive, impulsive, stationary
from tests import sounds


def test_powers_of_the_signal_make_harmonics_that_were_not_there() -> None:
    tone = sounds.tone(1.0, 500.0)
    spectrum = np.abs(np.fft.rfft(convolutive(tone, np.random.default_rng(1))))
    assert spectrum[1_500] > 0.003 * spectrum[500]
    assert np.abs(np.fft.rfft(tone))[1_500] < 1e-4 * np.abs(np.fft.rfft(tone))[500]


def test_notches_take_something_from_every_spectrum() -> None:
    hiss = sounds.noise(2.0)
    heard = convolutive(hiss, np.random.default_rng(1))
    before, after = (np.abs(np.fft.rfft(x)).reshape(-1)[:16_000] for x in (hiss, heard))
    bands = 20 * np.log10(after.reshape(80, -1).mean(axis=1) / before.reshape(80, -1).mean(axis=1))
    assert bands.min() < bands.max() - 10.0
    assert np.abs(heard).max() == pytest.approx(np.abs(hiss).max(), rel=1e-4)


def test_impulses_hit_few_samples_and_follow_the_signal() -> None:
    voice = sounds.speech(1.0)
    for seed in range(5):
        change = np.abs(impulsive(voice, np.random.default_rng(seed)) - voice)
        assert 0.0 < np.mean(change > 0.0) <= 0.1
        assert np.all(change <= 2.0 * np.abs(voice) + 1e-7)


def test_stationary_noise_is_10_to_40_db_below_the_signal() -> None:
    voice = sounds.speech(1.0)
    for seed in range(5):
        hiss = stationary(voice, np.random.default_rng(seed)) - voice
        assert 9.9 < 20 * np.log10(np.linalg.norm(voice) / np.linalg.norm(hiss)) < 40.1
