"""Batches are balanced, the same for the same seed, and disturbed alike for both classes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dataset import manifest, spectrograms
from dataset.manifest import Clip
from inference.features import FeatureSpec
from training.data.arrays import Arrays, balance
from training.data.augmentation import (
    Disturbance,
    add_noise,
    add_powers,
    disturb,
    limit_band,
    mask,
    shift_pitch,
    take_channel,
)
from training.data.batches import Batches, Recipe, blend, mix, originals


@pytest.fixture(scope="module")
def arrays(tmp_path_factory: pytest.TempPathFactory) -> Arrays:
    """Twenty clips of each kind; a clip's level tells which it is."""
    folder, spec = tmp_path_factory.mktemp("arrays"), FeatureSpec()
    rng = np.random.default_rng(1)
    clips, rows, offsets = [], [], [0]
    for number in range(60):
        label = ("human", "synthetic", "noise")[number % 3]
        columns = int(rng.integers(40, 400))
        rows.append(rng.normal(-50.0 - number % 3, 5.0, (columns, spec.n_bins)).astype("f2"))
        offsets.append(offsets[-1] + columns)
        split = "dev" if number >= 48 else "train"
        clips.append(Clip(f"{number}", label, label, label, split=split, source=str(number % 4)))
    np.save(folder / spectrograms.ARRAY, np.concatenate(rows))
    np.save(folder / spectrograms.OFFSETS, np.array(offsets))
    (folder / spectrograms.SPEC).write_text(spec.to_json())
    manifest.write(clips, folder)
    return Arrays.read(folder)


def test_the_same_batch_comes_again_and_the_next_is_another(arrays: Arrays) -> None:
    batches = Batches(arrays, Recipe(batch=20, steps=3))
    first, again, second = batches[0], batches[0], batches[1]
    np.testing.assert_array_equal(first[0], again[0])
    assert first[0].shape != second[0].shape or not np.array_equal(first[0], second[0])


def test_a_batch_holds_both_classes_alike_and_some_noise(arrays: Arrays) -> None:
    _, y = Batches(arrays, Recipe(batch=40, mixup=0.0))[0]
    speech = y[y[:, 1] == 1.0]
    assert (speech[:, 0] == 1.0).sum() == (speech[:, 0] == 0.0).sum() == 18
    assert (y[:, 1] == 0.0).sum() == 4
    assert (y[y[:, 1] == 0.0][:, 2] == 0.0).all()  # noise is neither human nor synthetic


def test_only_train_is_drawn(arrays: Arrays) -> None:
    batches = Batches(arrays, Recipe())
    drawn = {int(i) for pool in batches.pools.values() for i in pool}
    assert {arrays.clips[i].split for i in drawn} == {"train"}


def test_a_clip_that_is_too_short_goes_round(arrays: Arrays) -> None:
    lengths = arrays.where[:, 2] - arrays.where[:, 1]
    short = int(np.argmin(lengths))
    crop = arrays.crop(short, 256, place=0.3)
    np.testing.assert_array_equal(crop[lengths[short] :], crop[: -lengths[short]])


def test_a_large_source_is_heard_more_often_but_not_by_as_much_as_it_is_larger() -> None:
    clips = [Clip("", "human", source="large")] * 100 + [Clip("", "human", source="small")]
    weights = balance(clips, power=0.5)
    assert weights.sum() == pytest.approx(1.0)
    assert weights[:100].sum() / weights[100] == pytest.approx(10.0)


def test_systems_of_a_source_are_balanced_inside_it() -> None:
    clips = [Clip("", "synthetic", "a", source="x")] * 9 + [Clip("", "synthetic", "b", source="x")]
    weights = balance(clips, power=0.5)
    assert weights[:9].sum() / weights[9] == pytest.approx(3.0)


def test_mixup_mixes_the_answers_as_it_mixes_the_sounds() -> None:
    rng = np.random.default_rng(1)
    x = np.zeros((8, 4, 4), np.float32) - np.arange(8, dtype=np.float32)[:, None, None]
    x[:, 0, 0] = 0.0  # the loudest cell of each clip
    y = np.stack([np.arange(8), np.ones(8), np.ones(8)], axis=1).astype(np.float32)
    mixed_x, mixed_y = mix(x, y, 1.0, rng)
    np.testing.assert_allclose(-mixed_x[:, 1, 1], mixed_y[:, 0], atol=1e-5)
    assert not np.allclose(mixed_y, y)


def test_a_noise_under_a_voice_does_not_say_whose_it_is() -> None:
    y = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]] * 8, np.float32)  # synthetic, noise
    _, mixed = mix(np.zeros((16, 4, 4), np.float32), y, 1.0, np.random.default_rng(1))
    spoken = mixed[:, 2] > 0.0
    assert (mixed[spoken, 2] < 1.0).any()
    np.testing.assert_allclose(mixed[spoken, 0], 1.0, rtol=1e-6)


