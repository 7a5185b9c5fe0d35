"""What handling does to a sound: to its level, its band, its length; and that it is repeatable."""

import pickle

import numpy as np
import pytest

from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE
from tests import sounds
from training.evaluation.handled import HANDLINGS, LEVELS, Handled, handlings

VOICE = sounds.speech(2.0)
CLIP = Clip("a.ogg", "human")


def handled(name: str, seed: int = 3) -> sounds.Sound:
    return Handled(name, seed)(VOICE)


def power_above(samples: sounds.Sound, frequency: float) -> float:
    """dB re all of it."""
    powers = np.abs(np.fft.rfft(samples)) ** 2
    high = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE) > frequency
    return float(10 * np.log10(powers[high].sum() / powers.sum()))


@pytest.mark.parametrize("name", HANDLINGS)
def test_every_handling_changes_the_sound_and_hardly_anything_else(name: str) -> None:
    heard = handled(name)
    assert heard.dtype == np.float32
    assert np.abs(heard).max() <= 1.0
    assert np.std(heard) > 1e-3
    pace = float(name.split()[-1]) if name.split()[0] in ("tempo", "speed") else 1.0
    assert len(heard) == pytest.approx(len(VOICE) / pace, rel=0.03)
    assert len(heard) != len(VOICE) or not np.allclose(heard, VOICE, atol=1e-4)


@pytest.mark.parametrize("level", LEVELS)
def test_a_recording_is_as_faint_as_its_name_says(level: int) -> None:
    peak = 20.0 * np.log10(np.abs(handled(f"peak at {level} dB")).max())
    assert peak == pytest.approx(level, abs=2.0)  # the encoder moves it a little


@pytest.mark.parametrize("name", ["telephone, AMR-NB", "telephone, G.711", "low-pass 4 kHz"])
def test_a_telephone_keeps_nothing_above_four_kilohertz(name: str) -> None:
    assert power_above(handled(name), 4_300.0) < power_above(VOICE, 4_300.0) - 12.0


def test_a_clip_always_meets_the_same_draw_and_another_clip_another() -> None:
    np.testing.assert_array_equal(handled("equaliser"), handled("equaliser"))
    assert not np.allclose(handled("equaliser"), handled("equaliser", seed=4), atol=1e-3)
    assert handlings(CLIP) == handlings(CLIP)
    assert handlings(CLIP)[0].seed != handlings(Clip("b.ogg", "human"))[0].seed
    assert [one.name for one in handlings(CLIP)] == list(HANDLINGS)


def test_it_travels_to_another_process_and_says_what_it_is() -> None:
    one = handlings(CLIP)[1]
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 our own bytes
    assert one.name in repr(one)
    assert str(one.seed) in repr(one)


@pytest.mark.parametrize("sound", [sounds.silence(1.0), VOICE[:100]], ids=["silence", "a click"])
def test_what_holds_nothing_is_left_alone(sound: sounds.Sound) -> None:
    assert Handled("room", 1)(sound) is sound
