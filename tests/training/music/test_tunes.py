"""Tunes made by formula are as long and as loud as said, and never the same twice."""

import numpy as np
import pytest

from inference.decoding.audio import SAMPLE_RATE
from training.music.tunes import tune


@pytest.mark.parametrize("seconds", [0.3, 4.0, 7.7])
def test_a_tune_is_as_long_and_as_loud_as_said(seconds: float) -> None:
    for seed in range(5):
        sound = tune(seconds, np.random.default_rng(seed))
        assert len(sound) == round(seconds * SAMPLE_RATE)
        assert sound.std() == pytest.approx(0.1, rel=1e-3)


def test_tunes_differ_and_can_be_had_again() -> None:
    one, other, again = (tune(2.0, np.random.default_rng(seed)) for seed in (1, 2, 1))
    assert np.array_equal(one, again)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.5


def test_a_tune_consists_of_tones() -> None:
    power = np.abs(np.fft.rfft(tune(4.0, np.random.default_rng(3)))) ** 2
    loudest = np.sort(power)[::-1][: len(power) // 50]
    assert loudest.sum() > 0.5 * power.sum()
