"""Two channels become one that keeps what is in them, or stay two where each has its own voice."""

import numpy as np
import pytest

from inference.decoding.audio import SAMPLE_RATE, decode, hear
from inference.decoding.channels import are_apart, mono
from tests import odd_files, sounds
from tests.inference.decoding.test_audio import likeness
from tests.sounds import Sound

VOICE = sounds.speech(6.0)
OTHER = sounds.speech(6.0, pitch=220.0, seed=7)
CODECS = {
    "wav": "-c:a pcm_s16le",
    "mp3": "-c:a libmp3lame -b:a 128k -joint_stereo 0",
    "ogg": "-c:a libopus -b:a 64k",
    "m4a": "-c:a aac -b:a 128k",
}


def stereo(left: Sound, right: Sound) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    return (np.stack([left, right], axis=1) * 32_767).round().astype(np.int16)


def rms(sound: Sound) -> float:
    return float(np.sqrt(np.mean(np.asarray(sound, np.float64) ** 2)))


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("strength", [1.0, 0.5])
def test_an_inverted_channel_does_not_cancel_the_other(codec: str, strength: float) -> None:
    data = odd_files.two_channels(
        VOICE, np.float32(-strength) * VOICE, f"-ar 48000 {CODECS[codec]}", codec
    )
    samples = decode(data, 300)
    assert likeness(samples, VOICE) > 0.95
    assert rms(samples) == pytest.approx(rms(VOICE) * (1 + strength) / 2, rel=0.1)


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("hiss", [0.0, 0.001])
def test_an_empty_channel_adds_nothing(side: int, hiss: float) -> None:
    empty = sounds.noise(6.0, hiss)
    pair = stereo(VOICE, empty) if side == 0 else stereo(empty, VOICE)
    assert np.array_equal(mono(pair), pair[:, side])


def test_ordinary_stereo_is_the_mean_of_both() -> None:
    pair = stereo(VOICE, np.float32(0.7) * VOICE + sounds.noise(6.0, 0.01))
    exact = pair.astype(float).mean(axis=1)
    assert np.abs(mono(pair) - exact).max() <= 0.5


def test_what_cheap_cards_add_is_no_likeness() -> None:
    """A constant in both channels would hide that their sounds are upside down."""
    pair = stereo(VOICE + np.float32(0.3), np.float32(0.3) - VOICE)
    assert likeness((mono(pair) / 32_768).astype(np.float32), VOICE) > 0.99


def test_the_loudest_samples_do_not_overflow() -> None:
    pair = np.full((SAMPLE_RATE, 2), -32_768, np.int16)
    pair[::2] = 32_767
    assert np.array_equal(mono(pair), pair[:, 0])


def test_nothing_is_no_channel() -> None:
    nothing = np.zeros((0, 2), np.int16)
    assert len(mono(nothing)) == 0
    assert not are_apart(nothing)


def in_turn(one: Sound, other: Sound) -> tuple[Sound, Sound]:
    """Two people who speak one after the other, a second and a half each."""
    turn = np.arange(len(one)) // (SAMPLE_RATE * 3 // 2) % 2
    return (one * (turn == 0)).astype(np.float32), (other * (turn == 1)).astype(np.float32)


@pytest.mark.parametrize("leak", [0.0, 0.1])
def test_a_call_with_a_person_in_each_channel_is_kept_apart(leak: float) -> None:
    one, other = in_turn(VOICE, OTHER)
    crossed = np.float32(leak)
    data = odd_files.two_channels(one + crossed * other, other + crossed * one, "", "wav")
    audio = hear(data, 300)
    assert audio.stereo is not None
    assert likeness(audio.stereo[:, 1].astype(np.float32), other) > 0.9
    mixed = audio.samples.astype(np.float32)
    assert likeness(mixed, one + other) > 0.99  # whoever takes no notice still hears both


@pytest.mark.parametrize(("share", "delay"), [(0.5, 0), (0.5, 20), (0.2, 8), (0.0, 0)], ids=str)
def test_one_voice_before_two_microphones_is_one_voice(share: float, delay: int) -> None:
    right = np.float32(share) * np.roll(VOICE, delay) + sounds.noise(6.0, 0.0005, seed=1)
    assert not are_apart(stereo(VOICE, right))


def test_a_cough_in_the_other_channel_is_no_second_person() -> None:
    other = OTHER.copy()
    other[SAMPLE_RATE // 2 :] = 0
    assert not are_apart(stereo(np.roll(VOICE, 100), other))


def test_channels_that_do_not_fit_in_a_minute_are_weighed_as_one_piece() -> None:
    long = np.tile(stereo(VOICE, -VOICE), (11, 1))
    assert np.array_equal(mono(long)[-len(VOICE) :], mono(long)[: len(VOICE)])
    assert likeness((mono(long)[: len(VOICE)] / 32_768).astype(np.float32), VOICE) > 0.99
