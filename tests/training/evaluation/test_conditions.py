"""What conditions do to a sound: its band, its length, its noise; and which clips they meet."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE
from inference.speech import measure
from tests import sounds
from training.evaluation.conditions import LENGTHS, Noisy, Shortened, codecs, drawn, joined, noises

VOICE = sounds.speech(6.0)


def power_above(samples: sounds.Sound, frequency: float) -> float:
    """dB re all of it."""
    powers = np.abs(np.fft.rfft(samples)) ** 2
    high = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE) > frequency
    return float(10 * np.log10(powers[high].sum() / powers.sum()))


def test_a_telephone_keeps_nothing_above_four_kilohertz() -> None:
    phone = next(codec for codec in codecs() if "AMR-NB" in codec.name)
    opus = next(codec for codec in codecs() if codec.name == "Opus 64 kbit/s")
    assert power_above(phone(VOICE), 4_200.0) < power_above(VOICE, 4_200.0) - 15.0
    assert power_above(opus(VOICE), 4_200.0) == pytest.approx(power_above(VOICE, 4_200.0), abs=1.5)


def test_every_codec_keeps_the_length() -> None:
    for codec in codecs():
        assert len(codec(VOICE)) == pytest.approx(len(VOICE), abs=0.12 * SAMPLE_RATE), codec.name
    assert len({codec.name for codec in codecs()}) == len(codecs())


def test_two_seconds_of_speech_are_left_and_the_silence_before_is_gone() -> None:
    late = np.concatenate([sounds.noise(1.5, 0.0003), VOICE]).astype(np.float32)
    cut = Shortened(2.0)(late)
    assert measure(cut).speech_seconds == pytest.approx(2.0, abs=0.15)
    assert measure(cut).active[:5].any()
    assert len(cut) < len(VOICE)


def test_where_nobody_speaks_nothing_is_cut() -> None:
    empty = sounds.silence(1.0)
    assert Shortened(1.0)(empty) is empty


@pytest.mark.parametrize("snr", [20.0, 5.0])
def test_noise_lies_as_far_under_the_speech_as_asked(snr: float, tmp_path: Path) -> None:
    path = tmp_path / "hum.wav"
    soundfile.write(path, sounds.tone(0.7, 50.0), SAMPLE_RATE)
    for noise in (None, path):
        added = Noisy(snr, 3, noise)(VOICE) - VOICE
        level = 10 * np.log10(np.mean(added**2))
        assert measure(VOICE).level - level == pytest.approx(snr, abs=0.1)


def test_noise_that_is_louder_than_full_scale_makes_everything_quieter() -> None:
    mixed = Noisy(-30.0, 1)(VOICE)
    assert np.abs(mixed).max() <= 1.0


def test_a_clip_meets_the_same_noise_at_every_level() -> None:
    clip = Clip("a.ogg", "human")
    found = noises(clip, [Path("one.wav"), Path("two.wav")])
    assert len({noise.name for noise in found}) == len(found) == 8
    assert len({noise.noise for noise in found if noise.noise}) == 1
    assert noises(clip, []) == [noise for noise in found if not noise.noise]


def test_clips_are_drawn_evenly_from_sources_and_classes() -> None:
    clips = [Clip(f"{i}", "human", source="large" if i < 50 else "small") for i in range(54)]
    clips += [Clip(f"s{i}", "synthetic", source="large") for i in range(50)]
    some = drawn(clips, 16)
    assert [clip.label for clip in some].count("human") == 8
    people = [clip.source for clip in some if clip.label == "human"]
    assert people.count("small") == 4
    assert drawn(clips, 16) == some
    assert set(drawn(clips, 1000)) == set(clips)


def test_recordings_are_joined_of_one_voice_until_they_are_long() -> None:
    clips = [Clip(f"{i}", "human", speaker="abc"[i % 3]) for i in range(20)]
    speech = {clip.file: 8.0 for clip in clips}
    recordings = joined(clips, speech)
    assert [len(recording) for recording in recordings] == [4, 4, 4]
    for recording in recordings:
        assert len({clip.speaker for clip in recording}) == 1
        assert sum(speech[clip.file] for clip in recording) >= LENGTHS[-1]
