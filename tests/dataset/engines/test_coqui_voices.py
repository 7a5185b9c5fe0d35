"""Which recordings a voice is taken from."""

from pathlib import Path

import numpy as np
import pytest

from dataset.engines.coqui import voices
from dataset.engines.engine import Refused
from tests.sounds import RATE, tone

SECONDS = {"long.wav": 6.0, "second.wav": 5.0, "third.wav": 4.0, "short.wav": 1.5}


def _read(path: Path) -> voices.Sound:
    if path.name == "silent.wav":
        raise Refused("the recording is silent")
    return tone(SECONDS[path.name]), RATE


def _paths(*names: str) -> tuple[Path, ...]:
    return tuple(Path(name) for name in names)


def test_the_first_recordings_that_suffice_are_taken() -> None:
    all_of_them = _paths(*SECONDS)
    assert voices.choose(all_of_them, 10.0, _read) == _paths("long.wav", "second.wav")
    assert voices.choose(all_of_them, 6.0, _read) == _paths("long.wav")
    assert voices.choose(all_of_them, 99.0, _read) == all_of_them


def test_a_recording_that_cannot_be_used_is_passed_over() -> None:
    assert voices.choose(_paths("silent.wav", "third.wav"), 4.0, _read) == _paths("third.wav")


@pytest.mark.parametrize("names", [(), ("short.wav",), ("short.wav", "short.wav", "silent.wav")])
def test_three_seconds_or_less_are_too_little(names: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match=r"more than 3 s are needed"):
        voices.choose(_paths(*names), 10.0, _read)


def test_a_sound_keeps_its_pitch_at_another_rate() -> None:
    moved = voices.at(24_000, (tone(1.0, 440.0), RATE))
    assert len(moved) == 24_000
    assert np.abs(np.fft.rfft(moved)).argmax() == 440
    assert moved.dtype == np.float32


def test_a_sound_at_its_own_rate_is_left_alone() -> None:
    samples = tone(0.1)
    assert voices.at(RATE, (samples, RATE)) is samples