def folder_of(folder: Path, clips: list[Clip], rows: list[np.ndarray]) -> Path:
    folder.mkdir()
    np.save(folder / spectrograms.ARRAY, np.concatenate(rows).astype("f2"))
    np.save(folder / spectrograms.OFFSETS, np.cumsum([0, *map(len, rows)]))
    (folder / spectrograms.SPEC).write_text(FeatureSpec().to_json())
    manifest.write(clips, folder)
    return folder


def paired(tmp_path: Path) -> Arrays:
    """In each of two folders four recordings, each with a copy that is 6 dB louder."""
    folders = []
    for name in ("one", "two"):
        clips, rows = [], []
        for number in range(4):
            human = np.random.default_rng((ord(name[0]), number)).normal(-60.0, 9.0, (300, 168))
            for label, family, sound in (
                ("human", "human", human),
                ("synthetic", "vocoder", human + 6),
            ):
                file, pair = f"messenger-1-0/{label}-{number}.ogg", f"p{number}"
                plain = Clip(file, label, label, family, source="s", split="train")
                clips.append(replace(plain, pair=pair, channel="telegram"))
                rows.append(sound)
        folders.append(folder_of(tmp_path / name, clips, rows))
    return Arrays.read(*folders)


def test_a_copy_comes_with_its_own_recording_and_not_with_another_folders(tmp_path: Path) -> None:
    arrays = paired(tmp_path)
    found = originals(arrays, arrays.of("train", "human"), arrays.of("train", "synthetic"))
    assert found == {counterpart: [counterpart - 1] for counterpart in range(1, 16, 2)}


def test_a_pair_is_cut_at_one_place_and_disturbed_alike(tmp_path: Path) -> None:
    recipe = Recipe(batch=16, paired=1.0, matched=0.0, blend=0.0, mixup=0.0)
    x, y = Batches(
        paired(tmp_path), Recipe(**{**vars(recipe), "disturbance": Disturbance(masks=0)})
    )[0]
    assert list(y[:, 0]) == [0.0] * 8 + [1.0] * 8
    between = x[8:] - x[:8]
    assert np.median(np.abs(between - between.mean(axis=(1, 2), keepdims=True))) < 0.5


def test_a_blend_is_a_copy_in_a_part_and_the_recording_in_the_rest() -> None:
    human, counterpart = np.zeros((60, 168), np.float32), np.ones((60, 168), np.float32)
    shares = [blend(human, counterpart, np.random.default_rng(seed)) for seed in range(40)]
    assert all(0.0 < share.mean() < 1.0 for share in shares)
    assert all(((share >= 0.0) & (share <= 1.0)).all() for share in shares)


def clip(level: float = -40.0, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(level, 8.0, (128, 168)).astype(np.float32)


def test_two_equal_powers_are_three_decibels_more() -> None:
    np.testing.assert_allclose(add_powers(clip(), clip()) - clip(), 3.0103, atol=1e-3)


def test_noise_of_a_given_distance_lies_so_far_below() -> None:
    flat, loud = np.full((128, 168), -50.0, np.float32), np.full((128, 168), -10.0, np.float32)
    noisy = add_noise(loud, flat, 10.0)
    np.testing.assert_allclose(noisy, -10.0 + 10 * np.log10(1.1), atol=1e-3)


def test_a_taken_channel_brings_the_spectra_together() -> None:
    rng = np.random.default_rng(1)
    mine, theirs = clip(), clip(seed=2)
    theirs[:, 100:] -= 30.0
    before = np.abs(np.diff(mine.mean(0)[[50, 150]]) - np.diff(theirs.mean(0)[[50, 150]]))
    taken = take_channel(mine, theirs, rng)
    after = np.abs(np.diff(taken.mean(0)[[50, 150]]) - np.diff(theirs.mean(0)[[50, 150]]))
    assert after < 0.8 * before


def test_a_shifted_pitch_moves_every_column() -> None:
    np.testing.assert_array_equal(shift_pitch(clip(), 2)[:, :-2], clip()[:, 2:])


def test_a_cut_band_leaves_the_middle() -> None:
    for seed in range(20):
        cut = limit_band(clip(), np.random.default_rng(seed))
        np.testing.assert_array_equal(cut[:, 48:128], clip()[:, 48:128])
        assert (cut < clip() - 1.0).any()


def test_a_mask_covers_something_and_not_everything() -> None:
    masked = mask(clip(), 2, np.random.default_rng(3))
    assert 0.0 < (masked != clip()).mean() < 0.6


def test_a_disturbed_clip_keeps_its_shape_and_is_finite() -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        out = disturb(clip(), clip(seed=2), clip(-60.0, 3), Disturbance(), rng)
        assert out.shape == (128, 168)
        assert out.dtype == np.float32
        assert np.isfinite(out).all()
