"""`ouvido keys` from outside: what it shows, and what it says when it can't."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", "keys", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_key_is_shown_once_listed_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert run(folder, "list") == (0, "", "")
    code, key, hint = run(folder, "add", "the press")
    assert code == 0
    assert re.fullmatch(r"ouvido_[\w-]{43}\n", key)
    assert "Authorization: Bearer KEY" in hint
    code, _, _ = run(folder, "add", "lab", "--days", "30")
    assert code == 0
    _, listed, _ = run(folder, "list")
    lab, press = listed.splitlines()
    assert re.fullmatch(r"lab  since \S+ \S+ UTC  never used  until \S+ \S+ UTC", lab)
    assert re.fullmatch(r"the press  since \S+ \S+ UTC  never used", press)
    assert key.strip() not in listed
    assert key.strip().encode() not in b"".join(
        path.read_bytes() for path in folder.iterdir() if path.is_file()
    )
    assert run(folder, "remove", "lab") == (0, "", "")
    code, _, told = run(folder, "remove", "lab")
    assert (code, told) == (1, "There is no key lab; `ouvido keys list` shows what there is.\n")


def test_two_keys_of_one_name_are_refused_in_a_sentence(tmp_path: Path) -> None:
    run(tmp_path, "add", "press")
    code, shown, told = run(tmp_path, "add", "press")
    assert (code, shown, told.count("\n")) == (1, "", 1)
    assert told.startswith("There is already a key press")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", " "), "one line of at most 64 characters"),
        (("add", "a\nb"), "one line of at most 64 characters"),
        (("add", "x" * 65), "one line of at most 64 characters"),
        (("add", "x", "--days", "0"), "a whole number from 1"),
        ((), "required"),
    ],
)
def test_a_wrong_call_is_told_what_is_right(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, told = run(tmp_path, *arguments)
    assert code == 2
    assert words in told
