"""The study end to end on made-up voices: two epochs, the report, and no work done twice."""

import json
from pathlib import Path

import pytest

from tests.pools import Here
from tests.training.study import corpus
from training.study.pictures import Folders
from training.study.study import Choice, study

PRESETS = ("first-apart", "sounds")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return corpus.write(tmp_path_factory.mktemp("clips"), clips=20, noises=6)


@pytest.fixture(scope="module")
def out(folders: Folders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    assert study(folders, out, Choice(PRESETS, seeds=1, epochs=2), Here(), "the command") == []
    return out


def test_the_report_has_a_row_a_preset_and_its_curves(out: Path) -> None:
    report = (out / "report.md").read_text()
    assert "`the command`" in report
    for preset in PRESETS:
        assert report.count(f"|{preset}|") == 2
        assert f"![{preset}]({preset}.png)" in report
        assert (out / f"{preset}.png").stat().st_size > 1000
    assert "Each line takes two presets, and one of them is missing" in report
    assert (out / "side-by-side.png").stat().st_size > 1000


def test_a_run_has_a_row_an_epoch_and_an_answer_a_test_picture(out: Path) -> None:
    run = out / "runs" / "first-apart-1"
    assert len((run / "curve.csv").read_text().splitlines()) == 1 + 2
    facts = json.loads((run / "run.json").read_text())
    answers = (run / "answers.csv").read_text().splitlines()
    assert len(answers) == 1 + sum(facts["sides"]["test"].values())
    assert answers[0] == "file,label,language,channel,human,synthetic,other"
    assert facts["made_of"]["training"]["learning_rate"] == 0.01


def test_what_is_finished_is_not_trained_again_what_was_interrupted_is(
    folders: Folders, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (out / "runs" / "first-apart-1" / "answers.csv").read_text()
    (out / "runs" / "sounds-1" / "run.json").unlink()
    study(folders, out, Choice(PRESETS, seeds=1, epochs=2), Here(), "the command")
    said = capsys.readouterr().out
    assert "runs/first-apart-1: was trained before" in said
    assert "runs/sounds-1: trained" in said
    assert (out / "runs" / "first-apart-1" / "answers.csv").read_text() == whole


def test_other_settings_are_trained_anew(
    folders: Folders, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study(folders, out, Choice(("sounds",), seeds=1, epochs=1), Here(), "")
    assert "runs/sounds-1: trained" in capsys.readouterr().out


def test_a_preset_without_its_clips_is_named_in_the_report(
    folders: Folders, tmp_path: Path
) -> None:
    lacking = Folders(folders.clips, folders.clips, folders.clips, language="xx")
    missing = study(lacking, tmp_path, Choice(("final",), epochs=1), Here(), "")
    assert missing == [f"final: {folders.clips} lists no human xx clip"]
    assert f"Missing: {missing[0]}." in (tmp_path / "report.md").read_text()
