"""An order that cannot be carried out ends with a sentence, not with a traceback."""

import sys
from pathlib import Path

import pytest

from training.__main__ import main


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *order: str | Path
) -> str:
    """What stderr says of an order that fails."""
    monkeypatch.setattr(sys, "argv", ["training", *map(str, order)])
    assert main() == 1
    return capsys.readouterr().err


def test_what_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere, run = tmp_path / "nowhere", tmp_path / "run"
    fit = said(monkeypatch, capsys, "fit", "--data", nowhere, "--run", run)
    assert fit == f"no arrays in {nowhere}: `python -m dataset spectrograms` makes some\n"
    assert not run.exists()
    for order in (
        ("card", nowhere),
        ("evaluate", "--clips", nowhere),
        ("export", "--run", nowhere, "--clips", nowhere, "--version", "1", "--out", tmp_path),
    ):
        error = said(monkeypatch, capsys, *order)
        assert str(nowhere) in error
        assert error.count("\n") == 1


def test_a_missing_module_is_named_with_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "training.fit.trainer", None)
    error = said(monkeypatch, capsys, "fit", "--data", tmp_path, "--run", tmp_path)
    assert "training.fit.trainer" in error
    assert "scripts/venv" in error


@pytest.mark.parametrize("option", ["--epochs", "--steps", "--batch"])
def test_nothing_is_trained_for_no_time(
    option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["training", "fit", "--data", "arrays", "--run", "run", option, "0"]
    monkeypatch.setattr(sys, "argv", order)
    with pytest.raises(SystemExit):
        main()
    assert "0 is below 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new"),
    [("join", "ensemble"), ("splices", "partial-spoof"), ("voices", "export-speaker-encoder")],
)
def test_a_command_with_an_old_name_runs_under_its_new_one(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["training", old, "--help"])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code == 0
    assert said.err == f"`{old}` is now called `{new}`\n"
    assert f"training {new}" in said.out
