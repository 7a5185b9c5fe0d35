"""The command in the terminal, run as a process of its own on made sounds."""

import io
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.cli.check.lines import text_lines
from bot.texts import texts_for
from bot.worker.pool import Detection
from tests.bot.stand_ins import EVIDENCE, verdict
from tests.sounds import encode, noise, speech

ROOT = Path(__file__).parents[4]
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANGUAGE": "en"}


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
    return subprocess.run(
        command(*arguments), cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "bot", "check", *arguments]


def test_a_verdict_is_readable_and_every_file_answered_is_success(sounds: Path) -> None:
    done = check(sounds, "voice.ogg", "noise.wav")
    assert (done.returncode, done.stderr) == (0, "")
    voice, noisy = done.stdout.strip().split("\n\nnoise.wav\n")
    assert voice.startswith("voice.ogg\n  ")
    assert re.search(r"I heard 0:0\d of speech", voice)
    assert "│" in voice  # the bar, where there is no picture
    assert "│" not in noisy
    assert "I can't tell" in noisy


def test_json_is_one_object_a_line_in_the_order_given(sounds: Path) -> None:
    files = ["voice.mp3", "broken.ogg", "voice.ogg", "absent.ogg", "empty.ogg", "/dev/null"] + [
        "noise.wav"
    ] * 10
    done = check(sounds, "--json", "--jobs", "3", *files)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == files
    assert done.returncode == 1
    codes = {line["file"]: line["error"]["code"] for line in lines if "error" in line}
    assert codes == {
        "broken.ogg": "unknown_file",
        "absent.ogg": "not_found",
        "empty.ogg": "empty",
        "/dev/null": "not_found",
    }
    voice = lines[0]
    assert list(voice) == [
        "file",
        "label",
        "lean",
        "score",
        "reasons",
        "seconds",
        "duration_seconds",
        "heard_seconds",
        "channel",
        "track",
        "tracks",
        "windows",
        "model",
        "pictured",
        "segments",
    ]
    assert voice["label"] in ("human", "synthetic", "inconclusive")
    assert 0.01 <= voice["score"] <= 0.99
    assert voice["windows"][0].keys() == {"start", "end", "score"}


def test_words_about_the_marks_stand_with_the_picture_of_a_machine() -> None:
    found = Detection("", replace(verdict(), pictured=False), EVIDENCE)
    texts = texts_for("en", "en")
    said = text_lines("a.ogg", found, texts, 0, drawn=True)
    assert said.endswith(f"\n\n  {texts.marks(found.verdict)}\n")
    assert "The blue line" in said
    assert texts.say("verdict", "partly") in said
    assert "picture" not in text_lines("a.ogg", found, texts, 0, drawn=False)
    person = replace(found, verdict=verdict(0.1))
    assert "picture" not in text_lines("a.ogg", person, texts, 0, drawn=True)


def test_pictures_are_kept_and_never_on_top_of_each_other(sounds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "pictures"
    done = check(sounds, "--picture", str(folder), "voice.ogg", "voice.mp3", "broken.ogg")
    assert done.returncode == 1
    assert sorted(path.name for path in folder.iterdir()) == ["voice-2.jpg", "voice.jpg"]
    with Image.open(io.BytesIO((folder / "voice-2.jpg").read_bytes())) as picture:
        picture.load()
        assert picture.width >= 600


def test_a_picture_never_takes_the_place_of_what_is_there(sounds: Path, tmp_path: Path) -> None:
    (tmp_path / "voice.jpg").write_bytes(b"holiday")
    (tmp_path / "voice-2.jpg").mkdir()
    done = check(sounds, "--picture", str(tmp_path), "voice.ogg")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "voice.jpg").read_bytes() == b"holiday"
    assert (tmp_path / "voice-3.jpg").read_bytes().startswith(b"\xff\xd8")


def test_the_longest_name_has_room_for_its_picture(sounds: Path, tmp_path: Path) -> None:
    long = tmp_path / ("ã" * 127)  # 254 bytes; file systems take 255
    long.write_bytes((sounds / "noise.wav").read_bytes())
    folder = tmp_path / "pictures"
    done = check(sounds, "--picture", str(folder), str(long), str(long))
    assert (done.returncode, done.stderr) == (0, "")
    kept = sorted(path.name for path in folder.iterdir())
    assert [name.strip("ã") for name in kept] == ["-2.jpg", ".jpg"]


