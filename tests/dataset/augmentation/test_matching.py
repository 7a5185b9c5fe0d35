"""A clean synthetic voice sounds as if it had been recorded where a noisy note was."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from dataset.augmentation.matching import match, profile
from tests import sounds

Samples = NDArray[np.float32]


def voice(seed: int, pitch: float = 120.0) -> Samples:
    """With pauses, in which the room can be heard."""
    parts = [sounds.speech(1.0, pitch, seed + i) for i in range(3)]
    pauses = [sounds.silence(0.4)] * 3
    return np.concatenate([part for both in zip(parts, pauses, strict=True) for part in both])


def note(seed: int) -> Samples:
    """Through a telephone's microphone, with a low rumble, some 25 dB below the voice."""
    colour = signal.butter(2, (500, 2_500), "bandpass", fs=sounds.RATE, output="sos")
    rumble = signal.butter(2, 1_000, fs=sounds.RATE, output="sos")
    room = signal.sosfilt(rumble, sounds.noise(4.2, 0.01, seed + 9))
    return np.asarray(signal.sosfilt(colour, voice(seed)) + room, np.float32)


def octaves(spectrum: Samples) -> Samples:
    """dB in octaves of 250 Hz to 8 kHz."""
    edges = [8, 16, 32, 64, 128, 256]
    bands = [spectrum[low:high].mean() for low, high in pairwise(edges)]
    return np.asarray(10 * np.log10(np.maximum(bands, 1e-9)), np.float32)


def matched(own: Samples, other: Samples) -> Samples:
    profiles = [profile(own)]
    homes = [profile(other)]
    (sound,) = match([own], profiles, homes, None, np.random.default_rng(1))
    return sound


def test_the_long_term_spectrum_is_the_notes() -> None:
    own, other = voice(1, 180.0), note(2)
    wanted = octaves(profile(other).speech)
    before = np.abs(octaves(profile(own).speech) - wanted)
    after = np.abs(octaves(profile(matched(own, other)).speech) - wanted)
    assert before.max() > 8.0
    assert after.max() < 4.0


def test_the_noise_in_the_pauses_is_the_notes() -> None:
    own, other = voice(1, 180.0), note(2)
    wanted = octaves(profile(other).floor)
    before = wanted - octaves(profile(own).floor)
    after = octaves(profile(matched(own, other)).floor) - wanted
    assert before.max() > 15.0
    # 3 dB lie over every floor of a pair, so that nobody's own noise is left alone.
    assert np.all(np.abs(after[:3] - 3.0) < 3.0)


def test_speech_comes_out_at_a_level_of_one() -> None:
    scale = profile(matched(0.01 * voice(1), note(2))).scale
    assert 20 * np.log10(scale) == pytest.approx(0.0, abs=3.0)


def test_all_of_a_pair_get_the_noise_of_the_noisiest() -> None:
    clean, noisy = voice(1), voice(1) + sounds.noise(4.2, 0.003)
    profiles = [profile(clean), profile(noisy)]
    pair = match([clean, noisy], profiles, [profiles[1]] * 2, None, np.random.default_rng(1))
    floors = [octaves(profile(samples).floor) for samples in pair]
    assert np.abs(octaves(profiles[0].floor) - octaves(profiles[1].floor)).max() > 10.0
    assert np.abs(floors[0] - floors[1]).max() < 3.0


def test_a_note_moves_all_of_a_pair_by_the_same_filter() -> None:
    pair, other = [voice(1), voice(2, 200.0)], profile(note(3))
    profiles = [profile(samples) for samples in pair]
    near = match(pair, profiles, profiles, None, np.random.default_rng(1))
    far = match(pair, profiles, [profiles[0]] * 2, other, np.random.default_rng(1))
    wanted = octaves(other.speech)
    for before, after in zip(near, far, strict=True):
        assert np.abs(octaves(profile(before).speech) - wanted).max() > 6.0
        assert np.abs(octaves(profile(after).speech) - wanted).max() < 4.0
