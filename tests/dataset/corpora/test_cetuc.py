"""The official split of CETUC is found wherever a copy, or the hub, tells it."""

import json
from pathlib import Path

import pytest

from dataset.acquisition import hub
from dataset.acquisition.corpus import Remark
from dataset.acquisition.reading import NO_TEXT
from dataset.corpora import cetuc
from dataset.manifest import Clip
from tests.dataset.corpora.server import Files, serving

PAGE = f"api/datasets/{cetuc.REPOSITORY}/tree/{cetuc.REVISION}?recursive=true"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As alcaim.tar.gz unpacks: no split."""
    for name in ("Aislam_M001/M001-0000", "Marta_F009/F009-0000"):
        (tmp_path / "alcaim" / name).parent.mkdir(parents=True)
        (tmp_path / "alcaim" / f"{name}.wav").touch()
        (tmp_path / "alcaim" / f"{name}.txt").write_text("é", encoding="utf-8")
    return tmp_path


def splits(folder: Path) -> dict[str, str]:
    return {c.speaker: c.split for c in cetuc.clips(folder) if isinstance(c, Clip)}


def test_a_copy_without_a_split_gets_the_hubs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["data/train/Aislam_M001/Aislam_M001.tar.gz", "data/dev/Marta_F009/Marta_F009.tar.gz"]
    listing = [{"type": "file", "path": name, "size": 1} for name in names]
    with serving(Files({PAGE: json.dumps(listing).encode()})) as files:
        monkeypatch.setattr(hub, "HOST", files.address)
        assert splits(folder) == {"cetuc-M001": "train", "cetuc-F009": "dev"}


def test_lists_beside_the_speakers_are_believed_without_asking_the_hub(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "alcaim/train.list").write_text("alcaim/Aislam_M001/M001-0000.wav\n")
    (folder / "alcaim/test.list").write_text("alcaim/Marta_F009/F009-0000.wav\n")
    with serving(Files({})) as files:
        monkeypatch.setattr(hub, "HOST", files.address)
        assert splits(folder) == {"cetuc-M001": "train", "cetuc-F009": "test"}
        assert files.asked == []


def test_without_any_the_clips_have_no_split_and_that_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "HOST", "http://127.0.0.1:9")  # nobody listens there
    assert set(splits(folder).values()) == {""}
    told = [found for found in cetuc.clips(folder) if isinstance(found, Remark)]
    assert told == [Remark(".", f"{cetuc.NO_SPLIT}{code}", True) for code in ("F009", "M001")]


def test_a_list_that_lacks_a_speaker_leaves_only_that_one_without_a_split(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "HOST", "http://127.0.0.1:9")
    (folder / "alcaim/train.list").write_text("alcaim/Aislam_M001/M001-0000.wav\n")
    assert splits(folder) == {"cetuc-M001": "train", "cetuc-F009": ""}
    assert Remark(".", f"{cetuc.NO_SPLIT}F009", taken=True) in list(cetuc.clips(folder))


def test_an_empty_transcript_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "HOST", "http://127.0.0.1:9")
    (folder / "alcaim/Marta_F009/F009-0000.txt").write_text(" \n")
    assert Remark("alcaim/Marta_F009/F009-0000.wav", NO_TEXT) in list(cetuc.clips(folder))


def test_the_codes_of_speakers_are_read_from_every_spelling() -> None:
    names = ("Aislam_M001", "MarioJr._M014", "LucasSabino9_M033", "PauloSiqueira_Papus_M015_Fake")
    assert [cetuc.SPEAKER.findall(name) for name in names] == [
        ["M001"],
        ["M014"],
        ["M033"],
        ["M015"],
    ]
