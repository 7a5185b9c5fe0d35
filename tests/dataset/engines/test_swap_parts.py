"""The voice swap's steps one by one: spectrograms, warps, what is not covered, curves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dataset.engines.copy_synthesis import world
from dataset.engines.swap.augment import warped
from dataset.engines.swap.coverage import gaps, too_little
from dataset.engines.swap.history import Look, Plan, compared, read_history, stale, write_history
from dataset.engines.swap.preprocess import SEGMENT, SpeakerData
from dataset.engines.swap.spectra import BANDS, FRAMES_PER_SECOND, envelope, spectrogram
from dataset.engines.swap.voice import Voice, moved
from inference.decoding.audio import SAMPLE_RATE
from tests.sounds import speech


def test_an_envelope_comes_back_from_its_bands_within_a_decibel_on_average() -> None:
    parts = world.take_apart(speech(2.0), SAMPLE_RATE)
    image = spectrogram(parts)
    back = envelope(image, parts.envelope.shape[1])
    error = 10.0 * np.log10(back[image.spoken] / parts.envelope[image.spoken])
    assert image.bands.shape == (len(parts.pitch), BANDS)
    assert np.abs(error).mean() < 1.0


def test_a_louder_recording_has_the_same_spectrogram() -> None:
    quiet, loud = (spectrogram(world.take_apart(g * speech(1.0), SAMPLE_RATE)) for g in (0.1, 1.0))
    assert loud.level - quiet.level == pytest.approx(20.0, abs=0.5)
    assert np.abs(loud.bands - quiet.bands)[loud.spoken].mean() < 0.5


def test_a_warp_bends_a_segment_and_another_draw_bends_it_otherwise() -> None:
    segment = np.random.default_rng(0).normal(size=(1, SEGMENT, BANDS)).cumsum(2)
    ones = np.ones((3, SEGMENT, BANDS), np.float32)
    first, again, other = (
        warped(segment.astype(np.float32), np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert first.shape == segment.shape
    assert np.array_equal(first, again)
    assert np.abs(first - segment).mean() > 0.1
    assert np.abs(first - other).mean() > 0.1
    assert np.array_equal(warped(ones, np.random.default_rng(3)), ones)


def test_a_warp_moves_a_ridge_in_frequency_and_in_time_by_little() -> None:
    rows, columns = np.mgrid[:SEGMENT, :BANDS]
    ridge = np.exp(-((rows - 30) ** 2 + (columns - 40) ** 2) / 20.0).astype(np.float32)
    bent = warped(np.repeat(ridge[None], 200, axis=0), np.random.default_rng(0))
    at = np.array([np.unravel_index(image.argmax(), image.shape) for image in bent])
    assert (at.std(axis=0) > 1.0).all()
    assert (np.abs(at - [30, 40]).max(axis=0) < 15).all()


def test_the_pitch_is_moved_to_the_middle_of_the_other_voice_and_silence_stays() -> None:
    low, high = _voice(pitch=100.0), _voice(pitch=200.0)
    assert moved(np.array([0.0, 100.0, 150.0]), low, high) == pytest.approx(
        [0.0, 200.0, 300.0], 0.05
    )


def test_no_segment_crosses_clips_and_no_held_out_one_is_learnt_from() -> None:
    material = replace(_material(100.0), offsets=np.array([0, 100, 300, 6000]))
    material = replace(material, held=np.array([False, True, False]))
    assert set(material.starts(held=True)) == set(range(100, 300 - SEGMENT + 1))
    assert not set(material.starts(held=False)) & set(range(100 - SEGMENT + 1, 300))


def test_little_material_is_told_and_enough_is_not() -> None:
    long, short = _voice(100.0), replace(_voice(100.0), minutes=0.5)
    (warning,) = too_little({"Ana": replace(long, minutes=5.0), "Rui": short})
    assert warning.startswith("Rui has 0.5 minutes of speech to learn from")


def test_more_of_the_same_speech_is_covered() -> None:
    voices = {"Ana": _voice(200.0), "Rui": _voice(100.0)}
    more = _material(200.0, seed=5)
    assert gaps(more.bands, more.pitch, voices, "Ana", "Rui") == []


def test_a_pitch_that_the_other_voice_never_reached_is_told() -> None:
    voices = {"Ana": _voice(200.0), "Rui": _voice(100.0)}
    more = _material(200.0, seed=5)
    excited = np.where(np.arange(len(more.pitch)) < len(more.pitch) // 4, 400.0, more.pitch)
    (warning,) = gaps(more.bands, excited, voices, "Ana", "Rui")
    assert warning.startswith("25% of what Ana says would be as high as 2")
    assert "Rui's material holds 9" in warning


def test_a_sound_that_the_other_voice_never_made_is_told() -> None:
    voices = {"Ana": _voice(200.0), "Rui": _voice(100.0)}
    more = _material(200.0, seed=5)
    bands, pitch = more.bands.copy(), more.pitch.copy()
    hiss = slice(0, len(bands) // 4)
    bands[hiss, 60:64] += 60.0
    pitch[hiss] = 0.0
    (warning,) = gaps(bands, pitch, voices, "Ana", "Rui")
    assert warning == (
        "25% of what Ana says are unvoiced sounds about 2800 to 8000 Hz; "
        "of Rui's 0.5 minutes only 0.0% are."
    )


def test_training_stops_when_no_look_was_better_for_long(tmp_path: Path) -> None:
    plan = Plan(looks=9, patience=2)
    assert not stale(_looks(1.0, 0.8, 0.9), plan)
    assert stale(_looks(1.0, 0.8, 0.9, 0.81), plan)
    assert stale(_looks(*np.linspace(1.0, 0.5, 10)), plan)


def test_a_curve_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_history(_looks(1.0, 0.8), tmp_path)
    assert read_history(tmp_path) == _looks(1.0, 0.8)


def test_runs_are_compared_by_what_they_needed_to_come_equally_far() -> None:
    table = compared(_looks(1.0, 0.9, 0.7, 0.55, 0.5), _looks(0.8, 0.52, 0.51)).splitlines()
    assert table[-1] == "|0.500|100%|200 steps, 8 CPU s|not reached|–|"
    assert table[-3] == "|0.525|105%|200 steps, 8 CPU s|50 steps, 2 CPU s|25%|"


def _looks(*losses: float) -> list[Look]:
    return [Look(50 * i, 2.0 * i, 0.5, loss) for i, loss in enumerate(losses)]


def _voice(pitch: float) -> Voice:
    return Voice.of(_material(pitch))


def _material(pitch: float, seed: int = 0) -> SpeakerData:
    """30 s of smooth random spectra about a mean, half voiced; the last tenth is held out."""
    rng = np.random.default_rng(seed)
    count = int(30 * FRAMES_PER_SECOND)
    shapes = np.cos(np.outer(np.arange(4), np.linspace(0.0, np.pi, BANDS)))
    bands = -20.0 + 6.0 * rng.normal(size=(count, 4)) @ shapes
    heights = pitch * 2.0 ** rng.normal(0.0, 0.05, count)
    return SpeakerData(
        "somebody",
        bands.astype(np.float32),
        heights.astype(np.float32),
        np.ones(count, bool),
        np.array([0, count * 9 // 10, count]),
        np.array([False, True]),
    )
