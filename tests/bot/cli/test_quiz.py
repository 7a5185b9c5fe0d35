"""`ouvido quiz` keeps an operator's recordings and says which languages can be played."""

import io
import sys
from pathlib import Path

import pytest

from bot.cli.quiz import main
from bot.services.quiz.own import folder_of, own
from bot.settings import Settings
from tests.sounds import encode, speech

HUMAN = ("--truth", "human", "--language", "pt", "--licence", "CC0 1.0")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    file = tmp_path / "note.ogg"
    file.write_bytes(encode(speech(5.0), "ogg"))
    return file


def test_what_is_added_is_listed_until_it_is_removed(
    settings: Settings, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(note), *HUMAN, "--attribution", "Ana"], settings) == 0
    [clip] = own(folder_of(settings))
    line = capsys.readouterr().out.splitlines()[0]
    assert main(["list"], settings) == 0
    assert capsys.readouterr().out.splitlines()[0] == line
    assert line == f"{Path(clip.file).stem}  human  pt  {clip.seconds:g} s  CC0 1.0  Ana"
    assert main(["remove", line.split()[0]], settings) == 0
    assert own(folder_of(settings)) == ()
    assert main(["remove", line.split()[0]], settings) == 1
    assert "ouvido quiz list" in capsys.readouterr().err


def test_it_says_when_a_language_can_be_played(
    settings: Settings, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["add", str(note), *HUMAN], settings)
    assert "pt: 1 of people, 3 of machines, not played" in capsys.readouterr().out
    note.write_bytes(encode(speech(5.0, seed=1), "ogg"))
    main(["add", str(note), *HUMAN], settings)
    assert "pt: 2 of people, 3 of machines, played" in capsys.readouterr().out


def test_a_recording_may_come_through_standard_input(
    settings: Settings, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(note.read_bytes())))
    assert main(["add", "-", *HUMAN], settings) == 0
    assert len(own(folder_of(settings))) == 1


@pytest.mark.parametrize("content", [b"no sound at all", None], ids=["no sound", "no file"])
def test_what_can_not_be_added_is_one_sentence(
    settings: Settings, note: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_bytes(content) if content else note.unlink()
    assert main(["add", str(note), *HUMAN], settings) == 1
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["add", "note.ogg"],
        ["add", "note.ogg", *HUMAN[2:], "--truth", "inconclusive"],
        ["add", "note.ogg", *HUMAN[:2], "--language", "xx", "--licence", "CC0"],
    ],
)
def test_a_wrong_call_is_told_how(settings: Settings, call: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(call, settings)
    assert ended.value.code == 2
