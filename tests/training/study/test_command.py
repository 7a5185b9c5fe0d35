"""Without options the command asks for the study's own numbers, and says what it lacks."""

import argparse
from pathlib import Path

import pytest

from dataset.execution.pool import Pool
from tests.pools import Here
from training.study import command
from training.study.presets import PRESETS


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    return parser.parse_args(["study", *arguments])


def test_all_presets_at_the_studys_numbers_unless_told() -> None:
    asked = options("--clips", "a", "--out", "b")
    assert asked.preset == list(PRESETS)
    assert (asked.epochs, asked.batch, asked.limit) == (None, None, None)


def test_a_folder_that_lacks_clips_is_told_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def here(asked: argparse.Namespace) -> Pool:
        return Here()

    monkeypatch.setattr(command, "pool_of", here)
    (tmp_path / "human").mkdir()
    (tmp_path / "human" / "one.wav").write_bytes(b"")
    asked = options("--clips", str(tmp_path), "--out", str(tmp_path / "out"), "--preset", "final")
    assert command.run(asked) == 1
    assert "missing: final: " in capsys.readouterr().err
