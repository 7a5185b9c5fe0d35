"""What is wrong with a corpus is told file by file, and a stopped run goes on."""

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from dataset import manifest
from dataset.acquisition.collect import Wanted, collect
from dataset.acquisition.corpus import CorpusError, WrongFolder
from dataset.acquisition.probe import probe
from dataset.corpora.folder import FOLDER
from dataset.corpora.in_the_wild import IN_THE_WILD
from dataset.execution.pool import Pool
from dataset.manifest import Clip
from tests.dataset.corpora.archives import sound, zipped
from tests.dataset.corpora.test_layouts import failures
from tests.pools import Here


def put(folder: Path, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


BAD = {
    "human/José da Silva/é 1.wav": sound(1),
    "human/José da Silva/é 1.txt": "não é nada".encode("latin-1"),
    "human/ana/studio.wav": sound(2, rate=96_000, channels=2),
    "human/ana/empty.wav": b"",
    "human/ana/page.wav": b"<html>not found</html>",
    "human/ana/half.wav": sound(3)[:3000],
    "human/ana/half.flac": sound(4, "FLAC")[:2000],
    "human/ana/again.wav": sound(5),
    "human/ana/again (copy).wav": sound(5),
    "human/ana/this.wav": sound(6),
    "human/ana/this.txt": b"this",
    "human/ana/that.wav": sound(6),
    "human/ana/that.txt": b"that",
    "human/ana/._again.wav": b"fork",
    "human/notes.docx": b"no sound at all",
}


def test_a_name_that_no_table_can_hold_is_told_and_left_out(tmp_path: Path) -> None:
    put(tmp_path / "in", {"human/good.wav": sound(1), os.fsdecode(b"human/lat\xe3.wav"): sound(2)})
    outcome = collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert [clip.file for clip in manifest.read(tmp_path / "out")] == ["human/good.wav"]
    assert failures(tmp_path / "out") == {"human/lat\\udce3.wav": "misnamed: its name is not UTF-8"}
    assert "misnamed" in outcome.summary


def test_every_bad_file_is_told_by_name_and_the_good_ones_are_taken(tmp_path: Path) -> None:
    put(tmp_path / "in", BAD)
    outcome = collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    taken = {clip.file: clip for clip in manifest.read(tmp_path / "out")}
    assert set(taken) == {
        "human/José da Silva/é 1.wav",
        "human/ana/studio.wav",
        "human/ana/again (copy).wav",
    }
    assert taken["human/José da Silva/é 1.wav"].text == "não é nada"
    reasons = {
        file: reason.partition(" ")[0] for file, reason in failures(tmp_path / "out").items()
    }
    assert reasons == {
        "human/José da Silva/é 1.txt": "taken",
        "human/ana/studio.wav": "taken",
        "human/ana/empty.wav": "empty:",
        "human/ana/page.wav": "not",
        "human/ana/half.wav": "cut",
        "human/ana/half.flac": "damaged:",
        "human/ana/again.wav": "duplicate:",
        "human/ana/this.wav": "contradiction:",
        "human/ana/that.wav": "contradiction:",
        "human/ana/._again.wav": "not",
    }
    assert (outcome.taken, outcome.left_out) == (3, 8)
    assert "  2 left out: contradiction\n" in outcome.summary
    assert "  1 taken all the same: wrong encoding" in outcome.summary


def test_a_table_and_its_folder_that_disagree_are_told(tmp_path: Path) -> None:
    put(tmp_path / "in", {"a.wav": sound(1), "untold.wav": sound(2)})
    manifest.write([Clip("a.wav", "human"), Clip("gone.wav", "human")], tmp_path / "in")
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert {file: why.partition(":")[0] for file, why in failures(tmp_path / "out").items()} == {
        "gone.wav": "no recording",
        "untold.wav": "not in the table",
    }


def test_what_a_manifest_knows_is_kept_and_seconds_are_measured(tmp_path: Path) -> None:
    put(tmp_path / "in", {"a/ç.ogg": sound(1, "OGG")})
    known = Clip(
        "a/ç.ogg", "human", language="pt-BR", speaker="ana", pair="p", split="dev", seconds=99.0
    )
    manifest.write([known], tmp_path / "in")
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    (clip,) = manifest.read(tmp_path / "out")
    assert (clip.speaker, clip.pair, clip.split) == ("ana", "p", "dev")
    assert clip.seconds == pytest.approx(0.2, abs=0.01)


def test_names_are_found_in_either_form_of_their_accents(tmp_path: Path) -> None:
    put(tmp_path / "in", {unicodedata.normalize("NFD", "não.wav"): sound(1)})
    manifest.write([Clip(unicodedata.normalize("NFC", "não.wav"), "human")], tmp_path / "in")
    assert collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here()).taken == 1


@pytest.mark.parametrize(
    ("wanted", "files"),
    [
        (Wanted(language="pt"), {"1.wav", "2.wav"}),
        (Wanted(language="pt-BR"), {"1.wav"}),
        (Wanted(label="synthetic"), {"3.wav"}),
        (Wanted(language="pt", split="dev"), {"2.wav"}),
    ],
)
def test_only_what_is_wanted_is_taken(tmp_path: Path, wanted: Wanted, files: set[str]) -> None:
    put(tmp_path / "in", {f"{n}.wav": sound(n) for n in range(1, 5)})
    clips = [
        Clip("1.wav", "human", language="pt-BR", split="train"),
        Clip("2.wav", "human", language="pt", split="dev"),
        Clip("3.wav", "synthetic", language="en"),
        Clip("4.wav", "human"),
    ]
    manifest.write(clips, tmp_path / "in")
    collect(FOLDER, tmp_path / "in", tmp_path / "out", wanted, Here())
    assert {clip.file for clip in manifest.read(tmp_path / "out")} == files
    assert {path.name for path in (tmp_path / "out").glob("*.wav")} == files


