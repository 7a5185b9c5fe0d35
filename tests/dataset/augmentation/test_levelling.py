"""The recordings of a pair have the same length, level and band."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dataset.augmentation.levelling import (
    cut_alike,
    level_alike,
    limit_band_alike,
)
from inference.speech import measure
from tests import sounds


def above(samples: NDArray[np.float32], edge: float) -> float:
    """dB of the power above `edge` Hz re all of it."""
    powers = np.abs(np.fft.rfft(samples)) ** 2
    high = np.fft.rfftfreq(len(samples), 1 / sounds.RATE) > edge
    return float(10 * np.log10(powers[high].sum() / powers.sum()))


def test_a_pair_is_as_long_as_its_shortest() -> None:
    long, short = sounds.speech(3.0), sounds.speech(2.0, seed=1)
    cut, kept = cut_alike([long, short], place=0.5)
    np.testing.assert_array_equal(kept, short)
    np.testing.assert_array_equal(cut, long[sounds.RATE // 2 : sounds.RATE // 2 + len(short)])


def test_a_pair_is_equally_loud_and_not_clipped() -> None:
    pair = [sounds.speech(2.0), 0.01 * sounds.speech(2.0, 200.0, seed=1)]
    quiet = level_alike(pair, -30.0)
    assert [measure(samples).level for samples in quiet] == pytest.approx([-30.0] * 2, abs=0.1)
    loud = level_alike(pair, 0.0)
    levels = [measure(samples).level for samples in loud]
    assert levels[0] == pytest.approx(levels[1], abs=0.1)
    assert max(np.abs(samples).max() for samples in loud) == pytest.approx(0.98, abs=1e-3)


def test_a_pair_has_the_band_of_its_narrowest() -> None:
    wide = sounds.speech(2.0) + sounds.noise(2.0, 0.01)
    (narrow,) = limit_band_alike([sounds.speech(2.0) + sounds.noise(2.0, 0.01)], widest=4_000.0)
    alike = limit_band_alike([wide, narrow])
    edge = measure(narrow).bandwidth
    assert 3_500.0 < edge < 4_500.0
    assert above(wide, edge + 400.0) > -30.0
    assert [above(samples, edge + 400.0) < -55.0 for samples in alike] == [True, True]
