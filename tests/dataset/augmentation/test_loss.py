"""Lost packets are really lost, and libopus hides them."""

import numpy as np
import pytest

from dataset.augmentation.codecs import encode
from dataset.augmentation.loss import CALL, drop, hear, lose_packets
from tests import sounds

VOICE = sounds.tone(4.0, 300.0) + 0.5 * sounds.tone(4.0, 700.0)


def test_without_loss_the_file_stays_as_it_was() -> None:
    ogg = encode(VOICE, CALL)
    assert drop(ogg, 1e-12, 1.0, np.random.default_rng(1)) == ogg


@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_as_many_packets_are_lost_as_was_asked_for(rate: float) -> None:
    long = sounds.noise(60.0)
    ogg = encode(long, CALL)
    left = drop(ogg, rate, 3.0, np.random.default_rng(1))
    assert 1 - len(left) / len(ogg) == pytest.approx(rate, abs=0.4 * rate)


def test_gaps_are_concealed_not_silent() -> None:
    ogg = encode(VOICE, CALL)
    whole = hear(ogg, len(VOICE))
    heard = hear(drop(ogg, 0.2, 1.0, np.random.default_rng(1)), len(VOICE))
    frames = heard[8_000:-8_000].reshape(-1, 320)
    levels = 20 * np.log10(frames.std(axis=1) / whole[8_000:-8_000].std())
    changed = np.abs(frames - whole[8_000:-8_000].reshape(-1, 320)).max(axis=1) > 0.01
    assert changed.mean() > 0.1  # with 40 of 200 lost, and their neighbours
    assert levels.min() > -20.0  # a steady sound goes on through a gap of 20 ms


def test_long_gaps_fade() -> None:
    ogg = encode(VOICE, CALL)
    heard = hear(drop(ogg, 0.5, 30.0, np.random.default_rng(3)), len(VOICE))
    levels = 20 * np.log10(heard.reshape(-1, 320).std(axis=1) / VOICE.std() + 1e-9)
    assert levels.min() < -30.0


def test_the_length_stays() -> None:
    heard = lose_packets(VOICE[:50_123], 0.1, 2.0, np.random.default_rng(1))
    assert len(heard) == 50_123
