"""Arrays hold what the clips hold, in their order, however often the work was interrupted."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dataset import manifest, spectrograms
from dataset.augmentation.study import SIGMA
from dataset.execution.pool import Pool
from dataset.features.constant_q import constant_q
from dataset.manifest import Clip
from inference.decoding.audio import decode
from inference.features import FeatureSpec
from tests.pools import Here
from tests.sounds import encode, noise
from training.data.arrays import Arrays

SPEC = FeatureSpec()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine clips of 0.1 to 0.5 s, of which one is no sound and one is missing."""
    clips = []
    for number in range(9):
        clip = Clip(f"a clip, ü {number}.wav", "human", speaker=f"s{number}", split="train")
        data = encode(noise(0.1 + number / 20, seed=number), "wav", 16_000)
        (tmp_path / clip.file).write_bytes(b"text" if number == 3 else data)
        clips.append(clip)
    (tmp_path / clips[6].file).unlink()
    manifest.write(clips, tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectrograms, "PART", 2)


def made(folder: Path, name: str = "arrays") -> Arrays:
    spectrograms.write(folder, folder / name, SPEC, Here())
    return Arrays.read(folder / name)


def test_training_reads_what_librosa_would_have_computed(folder: Path) -> None:
    arrays = made(folder)
    assert [clip.speaker for clip in arrays.clips] == ["s0", "s1", "s2", "s4", "s5", "s7", "s8"]
    assert arrays.spec == SPEC
    for index, clip in enumerate(arrays.clips):
        samples = decode((folder / clip.file).read_bytes(), 60.0)
        assert clip.seconds == len(samples) / SPEC.sample_rate
        expected = constant_q(samples, SPEC)
        assert np.allclose(arrays.spectrogram(index), expected, rtol=0, atol=0.1)
    assert not (folder / "arrays" / spectrograms.PARTS).exists()


def test_what_failed_is_told_with_its_reason(folder: Path) -> None:
    outcome = spectrograms.write(folder, folder / "arrays", SPEC, Here())
    assert outcome.made == 7
    assert outcome.summary.startswith("2 failed")
    told = (folder / "arrays" / "failed.csv").read_text()
    assert '"a clip, ü 3.wav",spectrograms,it begins like no container' in told
    assert '"a clip, ü 6.wav",spectrograms,"[Errno 2] No such file' in told


def test_an_interrupted_run_goes_on_with_the_parts_there_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(folder)
    with monkeypatch.context() as patched:
        patched.setattr(spectrograms, "_merge", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            made(folder, "again")
    parts = sorted((folder / "again" / spectrograms.PARTS).iterdir())
    assert len(parts) == 5
    parts[1].unlink()
    for part in parts[:1] + parts[2:]:
        os.utime(part, (0, 0))
    with monkeypatch.context() as patched:
        patched.setattr(spectrograms, "_merge", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            made(folder, "again")
    assert [part.stat().st_mtime > 0 for part in parts] == [False, True, False, False, False]
    again = made(folder, "again")
    assert again.clips == whole.clips
    assert np.array_equal(again.rows, whole.rows)


def test_parts_of_another_spec_are_not_taken(folder: Path) -> None:
    made(folder)
    other = replace(SPEC, hop_length=512)
    spectrograms.write(folder, folder / "arrays", other, Here())
    arrays = Arrays.read(folder / "arrays")
    assert len(arrays.spectrogram(0)) == 1 + 1600 // 512


def test_the_studys_noise_is_on_the_spectrogram(folder: Path) -> None:
    clips = [replace(c, channel="ambience+gaussian") for c in manifest.read(folder)[:2]]
    plain = made(folder)
    manifest.write(clips, folder)
    noisy = made(folder, "noisy")
    difference = (
        noisy.rows[0][: noisy.where[1, 2]].astype("f4") - plain.rows[0][: plain.where[1, 2]]
    )
    assert difference.std() == pytest.approx(SIGMA, rel=0.05)


def test_a_folder_without_any_sound_leaves_empty_arrays(tmp_path: Path) -> None:
    manifest.write([Clip("none.wav", "human")], tmp_path)
    outcome = spectrograms.write(tmp_path, tmp_path / "arrays", SPEC, Here())
    assert outcome.made == 0
    assert np.load(tmp_path / "arrays" / spectrograms.ARRAY).shape == (0, SPEC.n_bins)


@pytest.mark.parametrize(("kind", "mode"), [("grey", "L"), ("colour", "RGB")])
def test_pictures_stand_under_the_names_of_their_clips(folder: Path, kind: str, mode: str) -> None:
    outcome = spectrograms.draw(folder, folder / "pictures", kind, Here())
    assert outcome.made == 7
    clips = manifest.read(folder / "pictures")
    assert clips[0].file == "a clip, ü 0.wav.png"
    assert clips[0].speaker == "s0"
    with Image.open(folder / "pictures" / clips[0].file) as drawn:
        assert drawn.mode == mode


@pytest.mark.xdist_group("ray")
@pytest.mark.slow
def test_one_worker_and_two_leave_the_same_arrays(folder: Path) -> None:
    one = made(folder)
    spectrograms.write(folder, folder / "two", SPEC, Pool(2))
    two = Arrays.read(folder / "two")
    assert two.clips == one.clips
    assert np.array_equal(two.rows, one.rows)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
