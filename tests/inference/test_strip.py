"""Windows become the spectrogram and the heat of a recording, whole or pooled."""

import numpy as np
import pytest
from numpy.typing import NDArray

from inference.features import FeatureSpec
from inference.strip import MINUTE, POOLED, WHOLE, Strip

SPEC = FeatureSpec(n_bins=3)
COLUMNS = 256

Floats = NDArray[np.float32]


def filled(n_columns: int) -> tuple[Strip, list[Floats], Floats, Floats]:
    """A strip, what it handed on, and what the whole recording would be without any pooling."""
    random = np.random.default_rng(0)
    stretches: list[Floats] = []
    strip = Strip(n_columns, COLUMNS, SPEC, lambda seen: stretches.append(seen.copy()))
    whole = np.full((n_columns, 3), SPEC.floor, np.float32)
    heat = np.zeros((n_columns, 3), np.float32)
    last = n_columns - COLUMNS
    for start in [*range(0, last, COLUMNS // 2), last]:
        shape = (COLUMNS, 3)
        decibels, hot = random.normal(-50, 9, shape), random.random(shape)
        here = slice(start, start + COLUMNS)
        whole[here] = decibels
        heat[here] = np.maximum(heat[here], hot.astype(np.float32))
        strip.add(start, decibels.astype(np.float32), hot.astype(np.float32))
    return strip, stretches, whole.T, heat.T


def test_five_minutes_stay_as_they_are() -> None:
    strip, stretches, whole, heat = filled(WHOLE)
    decibels, hot = strip.finish()
    assert strip.pool == 1
    assert np.array_equal(decibels, whole)
    assert np.array_equal(hot, heat)
    assert len(stretches) == 1


@pytest.mark.parametrize("n_columns", [WHOLE + 1, 3 * WHOLE + 77, 120 * MINUTE])
def test_a_longer_recording_is_handed_on_as_it_is_and_kept_pooled(n_columns: int) -> None:
    strip, stretches, whole, heat = filled(n_columns)
    decibels, hot = strip.finish()
    assert np.array_equal(np.concatenate(stretches, axis=1), whole)  # everything, once
    assert max(stretch.shape[1] for stretch in stretches) <= MINUTE + COLUMNS
    assert POOLED / 2 < decibels.shape[1] <= POOLED + len(stretches)
    places = n_columns // strip.pool * strip.pool
    pooled = whole[:, :places].reshape(3, -1, strip.pool)
    full = places // strip.pool
    assert np.allclose(decibels[:, :full], pooled.mean(axis=2), atol=1e-3)
    assert np.array_equal(hot[:, :full], heat[:, :places].reshape(3, -1, strip.pool).max(axis=2))
