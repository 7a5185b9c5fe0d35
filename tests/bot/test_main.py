"""The program from outside: what it refuses, what it says, what it keeps to itself."""

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli import doctor
from bot.texts import texts_for

ROOT = Path(__file__).parents[2]


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return run_into(subprocess.PIPE, arguments, settings)


def unread(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it where nobody reads its standard output."""
    read, write = os.pipe()
    os.close(read)
    try:
        return run_into(write, arguments, settings)
    finally:
        os.close(write)


def run_into(
    stdout: int, arguments: Sequence[str], settings: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OUVIDO_PORT": "0", **settings},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"OUVIDO_PORT": "http"}, "OUVIDO_PORT must be a whole number from 0 to 65535, not http."),
        (
            {"OUVIDO_HOST": "192.0.2.1"},
            "Nothing can be served at OUVIDO_HOST 192.0.2.1, OUVIDO_PORT 0 (Cannot assign "
            "requested address). Set OUVIDO_HOST to an address of this machine, such as 127.0.0.1.",
        ),
        ({"OUVIDO_HOST": "nowhere.invalid"}, "Set OUVIDO_HOST to an address of this machine"),
        ({"OUVIDO_HOST": "no..name"}, "OUVIDO_PORT 0 (no name of a machine). Set OUVIDO_HOST"),
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
    assert done.stderr.count("\n") == 1  # nor does the log tell of an end of what never began


def test_a_port_that_is_taken_is_what_to_change() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(OUVIDO_PORT=str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert done.stderr.endswith("(Address already in use). Set another OUVIDO_PORT.\n")


def test_the_terminals_language_is_spoken() -> None:
    words = texts_for("en", "en").error("not_found", 1)
    assert words in run("check", "absent.ogg", LANG="en_US.UTF-8").stdout


def test_files_can_be_checked_where_the_bot_is_set_up_wrongly(tmp_path: Path) -> None:
    data, wrong = tmp_path / "data", "no token"
    done = run(
        "check", "absent.ogg", TELEGRAM_BOT_TOKEN=wrong, OUVIDO_PORT="http", DATA_DIR=str(data)
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert not data.exists()


def test_run_is_what_nothing_is() -> None:
    assert run("run", OUVIDO_PORT="http").stderr == run(OUVIDO_PORT="http").stderr != ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], "Usage: ouvido run"),
        (["-h"], "Usage: ouvido run"),
        (["run", "--help"], "usage: ouvido run"),
        (["doctor", "--help"], "usage: ouvido doctor"),
        (["check", "--help"], "usage: ouvido check"),
        (["quiz", "--help"], "usage: ouvido quiz"),
        (["botfather", "--help"], "usage: ouvido botfather"),
        (["restore", "--help"], "usage: ouvido restore"),
        (["backup", "--help"], "usage: ouvido backup"),
        (["quiz", "add", "--help"], "usage: ouvido quiz add"),
        (["quiz", "list", "--help"], "usage: ouvido quiz list"),
    ],
)
def test_help_is_what_was_asked_for_whatever_the_settings(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    wrong = {"LOG_LEVEL": "loud", "LANGUAGE": "tlh", "TELEGRAM_BOT_TOKEN": "?", "MODEL": "none"}
    done = run(*arguments, **wrong, DATA_DIR="/proc/none", HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(words)


def test_the_version_is_that_of_the_last_release() -> None:
    released = re.search(r"^## \[(\d.*?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert released is not None
    assert run("--version").stdout == f"ouvido {released[1]}\n"


@pytest.mark.parametrize("command", ["doctor", "quiz list", "--help", "check --help"])
def test_a_pipe_that_nobody_reads_ends_any_command_quietly(command: str, tmp_path: Path) -> None:
    done = unread(*command.split(), DATA_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("command", ["doctor", "quiz list", "--help", "--version", "check --help"])
def test_a_full_disk_behind_any_output_is_told_in_a_sentence(command: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run_into(full.fileno(), command.split(), {"DATA_DIR": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr == "ouvido had to stop: No space left on device.\n"


def test_the_service_ends_with_a_pipe_that_nobody_reads(tmp_path: Path) -> None:
    done = unread("run", DATA_DIR=str(tmp_path))
    assert done.returncode == 141
    assert all(" INFO " in line for line in done.stderr.splitlines())  # its log, no traceback


def test_a_closed_standard_output_is_no_mistake() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} -P -m bot --version >&-"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_another_connection_that_breaks_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(doctor, "main", broken)
    with pytest.raises(BrokenPipeError):
        main(["doctor"])


def test_an_unknown_command_is_answered_with_the_usage() -> None:
    done = run("chek")
    assert (done.returncode, "check FILE" in done.stderr) == (2, True)