def test_a_stopped_run_goes_on_and_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "in", {f"human/ana/{n}.wav": sound(n) for n in range(9)})
    heard: list[str] = []

    def heed(path: Path) -> float:
        if len(heard) == stop:
            raise KeyboardInterrupt
        heard.append(path.name)
        return probe(path)

    monkeypatch.setattr("dataset.acquisition.collect.probe", heed)
    stop = 5
    with pytest.raises(KeyboardInterrupt):
        collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    stop = -1
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert sorted(heard) == [f"{n}.wav" for n in range(9)]
    collect(FOLDER, tmp_path / "in", tmp_path / "whole", Wanted(), Here())
    assert manifest.read(tmp_path / "out") == manifest.read(tmp_path / "whole")


def test_a_mended_file_is_taken_the_next_time(tmp_path: Path) -> None:
    put(tmp_path / "in", {"human/a/1.wav": sound(1), "human/a/2.wav": b""})
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    put(tmp_path / "in", {"human/a/2.wav": sound(2), "human/a/1.txt": b"now with a text"})
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert [clip.text for clip in manifest.read(tmp_path / "out")] == ["now with a text", ""]
    assert failures(tmp_path / "out") == {}


def test_the_source_stays_as_it_was(tmp_path: Path) -> None:
    put(tmp_path / "in", BAD)
    before = {path: path.read_bytes() for path in (tmp_path / "in").rglob("*") if path.is_file()}
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    after = {path: path.read_bytes() for path in (tmp_path / "in").rglob("*") if path.is_file()}
    assert before == after


def test_an_archive_is_taken_as_a_folder_is(tmp_path: Path) -> None:
    put(tmp_path, {"set.zip": zipped({"human/ana/1.wav": sound(1), "../human/out.wav": sound(2)})})
    collect(FOLDER, tmp_path / "set.zip", tmp_path / "out", Wanted(), Here())
    assert [clip.file for clip in manifest.read(tmp_path / "out")] == ["unpacked/human/ana/1.wav"]
    assert failures(tmp_path / "out") == {
        "set.zip: ../human/out.wav": "not unpacked: its path leads out of the target"
    }


def test_paths_of_a_table_that_lead_elsewhere_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, {"outside.wav": sound(1), "in/a.wav": sound(2)})
    files = ["a.wav", "../outside.wav", str(tmp_path / "outside.wav")]
    rows = "".join(f"{file},Ayn Rand,spoof\n" for file in files)
    put(tmp_path, {"in/meta.csv": f"file,speaker,label\n{rows}".encode()})
    collect(IN_THE_WILD, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert [clip.file for clip in manifest.read(tmp_path / "out")] == ["a.wav"]
    assert list(failures(tmp_path / "out")) == files[1:]


def test_one_folder_takes_one_corpus(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path / name, {"human/ana/1.wav": sound(len(name) + ord(name[0]))})
    collect(FOLDER, tmp_path / "one", tmp_path / "out", Wanted(), Here())
    before = (tmp_path / "out/manifest.csv").read_bytes()
    with pytest.raises(CorpusError, match=r"is the work of .*one.: take a new folder"):
        collect(FOLDER, tmp_path / "two", tmp_path / "out", Wanted(), Here())
    assert (tmp_path / "out/manifest.csv").read_bytes() == before


def test_a_recording_of_the_same_name_is_not_taken_for_the_corpus(tmp_path: Path) -> None:
    put(tmp_path, {"in/human/ana/1.wav": sound(1), "out/human/ana/1.wav": sound(2)})
    with pytest.raises(CorpusError, match="is another recording"):
        collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())


def test_an_archive_among_sounds_is_not_passed_over_silently(tmp_path: Path) -> None:
    put(tmp_path / "in", {"human/ana/1.wav": sound(1), "more.zip": zipped({"2.wav": sound(2)})})
    collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    assert failures(tmp_path / "out")["more.zip"].startswith("not unpacked: it lies among sounds")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not exist"):
        collect(FOLDER, tmp_path / "no", tmp_path / "out", Wanted(), Here())
    put(tmp_path / "in", {"readme.txt": b"empty"})
    with pytest.raises(CorpusError, match="neither sounds nor archives"):
        collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())
    put(tmp_path / "in", {"human/a/1.wav": sound(1)})
    with pytest.raises(CorpusError, match="no clip of folder that is wanted"):
        collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(label="noise"), Here())
    shutil.rmtree(tmp_path / "in/human")
    put(tmp_path / "in", {"loose.wav": sound(1)})
    with pytest.raises(WrongFolder, match=r"neither manifest\.csv nor sounds in human/"):
        collect(FOLDER, tmp_path / "in", tmp_path / "out", Wanted(), Here())


def test_a_corpus_that_needs_an_account_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dataset", "collect", "common-voice", "--out", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 1
    assert "Make an account at the Mozilla Data Collective" in ended.stderr
    assert "collect common-voice --from PATH" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.xdist_group("ray")
@pytest.mark.slow
def test_worker_processes_hear_the_same(tmp_path: Path) -> None:
    put(tmp_path / "in", BAD)
    collect(FOLDER, tmp_path / "in", tmp_path / "here", Wanted(), Here())
    collect(FOLDER, tmp_path / "in", tmp_path / "two", Wanted(), Pool(workers=2))
    assert manifest.read(tmp_path / "two") == manifest.read(tmp_path / "here")
    assert failures(tmp_path / "two") == failures(tmp_path / "here")