def test_a_picture_that_cannot_be_kept_costs_only_itself(sounds: Path) -> None:
    done = check(sounds, "--json", "--picture", "/proc", "voice.ogg", "noise.wav")
    assert done.returncode == 1
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == [
        "voice.ogg",
        "noise.wav",
    ]
    assert done.stderr.count("can't be kept") == len(done.stderr.splitlines()) == 2


def test_a_full_disk_behind_the_output_is_told_in_a_sentence(sounds: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("noise.wav"),
            cwd=sounds,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_any_name_can_be_told_in_any_terminal(
    sounds: Path, tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENVIRONMENT, "PYTHONIOENCODING", encoding)
    name = os.fsdecode(b"\xe1udio\x1b[2J.wav")  # Latin-1, and it would clear the screen
    (tmp_path / name).write_bytes((sounds / "noise.wav").read_bytes())
    told = check(tmp_path, name)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("\\udce1udio\\x1b[2J.wav\n")
    assert json.loads(check(tmp_path, "--json", name).stdout)["file"] == name


def test_the_language_can_be_chosen(sounds: Path) -> None:
    assert "no es un archivo" in check(sounds, "--language", "es", "absent.ogg").stdout
    assert "não é um arquivo" in check(sounds, "--language", "pt", "absent.ogg").stdout
    refused = check(sounds, "--language", "tlh", "voice.ogg")
    assert refused.returncode == 2
    assert "must be one of pt-BR, en, es, not tlh" in refused.stderr


def test_standard_input_is_a_file_like_any_other(sounds: Path, tmp_path: Path) -> None:
    with (sounds / "voice.mp3").open("rb") as voice:
        done = subprocess.run(
            command("--json", "--picture", str(tmp_path), "-", "voice.mp3"),
            cwd=sounds,
            env=ENVIRONMENT,
            stdin=voice,
            capture_output=True,
            text=True,
        )
    assert (done.returncode, done.stderr) == (0, "")
    piped, named = map(json.loads, done.stdout.splitlines())
    assert (piped.pop("file"), named.pop("file")) == ("-", "voice.mp3")
    assert piped == named
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["standard-input.jpg", "voice.jpg"]


@pytest.mark.parametrize("redirected", ["</dev/null", "<&-"], ids=["empty", "closed"])
def test_a_standard_input_without_anything_is_an_empty_file(sounds: Path, redirected: str) -> None:
    call = f"{shlex.join(command('--json', '-'))} {redirected}"
    done = subprocess.run(["/bin/sh", "-c", call], cwd=sounds, env=ENVIRONMENT, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["error"]["code"] == "empty"


def test_a_standard_input_that_can_not_be_read_is_told_in_a_sentence(sounds: Path) -> None:
    call = f"{shlex.join(command('-'))} 0>/dev/null"
    done = subprocess.run(["/bin/sh", "-c", call], cwd=sounds, env=ENVIRONMENT, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"check had to stop: Bad file descriptor.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "required: FILE"),
        (("--jobs", "0", "voice.ogg"), "--jobs must be 1 or more"),
        (("--minutes", "721", "voice.ogg"), "--minutes must be more than 0 and at most 720"),
        (
            ("--picture", "voice.ogg", "voice.ogg"),
            "must name a folder to write to; voice.ogg is a file.",
        ),
    ],
)
def test_a_wrong_call_is_told_from_a_failure(
    sounds: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = check(sounds, *arguments)
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_reader_that_has_enough_ends_it_quietly(sounds: Path) -> None:
    with subprocess.Popen(
        command("--json", *["noise.wav"] * 30),
        cwd=sounds,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


def test_a_terminal_sees_a_bar_that_leaves_no_trace_in_the_lines(sounds: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command("--json", *["noise.wav"] * 3),
        cwd=sounds,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    bar = os.read(ours, 65536).decode()
    os.close(ours)
    assert "1/3" in bar
    assert "3/3" in bar
    assert bar.endswith("\x1b[K")
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["noise.wav"] * 3


def test_a_long_file_is_heard_to_its_end_or_as_far_as_one_says(
    sounds: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.wav"
    long.write_bytes(encode(np.tile(speech(10.0), 11), "wav", rate=96_000))
    assert long.stat().st_size > 20 * 1024**2
    [whole] = map(json.loads, check(sounds, "--json", str(long)).stdout.splitlines())
    assert whole["heard_seconds"] == whole["duration_seconds"] == 110.0
    assert whole["windows"][-1]["end"] > 105
    cut = check(sounds, "--minutes", "0.1", "--language", "en", str(long)).stdout
    assert cut.splitlines()[1] == "  I heard the first 0:06 of 1:50."
