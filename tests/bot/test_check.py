"""The command in the terminal, run as a process of its own on made sounds."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.check import picture_names
from tests.sounds import encode, noise, speech

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sounds")
    (folder / "voice.ogg").write_bytes(encode(speech(6.0), "ogg"))
    (folder / "voice.mp3").write_bytes(encode(speech(3.0, seed=2), "mp3"))
    (folder / "noise.wav").write_bytes(encode(noise(3.0), "wav"))
    (folder / "broken.ogg").write_bytes(b"\x00" * 1000)
    (folder / "empty.ogg").write_bytes(b"")
    return folder


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it where the sounds are, as a user would, far from the repository."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}
    command = [sys.executable, "-P", "-m", "bot", "check", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_a_verdict_is_readable_and_every_file_answered_is_success(sounds: Path) -> None:
    done = check(sounds, "voice.ogg", "noise.wav")
    assert (done.returncode, done.stderr) == (0, "")
    voice, noisy = done.stdout.strip().split("\n\nnoise.wav\n")
    assert voice.startswith("voice.ogg\n  ")
    assert "s of speech" in voice
    assert "I can't tell" in noisy


def test_json_is_one_object_a_line_in_the_order_given(sounds: Path) -> None:
    files = ["voice.mp3", "broken.ogg", "voice.ogg", "absent.ogg", "empty.ogg", "."] + [
        "noise.wav"
    ] * 10
    done = check(sounds, "--json", "--jobs", "3", *files)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == files
    assert done.returncode == 1
    codes = {line["file"]: line["error"]["code"] for line in lines if "error" in line}
    assert codes == {
        "broken.ogg": "undecodable",
        "absent.ogg": "not_found",
        "empty.ogg": "empty",
        ".": "not_found",
    }
    voice = lines[0]
    assert list(voice) == ["file", "label", "score", "reasons", "seconds", "windows", "model"]
    assert voice["label"] in ("human", "synthetic", "inconclusive")
    assert 0.01 <= voice["score"] <= 0.99
    assert voice["windows"][0].keys() == {"start", "end", "score"}


def test_pictures_are_kept_and_never_on_top_of_each_other(sounds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pictures"
    done = check(sounds, "--picture", str(folder), "voice.ogg", "voice.mp3", "broken.ogg")
    assert done.returncode == 1
    assert sorted(path.name for path in folder.iterdir()) == ["voice-2.jpg", "voice.jpg"]
    with Image.open(io.BytesIO((folder / "voice-2.jpg").read_bytes())) as picture:
        picture.load()
        assert picture.width >= 600


def test_a_picture_gets_a_name_that_is_free() -> None:
    files = ["a/x.ogg", "b/x.ogg", "x-2.ogg", "x.mp3", "y"]
    assert list(picture_names(files)) == ["x.jpg", "x-2.jpg", "x-2-2.jpg", "x-3.jpg", "y.jpg"]


def test_the_language_can_be_chosen(sounds: Path) -> None:
    assert "Este archivo no existe" in check(sounds, "--language", "es", "absent.ogg").stdout
    assert check(sounds, "--language", "tlh", "voice.ogg").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "required: FILE"),
        (("--jobs", "0", "voice.ogg"), "--jobs must be 1 or more"),
        (("--picture", "voice.ogg", "voice.ogg"), "--picture must name a folder"),
    ],
)
def test_a_wrong_call_is_told_from_a_failure(
    sounds: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = check(sounds, *arguments)
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_reader_that_has_enough_ends_it_quietly(sounds: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "bot", "check", "--json", *["noise.wav"] * 30]
    with subprocess.Popen(
        command, cwd=sounds, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1


def test_a_terminal_sees_a_bar_that_leaves_no_trace_in_the_lines(sounds: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "bot", "check", "--json", *["noise.wav"] * 3]
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command, cwd=sounds, env=environment, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    bar = os.read(ours, 65536).decode()
    os.close(ours)
    assert "1/3" in bar
    assert "3/3" in bar
    assert bar.endswith("\x1b[K")
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["noise.wav"] * 3
