"""The program from outside: what it refuses, what it says, what it keeps to itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.texts import texts_for

ROOT = Path(__file__).parents[2]


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "0", **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "http"}, "PORT must be a whole number from 0 to 65535, not http."),
        ({"HOST": "192.0.2.1"}, "Nothing can be served at HOST 192.0.2.1"),
        ({"MODEL": __file__}, "test_main.py is not a model"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(settings: dict[str, str], words: str) -> None:
    done = run(**settings)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
    assert "@BotFather" not in done.stdout  # which would bury the sentence


def test_the_terminals_language_is_spoken() -> None:
    words = texts_for("en", "en").error("not_found", 1)
    assert words in run("check", "absent.ogg", LANG="en_US.UTF-8").stdout


def test_files_can_be_checked_where_the_bot_is_set_up_wrongly(tmp_path: Path) -> None:
    data, wrong = tmp_path / "data", "no token"
    done = run("check", "absent.ogg", TELEGRAM_BOT_TOKEN=wrong, PORT="http", DATA_DIR=str(data))
    assert (done.returncode, done.stderr) == (1, "")
    assert not data.exists()


def test_run_is_what_nothing_is() -> None:
    assert run("run", PORT="http").stderr == run(PORT="http").stderr != ""


def test_an_unknown_command_is_answered_with_the_usage() -> None:
    done = run("chek")
    assert (done.returncode, "check FILE" in done.stderr) == (2, True)
