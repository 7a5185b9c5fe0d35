"""`python -m training evaluate`: what it leaves, and what it refuses to begin with."""

import json
import shutil
from pathlib import Path

import pytest

from dataset.manifest import Clip
from inference import accuracy
from inference.registry import default_model
from tests.training.answers import answer, crowd
from training.__main__ import main
from training.evaluation.baselines import read
from training.evaluation.robustness import Conditions, RobustnessConfig
from training.report import evaluate
from training.report.numbers import FILE

ANSWERS = crowd(2.0)


@pytest.fixture
def _scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is scored here: `test_served` does that."""
    lost = answer("human", 0.5, file="lost.ogg").clip

    def parity(_model: Path, _folder: Path, clips: list[Clip]) -> float:
        assert lost not in clips
        return 0.05

    def scored_under_conditions(*_: object) -> Conditions:
        return {"codecs": {"as they are": ANSWERS, "a telephone": ANSWERS}}

    monkeypatch.setattr(evaluate, "of_split", lambda *_: [lost])
    monkeypatch.setattr(evaluate, "answers", lambda *_: (ANSWERS, [(lost, "it is gone")]))
    monkeypatch.setattr(evaluate, "parity", parity)
    monkeypatch.setattr(evaluate, "scored_under_conditions", scored_under_conditions)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["training", "evaluate", *map(str, arguments)])
    return main()


@pytest.mark.usefixtures("_scored")
def test_it_leaves_a_card_its_figures_and_its_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "human").mkdir()
    (tmp_path / "human" / "a.wav").write_bytes(b"")
    (tmp_path / "work").mkdir()
    card, figures = tmp_path / "new" / "CARD.md", tmp_path / "docs" / "figures"
    work = tmp_path / "work"
    options = ("--clips", tmp_path, "--conditions", "codecs", "--jobs", 1)
    status = run(monkeypatch, *options, "--out", card, "--figures", figures, "--work", work)
    assert status == 1  # a clip was lost
    printed = capsys.readouterr()
    assert "not scored: lost.ogg: it is gone" in printed.err
    assert "|dev|" in printed.out
    assert "|answer or lean|leans|right|" in printed.out
    page = card.read_text()
    assert "|a telephone|" in page
    assert "](../docs/figures/det.png)" in page
    assert (figures / "det.png").exists()
    numbers = json.loads((figures / FILE).read_text())
    assert set(numbers["conditions"]["codecs"]) == {"as they are", "a telephone"}
    assert "on the other half" in printed.out
    (scores,) = work.glob("*-dev.csv")
    assert len(read(scores)) == len(ANSWERS)


@pytest.mark.usefixtures("_scored")
def test_the_counts_for_the_bot_stand_beside_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "human").mkdir()
    (tmp_path / "human" / "a.wav").write_bytes(b"")
    model = shutil.copyfile(default_model(), tmp_path / "mine-1.onnx")
    run(monkeypatch, "--clips", tmp_path, "--model", model, "--jobs", 1, "--accuracy")
    told = accuracy.read(model)
    assert told is not None
    assert told.groups["all"].people.clips == sum(a.clip.label == "human" for a in ANSWERS)
    assert told.groups["as_recorded"] == told.groups["all"]


def test_what_nothing_would_tell_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = tmp_path / "rain" / "noise" / "n.wav"
    for folder in (tmp_path / "clips" / "human", noise.parent):
        folder.mkdir(parents=True)
        (folder / "n.wav").write_bytes(b"")
    clips = tmp_path / "clips"
    robustness = RobustnessConfig(("codecs",), 8, (noise,))
    order = evaluate.EvalConfig(Path("model"), clips, "dev", 1, robustness=robustness)
    with pytest.raises(ValueError, match="--conditions, --limit, --noise: without --out"):
        evaluate.evaluate(order)


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [("--conditions", "codecs,rain", "rain"), ("--peer", "nothing", "table of scores")],
)
def test_an_option_that_means_nothing_is_refused_at_once(
    option: str,
    value: str,
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, "--clips", "nowhere", option, value)
    assert complaint in capsys.readouterr().err
