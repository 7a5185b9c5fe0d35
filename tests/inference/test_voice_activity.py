"""A voice is heard where it is and however quiet it is; nothing else is taken for one."""

import numpy as np
import pytest

from inference.decoding.audio import SAMPLE_RATE, decode
from inference.speech import FRAME
from inference.voice_activity import voice_activity
from tests import sounds
from tests.sounds import Sound

VOICE = sounds.speech(6.0)
PER_SECOND = SAMPLE_RATE // FRAME


def test_a_voice_is_heard_where_it_is() -> None:
    active = voice_activity(np.concatenate([sounds.silence(3), VOICE, sounds.silence(3)]))
    assert len(active) == 12 * PER_SECOND
    assert active[3 * PER_SECOND : 9 * PER_SECOND].mean() > 0.3
    assert not active[: 3 * PER_SECOND - 2].any()
    assert not active[10 * PER_SECOND :].any()


@pytest.mark.parametrize("gain", [-20, -40, -60])
def test_the_level_does_not_matter(gain: int) -> None:
    quiet = VOICE * np.float32(10 ** (gain / 20))
    alike = voice_activity(quiet) == voice_activity(VOICE)
    assert alike.mean() > 0.98


def test_a_voice_at_sixty_decibels_below_full_scale_is_heard_through_opus() -> None:
    quiet = VOICE * np.float32(1e-3 / np.abs(VOICE).max())
    heard = voice_activity(decode(sounds.encode(quiet, "ogg"), 300.0))
    assert heard.sum() > 0.5 * voice_activity(VOICE).sum()


@pytest.mark.parametrize(
    "sound",
    [
        sounds.silence(3),
        sounds.noise(5, level=1e-4),
        sounds.noise(5, level=0.5),
        sounds.tone(5, 50),
        sounds.tone(5, 440),
        np.full(3 * SAMPLE_RATE, 0.1, np.float32),
    ],
    ids=["silence", "hiss", "loud hiss", "hum", "tone", "direct current"],
)
def test_where_nobody_speaks_nobody_is_heard(sound: Sound) -> None:
    assert voice_activity(sound).mean() < 0.05


@pytest.mark.parametrize("n_samples", [0, 1, FRAME - 1, FRAME, 511, 513, 12_345])
def test_there_is_an_answer_a_frame(n_samples: int) -> None:
    assert voice_activity(VOICE[:n_samples]).shape == (n_samples // FRAME,)


def test_a_recording_does_not_depend_on_the_one_before() -> None:
    before = voice_activity(VOICE)
    voice_activity(sounds.noise(2.0))
    assert np.array_equal(voice_activity(VOICE), before)
