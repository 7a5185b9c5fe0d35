"""Tables and folders of clips are read as they are, and complained about by name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset import manifest
from dataset.manifest import Clip, ManifestError


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    clips = [Clip("a b/ção.ogg", "human", speaker="ana, 1", seconds=1.5), Clip("c.ogg", "noise")]
    manifest.write(clips, tmp_path)
    assert manifest.read(tmp_path) == clips


def test_columns_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file,label,original_codec\nx.wav,human,mp3\n")
    assert manifest.read(tmp_path) == [Clip("x.wav", "human")]


def test_a_table_without_labels_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("file\nx.wav\n")
    with pytest.raises(ManifestError, match="label"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("file", ["../x.wav", "a/../../x.wav", "/etc/x.wav"])
def test_a_clip_outside_its_folder_is_refused(file: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(f"file,label\n{file},human\n")
    with pytest.raises(ManifestError, match="is not below the folder"):
        manifest.read(tmp_path)


def test_a_table_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path) -> None:
    def clips() -> Iterator[Clip]:
        yield Clip("b.wav", "human")
        raise InterruptedError

    manifest.write([Clip("a.wav", "human")], tmp_path)
    with pytest.raises(InterruptedError):
        manifest.write(clips(), tmp_path)
    assert manifest.read(tmp_path) == [Clip("a.wav", "human")]
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.csv"]


def test_a_folder_without_a_table_is_read_by_its_subfolders(tmp_path: Path) -> None:
    for name in ("human/ana/1.wav", "synthetic/xtts/1.ogg", "synthetic/xtts/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [(c.file, c.label, c.source) for c in manifest.read(tmp_path)] == [
        ("human/ana/1.wav", "human", "ana"),
        ("synthetic/xtts/1.ogg", "synthetic", "xtts"),
    ]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="neither"):
        manifest.read(tmp_path)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("file,label\nx.wav,humano\n", "line 2: 'humano' is none of human, synthetic, noise"),
        ("file,label,split\nx.wav,human,treino\n", "line 2: 'treino' is none of train, dev"),
        ("file,label,seconds\nx.wav,human,three\n", "line 2: could not convert"),
        ("file;label\nx.wav;human\n", "separated by commas"),
        (f"file,label\n{'x' * 200_000},human\n", "field larger"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_its_line(
    table: str, complaint: str, tmp_path: Path
) -> None:
    (tmp_path / "manifest.csv").write_text(table)
    with pytest.raises(ManifestError, match=complaint):
        manifest.read(tmp_path)


def test_a_table_that_excel_saved_is_read_when_it_is_utf_8(tmp_path: Path) -> None:
    table = tmp_path / "manifest.csv"
    table.write_text("file,label\nação.wav,human\n", encoding="utf-8-sig")
    assert manifest.read(tmp_path) == [Clip("ação.wav", "human")]
    table.write_text("file,label\nação.wav,human\n", encoding="latin-1")
    with pytest.raises(ManifestError, match="not UTF-8"):
        manifest.read(tmp_path)
