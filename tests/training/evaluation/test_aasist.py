"""AASIST's scores as a table: what the network hears, and a run that was stopped.

The network itself: `.venv-aasist/bin/python -m pip install pytest pytest-asyncio` after a call of
scripts/score-aasist, then this file with that Python.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dataset import manifest
from dataset.manifest import Clip, ManifestError, of_split
from inference.decoding.audio import SAMPLE_RATE
from inference.errors import ModelError
from tests import sounds
from training.evaluation import aasist, baselines
from training.evaluation.aasist import CROP, STEP, Samples, clip_score, crops, score_clips


def loudness(crop: Samples) -> float:
    """What stands in for the network."""
    assert crop.shape == (CROP,)
    assert crop.dtype == np.float32
    return float(np.abs(crop).mean())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clips = []
    for name, gain in (("a.ogg", 0.2), ("b, c.ogg", 0.4), ("d.ogg", 0.8)):
        samples = (gain * sounds.speech(2.0)).astype(np.float32)
        (tmp_path / name).write_bytes(sounds.encode(samples, "ogg"))
        clips.append(Clip(name, "human", split="dev"))
    others = [Clip("n.ogg", "noise", split="dev"), Clip("t.ogg", "human", split="train")]
    manifest.write([*clips, *others], tmp_path)
    return tmp_path


def test_a_short_clip_is_repeated() -> None:
    sound = sounds.noise(1.5)
    [crop] = crops(sound)
    assert crop.shape == (CROP,)
    np.testing.assert_array_equal(crop[: len(sound)], sound)
    np.testing.assert_array_equal(crop[len(sound) : 2 * len(sound)], sound)


@pytest.mark.parametrize(
    ("length", "starts"),
    [
        (CROP, [0]),
        (CROP + 1, [0, 1]),
        (CROP + STEP, [0, STEP]),
        (CROP + STEP + 7, [0, STEP, STEP + 7]),
        (3 * CROP, [0, STEP, 2 * STEP, 3 * STEP, 4 * STEP]),
    ],
)
def test_crops_overlap_by_half_and_reach_the_end(length: int, starts: list[int]) -> None:
    cut = crops(np.arange(length, dtype=np.float32))
    assert [int(crop[0]) for crop in cut] == starts
    assert {crop.shape for crop in cut} == {(CROP,)}
    assert cut[-1][-1] == length - 1


def test_a_long_clip_gets_the_mean_of_its_crops() -> None:
    sound = np.concatenate([sounds.silence(10.0), sounds.noise(10.0)])
    each = [loudness(crop) for crop in crops(sound)]
    assert each[0] == 0.0
    assert clip_score(sound, loudness) == pytest.approx(np.mean(each))


def test_a_stopped_run_goes_on_where_it_was(folder: Path) -> None:
    clips, table = of_split(folder, "dev"), folder / "new" / "scores.csv"
    assert score_clips(clips, folder, table, loudness) == []
    whole = table.read_bytes()
    scores = baselines.read(table)
    assert list(scores) == ["a.ogg", "b, c.ogg", "d.ogg"]
    assert scores["a.ogg"] < scores["b, c.ogg"] < scores["d.ogg"]

    heard: list[float] = []

    def counted(crop: Samples) -> float:
        heard.append(loudness(crop))
        return heard[-1]

    lines = whole.splitlines(keepends=True)
    for kept, asked in ((b"", 3), (b"file,sc", 3), (lines[0], 3), (whole[:-4], 1), (whole, 0)):
        table.write_bytes(kept)
        heard.clear()
        assert score_clips(clips, folder, table, counted) == []
        assert table.read_bytes() == whole
        assert len(heard) == asked


def test_a_file_that_is_no_such_table_is_left_alone(tmp_path: Path) -> None:
    table = tmp_path / "manifest.csv"
    table.write_text("file,label\na.ogg,human")
    with pytest.raises(ManifestError, match="no table of scores"):
        baselines.resume(table)
    assert table.read_text() == "file,label\na.ogg,human"


def test_a_clip_that_cannot_be_heard_is_left_out_and_tried_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.ogg").rename(folder / "away.ogg")
    (folder / "d.ogg").write_bytes(b"no sound at all")
    clips, table = of_split(folder, "dev"), folder / "scores.csv"
    left_out = score_clips(clips, folder, table, loudness)
    assert [clip.file for clip, _ in left_out] == ["a.ogg", "d.ogg"]
    assert list(baselines.read(table)) == ["b, c.ogg"]
    assert "a.ogg is left out" in capsys.readouterr().err

    (folder / "away.ogg").rename(folder / "a.ogg")
    assert [clip.file for clip, _ in score_clips(clips, folder, table, loudness)] == ["d.ogg"]
    assert list(baselines.read(table)) == ["b, c.ogg", "a.ogg"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--split", "dev"], 0, "3 of 3 clips"),
        (["--split", "test"], 1, "no clips of the split 'test'"),
    ],
)
def test_the_command(
    folder: Path,
    arguments: list[str],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = folder / "scores.csv"
    monkeypatch.setattr(sys, "argv", ["aasist", str(folder), str(table), *arguments])
    monkeypatch.setattr(aasist, "load", lambda: loudness)
    assert aasist.main() == code
    assert said in capsys.readouterr().err
    assert table.exists() == (code == 0)


def test_it_needs_nothing_of_the_training_environment() -> None:
    """Only the project's base dependencies and, to score, torch stand beside it."""
    module = "training.evaluation.aasist"
    code = f"import sys, {module}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    others = {"tensorflow", "keras", "scipy", "sklearn", "soundfile", "tqdm", "matplotlib", "torch"}
    assert set(done.stdout.split()) & others == set()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="scripts/score-aasist installs it")
    pytest.importorskip("CM_System", reason="scripts/score-aasist installs it")
    monkeypatch.setattr(aasist, "WEIGHTS", "0" * 64)
    with pytest.raises(ModelError, match="published weights"):
        aasist.load()


def test_the_network_itself_tells_sounds_apart() -> None:
    pytest.importorskip("torch", reason="scripts/score-aasist installs it")
    pytest.importorskip("CM_System", reason="scripts/score-aasist installs it")
    network = aasist.load()
    sound = sounds.speech(CROP / SAMPLE_RATE)
    score = network(sound)
    assert network(sound.copy()) == score
    assert abs(network(sounds.noise(CROP / SAMPLE_RATE)) - score) > 0.1
