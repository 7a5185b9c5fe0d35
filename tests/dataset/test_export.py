"""What other tools load holds every clip of a split, with its facts."""

import csv
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset import manifest
from dataset.export import export
from dataset.manifest import Clip, ManifestError

SIDES = ("train", "train", "train", "train", "dev", "test", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Clips with dots, spaces and accents in their names, of 100 bytes each."""
    source = tmp_path / "in"
    clips = []
    for number, side in enumerate(SIDES):
        clip = Clip(f"{number}/voz do João.v1.OGG", "human", text=f'"Olá", {number}', split=side)
        path = source / clip.file
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes([number]) * 100)
        clips.append(clip)
    manifest.write(clips, source)
    return source


def samples(shard: Path) -> Iterator[tuple[dict[str, object], bytes]]:
    """As WebDataset reads: what has the same name up to its first dot belongs together."""
    with tarfile.open(shard) as tar:
        members = tar.getmembers()
        for facts, sound in zip(members[::2], members[1::2], strict=True):
            assert facts.name.split(".", 1) == [sound.name.split(".", 1)[0], "json"]
            assert sound.name.endswith(".ogg")
            of_facts, of_sound = tar.extractfile(facts), tar.extractfile(sound)
            assert of_facts
            assert of_sound
            yield json.loads(of_facts.read()), of_sound.read()


def test_an_audiofolder_has_a_table_beside_each_splits_sound(folder: Path, tmp_path: Path) -> None:
    outcome = export(folder, tmp_path / "out", "audiofolder", 0)
    assert outcome.made == 6
    assert outcome.summary == "1 are in no split and were left out"
    for side in ("train", "dev", "test"):
        with (tmp_path / "out" / side / "metadata.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == SIDES.count(side)
        for row in rows:
            number = int(row["text"][-1])
            assert row["label"] == "human"
            assert (tmp_path / "out" / side / row["file_name"]).read_bytes()[0] == number


def test_shards_hold_every_clip_once_and_are_as_large_as_asked(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert export(folder, out, "webdataset", 200).made == 6
    names = sorted(path.name for path in out.glob("*.tar"))
    assert names == ["dev-000000.tar", "test-000000.tar", "train-000000.tar", "train-000001.tar"]
    found = [sample for path in out.glob("train-*.tar") for sample in samples(path)]
    assert sorted(str(facts["text"]) for facts, _ in found) == [f'"Olá", {i}' for i in range(4)]
    assert all(sound[0] == int(str(facts["text"])[-1]) for facts, sound in found)


def test_the_same_clips_make_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(folder, tmp_path / name, "webdataset", 10**6)
    one, two = (tmp_path / name / "train-000000.tar" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_what_is_missing_is_told_and_left_out(folder: Path, tmp_path: Path) -> None:
    manifest.write([*manifest.read(folder), Clip("no.wav", "human", split="test")], folder)
    outcome = export(folder, tmp_path / "out", "audiofolder", 0)
    assert outcome.made == 6
    assert "1 failed" in outcome.summary
    assert "no.wav,export audiofolder,there is no" in (tmp_path / "out" / "failed.csv").read_text()


def test_without_splits_there_is_nothing_to_export(tmp_path: Path) -> None:
    manifest.write([Clip("a.wav", "human")], tmp_path)
    with pytest.raises(ManifestError, match="`split` deals them"):
        export(tmp_path, tmp_path / "out", "audiofolder", 0)
