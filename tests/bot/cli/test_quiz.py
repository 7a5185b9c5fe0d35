"""`ouvido quiz` keeps an operator's recordings and says which languages can be played."""

import io
import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from bot.cli import quiz
from bot.services.quiz.own import folder_of, own
from bot.settings import Settings
from bot.texts import texts_for
from inference.decoding.audio import MAX_BYTES
from tests.sounds import encode, noise, speech

BIG = 21 * 1024**2  # bytes; Telegram lets a bot fetch 20

HUMAN = ("--truth", "human", "--language", "pt", "--licence", "CC0 1.0")


def main(arguments: list[str], settings: Settings) -> int:
    return quiz.main(quiz.parse(arguments), settings)


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


def test_a_recording_may_be_larger_than_telegrams_20_megabytes(
    settings: Settings, note: Path
) -> None:
    sound = np.tile(speech(10.0), 12)
    note.write_bytes(encode(sound, "wav", rate=96_000))
    assert note.stat().st_size > BIG
    assert main(["add", str(note), *HUMAN, "--part", "0", "5"], settings) == 0
    assert len(own(folder_of(settings))) == 1


def test_a_recording_may_come_through_a_named_pipe(
    settings: Settings, note: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(note.read_bytes(),))
    writer.start()
    assert main(["add", str(pipe), *HUMAN], settings) == 0
    writer.join()
    assert len(own(folder_of(settings))) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"no sound at all", "unknown_file"), (b"", "empty"), (None, "not_found")],
    ids=["text", "empty", "no file"],
)
def test_what_can_not_be_added_is_the_sentence_that_check_says(
    settings: Settings,
    note: Path,
    content: bytes | None,
    code: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    note.unlink() if content is None else note.write_bytes(content)
    assert main(["add", str(note), *HUMAN], settings) == 1
    assert capsys.readouterr() == ("", f"add: {texts_for('en', 'en').error(code, MAX_BYTES)}\n")


def test_why_a_recording_is_refused_is_said_in_words(
    settings: Settings, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_bytes(encode(speech(5.0) + noise(5.0), "ogg"))
    assert main(["add", str(note), *HUMAN], settings) == 1
    words = texts_for("en", "en").say("reasons", "noisy")
    told = capsys.readouterr().err
    assert told == f"add: It can't be judged and would be no fair question: {words}.\n"


def test_a_part_the_wrong_way_round_and_a_second_time_are_refused_in_a_sentence(
    settings: Settings, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(note), *HUMAN, "--part", "4", "1"], settings) == 1
    told = capsys.readouterr().err
    assert told == "add: --part must end after it begins, not begin at 4 s and end at 1 s.\n"
    assert main(["add", str(note), *HUMAN], settings) == 0
    assert main(["add", str(note), *HUMAN], settings) == 1
    assert capsys.readouterr().err.startswith("add: It was added before, as ")


def test_a_folder_that_can_not_be_made_is_told_without_numbers(
    settings: Settings, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.data_dir.write_bytes(b"")  # a file in its place
    assert main(["add", str(note), *HUMAN], settings) == 1
    told = capsys.readouterr().err
    assert told == f"add: {folder_of(settings)}: Not a directory.\n"


@pytest.mark.parametrize("name", ["pt", "pt-BR", "pt_PT", "PT"])
def test_a_language_goes_by_all_its_names(settings: Settings, note: Path, name: str) -> None:
    assert main(["add", str(note), *HUMAN, "--language", name], settings) == 0
    assert [clip.language for clip in own(folder_of(settings))] == ["pt"]


def test_an_unknown_language_is_refused_with_those_there_are(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["add", "note.ogg", *HUMAN, "--language", "tlh"], settings)
    assert ended.value.code == 2
    assert "must be one of pt-BR, en, es, not tlh" in capsys.readouterr().err


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
