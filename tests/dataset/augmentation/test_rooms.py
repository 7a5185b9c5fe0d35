"""Rooms ring after the voice has ended, and loudspeakers lose the lowest notes."""

import numpy as np
import pytest

from dataset.augmentation.rooms import DECAYS, ROOMS, impulse_response, replay, reverberate
from tests import sounds


def decay(number: int) -> float:
    """Seconds for 60 dB, after Schroeder, from 5 to 25 dB below the start."""
    energy = np.cumsum(impulse_response(number)[::-1].astype(np.float64) ** 2)[::-1]
    level = 10 * np.log10(energy / energy[0])
    start, end = (int(np.argmax(level < edge)) for edge in (-5.0, -25.0))
    return 3 * (end - start) / sounds.RATE


def test_rooms_ring_as_long_as_rooms_do_and_differ() -> None:
    decays = [decay(number) for number in range(12)]
    assert 0.3 * DECAYS[0] < min(decays) < 0.25
    assert 0.3 < max(decays) < 2 * DECAYS[1]


def test_a_room_is_heard_after_the_voice_has_ended() -> None:
    ringing = max(range(12), key=decay)
    clap = np.concatenate([sounds.noise(0.1), sounds.silence(0.9)])
    after = reverberate(clap, ringing)[round(0.15 * sounds.RATE) : round(0.25 * sounds.RATE)]
    assert 20 * np.log10(np.std(after) / 0.1) > -30.0


def test_the_voice_is_not_moved() -> None:
    click = sounds.silence(0.5)
    click[4_000] = 1.0
    assert int(np.argmax(np.abs(reverberate(click, 3)))) == 4_000


def test_a_room_is_the_same_every_time() -> None:
    first = impulse_response(5).copy()
    impulse_response.cache_clear()
    np.testing.assert_array_equal(impulse_response(5), first)
    with pytest.raises(AssertionError):
        np.testing.assert_array_equal(impulse_response(ROOMS - 1), first)


def test_a_small_loudspeaker_has_no_bass_and_distorts() -> None:
    def power(samples: np.ndarray, frequency: float) -> float:
        turning = np.exp(-2j * np.pi * frequency * np.arange(len(samples)) / sounds.RATE)
        return float(20 * np.log10(np.abs(np.mean(samples * turning)) + 1e-9))

    chord = sounds.tone(1.0, 80.0) + sounds.tone(1.0, 1_000.0)
    heard = replay(chord, 2, np.random.default_rng(1))
    assert len(heard) == len(chord)
    assert power(chord, 80.0) - power(chord, 1_000.0) == pytest.approx(0.0, abs=0.1)
    assert power(heard, 80.0) - power(heard, 1_000.0) < -12.0
    assert power(heard, 3_000.0) > power(chord, 3_000.0) + 20.0  # the third harmonic
