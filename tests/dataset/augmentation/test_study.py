"""The study's recipe: its proportions exactly, and noise where the study had it."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from dataset.augmentation.study import BOTH, SIGMA, noisy, overlaid, recipe
from dataset.manifest import Clip
from tests import sounds

CLIPS = [
    Clip(f"{label}/{number}.wav", label, pair=str(number))
    for number in range(60)
    for label in ("human", "synthetic")
]


def test_all_plain_and_a_sixth_of_each_kind_of_both_classes() -> None:
    counts = Counter(
        (pair.folder, clip.label) for pair in recipe(CLIPS, seed=1) for clip in pair.clips
    )
    kinds = {"plain": 60, "ambience": 10, "gaussian": 10, BOTH: 10}
    assert counts == {
        (kind, label): count for kind, count in kinds.items() for label in ("human", "synthetic")
    }


def test_no_pair_is_drawn_for_two_kinds_and_another_seed_draws_others() -> None:
    drawn = [[p.clips[0].pair for p in recipe(CLIPS, seed)[60:]] for seed in (1, 2)]
    assert len(set(drawn[0])) == 30
    assert drawn[0] != drawn[1]


def test_noise_on_the_spectrogram_has_a_deviation_of_half_and_a_mean_of_none() -> None:
    quiet = np.full((400, 100), -60.0, np.float32)
    clip = replace(CLIPS[0], channel=BOTH)
    noise = noisy(quiet, clip) - quiet
    assert noise.std() == pytest.approx(SIGMA, rel=0.02)
    assert noise.mean() == pytest.approx(0.0, abs=0.01)
    np.testing.assert_array_equal(noisy(quiet, clip), noisy(quiet, clip))
    assert not np.array_equal(noisy(quiet, replace(clip, file="another")), noisy(quiet, clip))


def test_clips_of_other_channels_get_no_noise() -> None:
    quiet = np.full((40, 10), -60.0, np.float32)
    for channel in ("", "ambience", "telegram-old"):
        np.testing.assert_array_equal(noisy(quiet, replace(CLIPS[0], channel=channel)), quiet)


def test_short_ambience_lies_over_all_of_a_clip_as_loud_as_it_is() -> None:
    voice, ambience = sounds.speech(3.0), sounds.noise(1.0, 0.02)
    mixed = overlaid(voice, ambience)
    assert len(mixed) == len(voice)
    added = (mixed - voice).reshape(3, -1)
    np.testing.assert_allclose(added, np.tile(ambience, (3, 1)), atol=1e-4)
