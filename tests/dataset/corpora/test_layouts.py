"""Every corpus, laid out as the true one, is downloaded, unpacked and read as it says itself."""

import csv
from dataclasses import fields, replace
from pathlib import Path

import pytest

from dataset import manifest
from dataset.acquisition.collect import Wanted, collect
from dataset.acquisition.corpus import Remote, WrongFolder
from dataset.acquisition.disk import DiskFull
from dataset.corpora import CORPORA
from dataset.corpora.folder import FOLDER
from dataset.manifest import Clip
from tests.dataset.corpora.layouts import LAYOUTS, Layout
from tests.dataset.corpora.server import Files, serving
from tests.pools import Here


def failures(folder: Path) -> dict[str, str]:
    with (folder / "failed.csv").open(newline="", encoding="utf-8") as file:
        return {row["file"]: row["reason"] for row in csv.DictReader(file)}


def facts(clip: Clip) -> dict[str, object]:
    """What a layout says of a clip; the rest it leaves open."""
    names = (field.name for field in fields(Clip) if field.name not in ("file", "seconds"))
    return {name: value for name in names if (value := getattr(clip, name))}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_corpus_is_downloaded_unpacked_and_read(layout: Layout, tmp_path: Path) -> None:
    with serving(Files(layout.files)) as served:
        remotes = [Remote(served.url(name), name, len(data)) for name, data in layout.files.items()]
        corpus = replace(layout.corpus, files=lambda: remotes, unpacked=0.0, gigabytes=0.0)
        outcome = collect(corpus, None, tmp_path, Wanted(), Here())
    clips = manifest.read(tmp_path)
    assert outcome.taken == len(clips) == len(layout.clips)
    for end, expected in layout.clips.items():
        (clip,) = [clip for clip in clips if clip.file.endswith(end)]
        assert facts(expected).items() <= facts(clip).items()
        assert clip.seconds == pytest.approx(0.2, abs=0.1)  # mp3 comes in frames
        assert (tmp_path / clip.file).stat().st_size
        assert clip.source
        assert clip.licence
    told = failures(tmp_path)
    for end, reason in layout.remarks.items():
        assert [why.startswith(reason) for file, why in told.items() if file.endswith(end)] == [
            True
        ]


def test_a_corpus_that_will_not_fit_unpacked_is_not_begun(tmp_path: Path) -> None:
    with serving(Files({"set.zip": b"x"})) as served:
        remotes = [Remote(served.url("set.zip"), "set.zip")]
        corpus = replace(FOLDER, files=lambda: remotes, unpacked=1e6, gigabytes=1e5)
        with pytest.raises(DiskFull, match=r"1100000\.0 GB are needed"):
            collect(corpus, None, tmp_path, Wanted(), Here())
        assert served.asked == []


@pytest.mark.parametrize("corpus", CORPORA, ids=[corpus.name for corpus in CORPORA])
def test_a_folder_of_something_else_is_refused(corpus: object, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.wav").write_bytes(b"x")
    with pytest.raises(WrongFolder, match=str(tmp_path)):
        list(next(c for c in CORPORA if c is corpus).clips(tmp_path))


def test_clones_and_recordings_of_one_sentence_are_a_pair(tmp_path: Path) -> None:
    pairs = []
    for name in ("cetuc of the hub", "fake voices"):
        layout = LAYOUTS[name]
        for file, data in layout.files.items():
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_bytes(data)
        collect(layout.corpus, tmp_path / name, tmp_path / f"{name} out", Wanted(), Here())
        pairs.append(
            {(c.pair, c.speaker, c.split) for c in manifest.read(tmp_path / f"{name} out")}
        )
    assert pairs[0] & pairs[1] == {("cetuc-M001-0000", "cetuc-M001", "train")}
