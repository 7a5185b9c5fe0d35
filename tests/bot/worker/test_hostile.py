"""Bombs, lies and references go through the boxed decoder: what each costs, and where it gets.

After its decoding, which is measured, a file costs what as many seconds of any sound cost. All of
it costs at most 1.5 times a note of five minutes where the decoding leaves that much.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.worker import landlock
from bot.worker.process import _environment as environment
from tests.bot.worker import hostile_files
from tests.fuzz.watch import Watch
from tests.inference.decoding.test_containers import REFERENCES

NOTE = "a note of five minutes"
MOST = 1.5  # times the note
# What becomes of each: seconds that are heard, or the error and a piece of its reason.
OUTCOMES: dict[str, float | tuple[str, str]] = {
    "Opus of 20 hours": 300.0,
    "FLAC of 20 hours": 300.0,
    "FLAC of 8 channels at 655 kHz": ("TookTooLong", "longer to decode than any recording"),
    "10,000 chained Ogg streams": 30.0,
    "8 silent tracks": 300.0,
    "MP4 of a million samples": 62.5,
    "MP4 of a million listed samples": 62.5,
    "MP4 of a million chunks": 7.5,  # the first 120,000
    "MP4 that lists 2^32 - 1 samples": 5.0,
    "MP4 that has 2^31 - 1 samples": 5.0,
    "cover of 100 megapixels in MP3": 5.0,
    "cover of 100 megapixels in FLAC": 5.0,
    "cover of 100 megapixels in M4A": 5.0,
    "header of 15 MB": 5.0,
    "header of 500,000 titles": 5.0,
    "WAV of 64 channels": ("Undecodable", "64 channels"),
    "WAV of 65,535 channels": ("Undecodable", "Too many channels: 65535"),
    "WAV of no channel": ("Undecodable", "channel"),
    "Opus of 255 channels": ("Undecodable", ""),
    "Opus of 8 channels": 300.0,
    "WAV that says 4 GB": 5.0,
    "WAV that says nothing": 5.0,
    "WAV whose samples have no bytes": 5.0,
    "WAV whose samples have 65,535 bytes": 5.0,
}

# A process of its own for each file, forked from one that is in the box: what it and its decoder
# took is its own.
RUNNER = """
import json, os, resource, sys
from pathlib import Path
from bot.worker import box
from inference.decoding.audio import hear
from inference.detector import Detector
from inference.metadata import evidence
from inference.pipeline import judge
from inference.registry import default_model

def heard(data):
    audio = hear(data, 300.0)
    evidence.gather(data, audio.duration_seconds)
    return len(audio.samples) / 16_000

def judged(data):
    return judge(data, Detector(default_model()), 300.0).verdict.heard_seconds

def told(run, data):
    try:
        return run(data)
    except Exception as error:
        return [type(error).__name__, str(error)]

files = [Path(name).open("rb") for name in sys.argv[1:]]
closed = str(box.close())
for file in files:
    if not os.fork():
        outcome = told(judged if file is files[0] else heard, file.read())
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        seconds = sum(one.ru_utime + one.ru_stime for one in used)
        memory = sum(one.ru_maxrss for one in used)  # KiB; of the children the largest
        print(json.dumps([Path(file.name).name, outcome, seconds, memory, closed]), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What became of each file, and what it cost; `seen`: what else happened meanwhile."""
    scratch, watched, files = (tmp_path_factory.mktemp(name) for name in ("a", "b", "c"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(watched)
        watch = Watch(watched, port=0)
        content = {NOTE: hostile_files.five_minutes(scratch)}
        content |= hostile_files.everything(scratch) | _references(watch, watched)
        for name, data in content.items():
            (files / name).write_bytes(data)
        watch.seen()
        done = subprocess.run(
            [sys.executable, "-P", "-c", RUNNER, *(str(files / name) for name in content)],
            env=environment(),
            stdout=subprocess.PIPE,
            check=True,
        )
        results = [json.loads(line) for line in done.stdout.splitlines()]
        yield {name: facts for name, *facts in results} | {"seen": watch.seen()}
        watch.close()


def _references(watch: Watch, watched: Path) -> dict[str, bytes]:
    [canary] = watched.iterdir()
    places = {
        "server": f"http://127.0.0.1:{watch.port}/a.ts",
        "rtsp": f"rtsp://127.0.0.1:{watch.port}/a",
        "file": str(canary),
        "url": f"file:{canary}",
        "concat": f"concat:{canary}|{canary}",
    }
    made = {}
    for kind, text in REFERENCES.items():
        for name, place in places.items():
            data = text.format(place=place, port=watch.port).encode()
            made[f"{kind}, {name}"] = data
            made[f"{kind}, {name}, behind titles"] = hostile_files.id3(b"") + data
    return made


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_hostile_file_is_heard_or_refused_and_costs_no_more(
    name: str, told: dict[str, Any]
) -> None:
    outcome, seconds, memory, _ = told[name]
    expected = OUTCOMES[name]
    if isinstance(expected, tuple):
        assert outcome[0] == expected[0]
        assert expected[1] in outcome[1]
    else:
        assert outcome == pytest.approx(expected, abs=0.1)
    heard, note_seconds, note_memory, _ = told[NOTE]
    assert heard == pytest.approx(300.0, abs=0.1)
    judged = 0.0 if isinstance(expected, tuple) else expected / heard  # of what the note's costs
    assert seconds < (MOST - judged) * note_seconds + 1.0
    assert memory < MOST * note_memory


def test_no_reference_is_followed_and_nothing_else_opened(told: dict[str, Any]) -> None:
    references = [name for name in told if name.partition(",")[0] in REFERENCES]
    assert len(references) == 10 * len(REFERENCES)
    for name in references:
        assert told[name][0][0] in ("Undecodable", "NotSound"), name
    assert told["seen"] == ""


def test_all_of_it_happened_in_the_box(told: dict[str, Any]) -> None:
    boxes = {facts[3] for name, facts in told.items() if name != "seen"}
    assert len(boxes) == 1
    assert (f"Landlock ABI {landlock.version()}" in boxes.pop()) == bool(landlock.version())
