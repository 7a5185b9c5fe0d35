"""`ouvido check FOLDER`, with the real network, as a user would call it."""

import csv
import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.bot.cli.check.test_check import ENVIRONMENT, check, command
from tests.sounds import encode, noise, speech

HEADING = b"path,sha256,"


@pytest.fixture(scope="module")
def parent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the folder `notes`."""
    parent = tmp_path_factory.mktemp("parent")
    notes = parent / "notes"
    (notes / "sub").mkdir(parents=True)
    (notes / "empty").mkdir()
    (notes / "voice.ogg").write_bytes(encode(speech(6.0), "ogg"))
    (notes / "sub" / "no ending").write_bytes(encode(noise(3.0), "wav"))
    (notes / "letter.ogg").write_bytes(b"Dear Ana")
    (notes / "sub" / "dead.ogg").symlink_to("nowhere")
    return parent


def test_a_folder_is_heard_and_what_is_passed_over_is_named(parent: Path) -> None:
    done = check(parent, "--json", "notes")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["notes/voice.ogg", "notes/sub/no ending"]
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "notes/letter.ogg: passed over: not sound",
        "notes/sub/dead.ogg: passed over: a link that leads nowhere",
        "Heard: 2. Not heard: 0. Passed over: 2. Had a row already: 0.",
    ]


def test_what_was_named_itself_is_never_passed_over(parent: Path) -> None:
    done = check(parent, "--json", "notes/letter.ogg")
    assert json.loads(done.stdout)["error"]["message"]
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("language", ["pt-BR", "en", "es"])
def test_a_folder_without_sound_is_no_success(parent: Path, language: str) -> None:
    done = check(parent, "notes/empty", "--language", language)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("0") == 4
    assert len(done.stderr.splitlines()) == 1


def test_a_table_has_the_answers_of_the_json_and_its_own_run_continues(
    parent: Path, tmp_path: Path
) -> None:
    table, out = tmp_path / "table.csv", tmp_path / "out"
    done = check(parent, "notes", "-", "absent.ogg", "--csv", str(table), "--out", str(out))
    assert (done.returncode, done.stdout) == (1, "")
    with table.open(newline="") as opened:
        rows = {row["path"]: row for row in csv.DictReader(opened)}
    assert list(rows) == ["notes/voice.ogg", "notes/sub/no ending", "-", "absent.ogg"]
    assert [rows["-"]["error"], rows["absent.ogg"]["error"]] == ["empty", "not_found"]
    voice = json.loads(check(parent, "--json", "notes/voice.ogg").stdout)
    row = rows["notes/voice.ogg"]
    assert (row["answer"], float(row["probability"])) == (voice["label"], voice["score"])
    assert (float(row["heard_seconds"]), row["model"]) == (voice["heard_seconds"], voice["model"])
    report = json.loads((out / "notes" / "voice.ogg.ouvido.json").read_bytes())
    assert report["verdict"]["score"] == voice["score"]
    assert report["file"]["sha256"] == row["sha256"]
    before = table.read_bytes()
    again = check(parent, "notes", "absent.ogg", "--csv", str(table), "--out", str(out))
    assert (again.returncode, table.read_bytes()) == (1, before)
    assert again.stderr.endswith("Heard: 0. Not heard: 0. Passed over: 2. Had a row already: 3.\n")


def test_a_file_whose_report_cannot_be_kept_gets_no_row_so_that_it_comes_again(
    parent: Path, tmp_path: Path
) -> None:
    table, out = tmp_path / "table.csv", tmp_path / "out"
    out.mkdir()
    (out / "sub").write_bytes(b"in the way")
    arguments = ("notes", "--csv", str(table), "--out", str(out))
    done = check(parent, *arguments)
    assert done.returncode == 1
    assert "The report of notes/sub/no ending can't be kept: " in done.stderr
    assert b"no ending" not in table.read_bytes()
    (out / "sub").unlink()
    assert check(parent, *arguments).returncode == 0
    assert (out / "sub" / "no ending.ouvido.pdf").stat().st_size > 1000
    assert b"no ending" in table.read_bytes()


def test_a_table_may_be_written_to_a_pipe_that_is_closed(parent: Path) -> None:
    with subprocess.Popen(
        command(*["notes/voice.ogg"], "notes/sub/no ending", "--csv", "-"),
        cwd=parent,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(HEADING)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--csv", "/dev/full"), 1, "check had to stop: /dev/full: No space left on device."),
        (("--csv", "notes"), 2, "--csv notes can't be written: Is a directory."),
        (
            ("--csv", "notes/letter.ogg"),
            2,
            "--csv notes/letter.ogg holds something else than a table of check: name another file.",
        ),
        (
            ("--out", "notes/letter.ogg"),
            2,
            "--out must name a folder to write to; notes/letter.ogg is a file.",
        ),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    parent: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    done = check(parent, "notes", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"{sentence}\n")
    assert (parent / "notes" / "letter.ogg").read_bytes() == b"Dear Ana"


def test_names_that_are_no_text_come_through_tables_and_trees(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    names = [os.fsdecode(b"\xe1udio.wav"), "two\nlines.wav", "-x.wav", "\x1b[2J.wav"]
    sound = encode(noise(1.5), "wav")
    for name in names:
        (notes / name).write_bytes(sound)
    done = check(notes, ".", "--csv", "../t.csv", "--out", "../out")
    assert done.stderr == "Heard: 4. Not heard: 0. Passed over: 0. Had a row already: 0.\n"
    rows = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = sorted(row.partition(",")[0] for row in rows)
    assert cells == sorted([r"\udce1udio.wav", r"two\nlines.wav", "./-x.wav", r"\x1b[2J.wav"])
    pictures = {path.name for path in (tmp_path / "out").glob("*.jpg")}
    assert pictures == {f"{name}.ouvido.jpg" for name in names}
    assert "already: 4" in check(notes, ".", "--csv", "../t.csv").stderr


def test_the_bar_of_a_run_that_goes_on_begins_where_the_last_one_ended(
    parent: Path, tmp_path: Path
) -> None:
    arguments = ("notes", "--csv", str(tmp_path / "table.csv"))
    assert check(parent, *arguments).returncode == 0
    ours, theirs = pty.openpty()
    subprocess.run(command(*arguments), cwd=parent, env=ENVIRONMENT, stderr=theirs, check=True)
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    assert re.findall(r"\d/\d", told) == ["3/4", "4/4"]  # two were answered, two are passed over
    assert told.count("passed over: ") == 2
