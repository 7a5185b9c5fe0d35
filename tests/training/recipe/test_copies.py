"""Clips become copies: as they are first, then handled, resumed, and never half a file."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset import manifest
from dataset.acquisition.disk import DiskFull
from dataset.manifest import Clip, ManifestError
from tests.training.recipe import corpus
from training.recipe import copies
from training.recipe.copies import Copies, Part, chosen, make, write


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus.make(tmp_path_factory.mktemp("clips"), 20)


@pytest.fixture(scope="module")
def made(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return make(clips, chosen(clips), tmp_path_factory.mktemp("copies"), 3, 1, 1)


def test_the_first_copy_is_the_clip_and_the_others_are_not(clips: Path, made: Copies) -> None:
    for index, clip in enumerate(made.clips):
        sound, _ = soundfile.read(clips / clip.file, dtype="float32")
        plain = made.samples(index, 0)
        assert np.allclose(plain, sound, atol=1e-4)
        handled = made.samples(index, 1)
        assert np.array_equal(handled, plain) == (clip.label == "noise")


def test_dev_has_one_handled_copy(made: Copies) -> None:
    dev = [i for i, clip in enumerate(made.clips) if clip.split == "dev"]
    assert dev
    assert all(len(made.samples(i, 1)) and not len(made.samples(i, 2)) for i in dev)


def test_what_is_there_is_not_made_again(
    clips: Path, made: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file: file.stat().st_mtime_ns for file in made.folder.rglob("*0.npy")}
    second = sorted(before)[1]
    second.unlink()
    left = second.with_stem(f".{second.stem}")
    left.write_bytes(b"half")  # what a killed process leaves
    again = make(clips, chosen(clips), made.folder, 3, 1, 1)
    after = {file: file.stat().st_mtime_ns for file in made.folder.rglob("part*0.npy")}
    assert [file for file in before if after[file] != before[file]] == [second]
    assert not left.exists()
    assert len(again.samples(0, 1))


def test_a_clip_that_cannot_be_decoded_is_named_and_empty(tmp_path: Path) -> None:
    folder = corpus.make(tmp_path / "clips", 20)
    (folder / "2.wav").write_bytes(b"no sound at all")
    part = Part(folder, tuple(chosen(folder)), 0, 1, tmp_path / "copies", 0)
    (reason,) = write(part)
    assert reason.startswith("2.wav: ")
    read = Copies(tmp_path / "copies", chosen(folder), 1)
    assert [len(read.samples(i, 0)) > 0 for i in (1, 2, 3)] == [True, False, True]


def test_lost_files_and_missing_classes_are_told_before_any_work(tmp_path: Path) -> None:
    folder = corpus.make(tmp_path, 20)
    (folder / "3.wav").unlink()
    with pytest.raises(ManifestError, match=r"1 of the 20 clips .* not there: 3\.wav"):
        chosen(folder)
    people = [Clip("0.wav", "human", split=split) for split in ("train", "dev")]
    manifest.write(people, folder)
    with pytest.raises(ManifestError, match="no synthetic clips in the split 'train'"):
        chosen(folder)


def test_a_disk_without_room_is_told_first(
    clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "BYTES_PER_SECOND", 10**15)
    with pytest.raises(DiskFull, match="are needed"):
        make(clips, chosen(clips), tmp_path / "out", 3, 1, 1)


def test_a_quick_run_takes_a_few_clips_of_each_source(clips: Path) -> None:
    few = chosen(clips, 2)
    counts = Counter((clip.source, clip.label, clip.split) for clip in few)
    assert max(counts.values()) == 2
    assert {(clip.label, clip.split) for clip in chosen(clips)} == {
        (clip.label, clip.split) for clip in few
    }
