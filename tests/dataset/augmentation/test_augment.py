"""The whole step on small pairs: alike, repeatable, resumable, and honest about what failed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dataset import manifest
from dataset.augmentation.augment import Choice, augment
from dataset.augmentation.messenger import Messenger
from dataset.augmentation.pairs import pairs
from dataset.execution.pool import Pool
from dataset.files import write_flac
from dataset.manifest import Clip, ManifestError
from inference.decoding.audio import decode
from inference.speech import measure
from tests import sounds
from tests.pools import Here

PAIRS = 4


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noisy people at 16 kHz and clean machines at 24 kHz, which speak longer."""
    folder = tmp_path_factory.mktemp("corpus")
    clips = []
    for number in range(PAIRS):
        person = sounds.speech(1.5, seed=number) + sounds.noise(1.5, 0.004, seed=number)
        write_flac(person, 16_000, folder / f"ação {number}.flac")
        machine = 0.1 * sounds.speech(3.0, 180.0, seed=number + 50)
        write_flac(machine, 24_000, folder / f"tts/{number}.flac")
        for file, label in ((f"ação {number}.flac", "human"), (f"tts/{number}.flac", "synthetic")):
            clips.append(Clip(file, label, speaker="ana", pair=str(number), split="train"))
    manifest.write(clips, folder)
    return folder


@pytest.fixture
def spoilt(corpus: Path, tmp_path: Path) -> Path:
    """A broken counterpart, an empty file and one that is not there."""
    folder = tmp_path / "spoilt"
    (folder / "tts").mkdir(parents=True)
    for file in ("ação 0.flac", "ação 1.flac", "tts/0.flac"):
        (folder / file).write_bytes((corpus / file).read_bytes())
    (folder / "tts/1.flac").write_bytes(b"fLaC, but only by name")
    (folder / "empty.wav").write_bytes(b"")
    wanted = [clip for clip in manifest.read(corpus) if clip.pair in ("0", "1")]
    manifest.write([*wanted, Clip("empty.wav", "human"), Clip("gone.wav", "human")], folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "journal.jsonl"
    }


def test_a_pair_gets_one_channel_one_length_and_one_level(corpus: Path, tmp_path: Path) -> None:
    work = Messenger(corpus, tmp_path, None)
    for pair in pairs(manifest.read(corpus), "sent", seed=3):
        person, machine = work(pair)
        assert person.channel == machine.channel
        assert person.seconds == machine.seconds
        sound = [decode((tmp_path / clip.file).read_bytes(), 60.0) for clip in (person, machine)]
        assert len(sound[0]) == pytest.approx(len(sound[1]), abs=16)
        levels = [measure(samples).level for samples in sound]
        assert levels[0] == pytest.approx(levels[1], abs=1.5)


def test_the_pair_of_a_note_keeps_its_channel_and_others_take_one_on(
    corpus: Path, tmp_path: Path
) -> None:
    items = pairs(manifest.read(corpus), "sent", seed=3)
    among_its_own = Messenger(corpus, tmp_path / "own", corpus)
    assert not any("note" in clip.channel for pair in items for clip in among_its_own(pair))
    write_flac(sounds.speech(2.0, 150.0, 9), 16_000, tmp_path / "notes/note.flac")
    manifest.write([Clip("note.flac", "human", split="train")], tmp_path / "notes")
    among_others = Messenger(corpus, tmp_path / "foreign", tmp_path / "notes")
    found = {clip.channel.startswith("note+") for pair in items for clip in among_others(pair)}
    assert found == {True, False}


def test_the_order_of_the_work_does_not_matter(corpus: Path, tmp_path: Path) -> None:
    items = pairs(manifest.read(corpus), "sent", seed=3)
    for name, order in (("one", items), ("two", items[::-1])):
        work = Messenger(corpus, tmp_path / name, None)
        for pair in order:
            work(pair)
    assert len(contents(tmp_path / "one")) == 2 * PAIRS
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.xdist_group("ray")
@pytest.mark.slow  # Ray is started
def test_worker_processes_leave_the_same_files(corpus: Path, tmp_path: Path) -> None:
    for name, pool in (("here", Here()), ("two", Pool(workers=2))):
        outcome = augment(corpus, tmp_path / name, Choice("messenger"), pool)
        assert (outcome.made, outcome.failed) == (2 * PAIRS, 0)
    assert contents(tmp_path / "here") == contents(tmp_path / "two")


def test_an_interrupted_step_goes_on_and_ends_as_if_it_had_not_been(
    corpus: Path, tmp_path: Path
) -> None:
    choice = Choice("level", copies=2)
    augment(corpus, tmp_path / "whole", choice, Here())
    augment(corpus, tmp_path / "torn", choice, Here())
    journal = tmp_path / "torn/journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    done = tmp_path / "torn" / json.loads(lines[0])["clips"][0]["file"]
    before = done.stat().st_ctime_ns
    augment(corpus, tmp_path / "torn", choice, Here())
    assert contents(tmp_path / "torn") == contents(tmp_path / "whole")
    assert len(manifest.read(tmp_path / "torn")) == 4 * PAIRS
    assert done.stat().st_ctime_ns == before  # what was finished was not made again


def test_what_is_of_no_use_is_told_one_by_one(spoilt: Path, tmp_path: Path) -> None:
    outcome = augment(spoilt, tmp_path / "out", Choice("level"), Here())
    assert sorted(Path(clip.file).name for clip in manifest.read(tmp_path / "out")) == [
        "0.flac.ogg",
        "ação 0.flac.ogg",
        "ação 1.flac.ogg",
    ]
    with (tmp_path / "out/failed.csv").open(newline="", encoding="utf-8") as file:
        reasons = {row["file"]: row["reason"] for row in csv.DictReader(file)}
    assert outcome.failed == len(reasons) == 3
    assert "1.flac" in reasons["tts/1.flac"]
    assert "no bytes" in reasons["level-1-0/empty.wav"]
    assert "No such file" in reasons["level-1-0/gone.wav"]
    assert "3 failed" in outcome.summary


def test_the_study_links_what_is_plain_and_lays_ambience_over_the_rest(
    corpus: Path, tmp_path: Path
) -> None:
    write_flac(sounds.noise(1.0, 0.05), 44_100, tmp_path / "noise/rain.flac")
    manifest.write([Clip("rain.flac", "noise")], tmp_path / "noise")
    choice = Choice("study", noise=tmp_path / "noise")
    outcome = augment(corpus, tmp_path / "out", choice, Here())
    made = manifest.read(tmp_path / "out")
    assert outcome.made == len(made) == 2 * (PAIRS + 3)  # a sixth of four pairs is one
    for clip in made:
        assert (tmp_path / "out" / clip.file).exists()
    assert sorted({clip.channel for clip in made}) == [
        "",
        "ambience",
        "ambience+gaussian",
        "gaussian",
    ]


@pytest.mark.parametrize(
    ("choose", "words"),
    [(lambda: Choice("study"), "needs --noise"), (lambda: Choice("loud"), "no preset loud")],
)
def test_what_cannot_be_done_is_said_at_once(
    choose: Callable[[], Choice], words: str, corpus: Path, tmp_path: Path
) -> None:
    with pytest.raises(ManifestError, match=words):
        augment(corpus, tmp_path, choose(), Here())
    assert not list(tmp_path.iterdir())
