"""The command line: one clear sentence for what can't be done, and nothing else."""

import sys
from pathlib import Path

import pytest

from dataset import __main__ as command
from dataset import manifest, toy_corpus


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    toy_corpus.write(tmp_path / "clips", 2)
    return tmp_path / "clips"


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["dataset", *map(str, arguments)])
    return command.main()


@pytest.mark.parametrize("below", ["", "counterparts"])
def test_what_is_read_is_never_written_into(
    below: str,
    clips: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = (clips / manifest.NAME).read_bytes()
    engine = ("--engine", "world", "--in", clips)
    assert _run(monkeypatch, "synthesise", *engine, "--out", clips / below) == 1
    assert "name another one for --out" in capsys.readouterr().err
    assert (clips / manifest.NAME).read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("augment", "--preset", "level", "--copies", "0"),
        ("augment", "--preset", "level", "--workers", "-1"),
        ("synthesise", "--engine", "nobody"),
    ],
)
def test_numbers_and_names_that_make_no_sense_are_refused(
    arguments: tuple[str, ...], clips: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit, match="2"):
        _run(monkeypatch, *arguments, "--in", clips, "--out", tmp_path / "out")


@pytest.mark.parametrize("shares", [("0", "0", "0"), ("-1", "1", "1")])
def test_shares_that_make_no_sense_are_refused(
    shares: tuple[str, ...],
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = ("--in", clips, "--out", tmp_path / "out")
    assert _run(monkeypatch, "split", "--shares", *shares, *out) == 1
    assert "not negative" in capsys.readouterr().err


def test_a_disk_that_refuses_is_one_sentence(
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()
    to = ("--in", clips, "--out", tmp_path / "file")
    assert _run(monkeypatch, "export", "--format", "webdataset", *to) == 1
    told = capsys.readouterr().err
    assert "exists" in told
    assert len(told.splitlines()) == 1


def test_ctrl_c_says_how_to_go_on(
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dataset.export.export", stopped)
    to = ("--in", clips, "--out", tmp_path / "out")
    assert _run(monkeypatch, "export", "--format", "webdataset", *to) == 130
    assert "the same command goes on" in capsys.readouterr().err


def test_an_environment_without_tensorflow_is_told_which_one_has_it(
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "dataset.vocoder_training.fit", None)
    assert _run(monkeypatch, "vocoder", "train", "--in", clips, "--run", tmp_path / "run") == 1
    assert "scripts/venv .venv-training" in capsys.readouterr().err
