"""Good clips pass; clips that are wrong in a known way are told so."""

import numpy as np
import pytest

from dataset.quality.acceptance import faults
from tests import sounds
from tests.sounds import RATE, Sound

TEXT = "Uma frase de trinta e tantas letras."


@pytest.mark.parametrize("seed", range(6))
def test_a_voice_has_no_faults(seed: int) -> None:
    assert faults(_voice(seed), RATE, TEXT, seconds=3.0) == []


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        (np.zeros(0, np.float32), "no sound"),
        (np.full(RATE, np.nan, np.float32), "no sound"),
        (sounds.silence(2.0), "silent"),
        (sounds.noise(2.0, level=1e-4), "silent"),
    ],
)
def test_a_clip_without_sound_is_told(samples: Sound, fault: str) -> None:
    assert [fault in told for told in faults(samples, RATE, TEXT)] == [True]


def test_a_clipped_voice_is_told() -> None:
    assert "clipped" in _only(np.clip(20.0 * _voice(), -1.0, 1.0))


def test_too_many_or_too_few_letters_for_the_sound_are_told() -> None:
    assert "no one speaks like that" in _only(_voice(), text=10 * TEXT)
    assert "no one speaks like that" in _only(_voice(), text="Oi.")


def test_a_copy_of_another_length_is_told() -> None:
    assert "copies 6.0 s" in _only(_voice(), seconds=6.0)


def test_a_word_that_stops_at_its_loudest_is_told() -> None:
    voice = _voice()
    loudest = int(np.abs(voice[RATE : 2 * RATE]).argmax()) + RATE
    assert "cut off" in _only(voice[: loudest + 30])


def test_a_word_said_again_and_again_is_told() -> None:
    voice = _voice()
    word = voice[RATE // 2 : RATE // 2 + round(0.8 * RATE)]
    assert "the same again" in _only(
        np.concatenate([voice[: RATE // 2], *[word] * 3, voice[-RATE:]])
    )


def test_a_held_sound_is_told() -> None:
    times = np.arange(2 * RATE) / RATE
    hum = np.zeros(len(times), np.float32)
    for partial in range(1, 20):
        hum += 0.2 * np.sin(2 * np.pi * 120 * partial * times) / partial
    voice = _voice()
    assert "holds one sound" in _only(np.concatenate([voice, hum, voice[:RATE]]))


def _voice(seed: int = 0) -> Sound:
    return np.concatenate([sounds.speech(2.8, seed=seed), sounds.noise(0.2, 0.0005)])


def _only(samples: Sound, text: str = "", seconds: float = 0.0) -> str:
    found = faults(samples.astype(np.float32), RATE, text, seconds)
    assert len(found) == 1, found
    return found[0]
