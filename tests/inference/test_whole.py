"""A recording is heard to its end, or the verdict says how much of it was."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from inference.decoding.audio import SAMPLE_RATE, hear
from inference.detector import Detector
from inference.pipeline import judge
from inference.registry import default_model
from inference.speech import CHUNK, FRAME, measure
from inference.verdict import as_json, from_fields
from tests import sounds

MINUTES = 40
# The network runs once: what it needs does not grow with the recording, and its time would.
MEMORY = """
import re, sys
from datetime import date
from pathlib import Path
from inference.detector import Detector
from inference.drawing.picture import draw
from inference.pipeline import judge
from inference.registry import default_model
from inference.drawing.captions import Captions
from inference.verdict import ANSWERS, Reason

def most():  # kB; getrusage would tell that of the process that started this one
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

class Once(Detector):
    found = None
    def _run(self, inputs):
        self.found = self.found or super()._run(inputs)
        return self.found

detector = Once(default_model(), check=False)
before = most()
judgement = judge(open(sys.argv[1], "rb", buffering=0), detector, float(sys.argv[2]))
words = dict.fromkeys(ANSWERS, "It is so"), *2 * [dict.fromkeys(Reason, "Because.")]
draw(judgement, Captions(*words, "{percent}%", *5 * ["word"]), date(2026, 1, 2))
verdict = judgement.verdict
print(before // 1024, most() // 1024, verdict.heard_seconds, len(verdict.windows))
"""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(default_model())


def long_wav(file: Path, minutes: int, channels: int = 1) -> Path:
    minute = np.repeat((sounds.speech(60.0) * 20_000).astype("<i2"), channels).tobytes()
    with wave.open(str(file), "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(SAMPLE_RATE)
        for _ in range(minutes):
            made.writeframes(minute)
    return file


def test_forty_minutes_take_little_more_memory_than_their_samples(tmp_path: Path) -> None:
    file = long_wav(tmp_path / "long.wav", MINUTES)
    command = [sys.executable, "-c", MEMORY, str(file), "inf"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after, heard, windows = done.stdout.split()
    samples = MINUTES * 60 * SAMPLE_RATE * 2 // 1024**2
    assert float(heard) == MINUTES * 60
    assert int(windows) > MINUTES * 25
    assert int(after) - int(before) < samples + 60  # MB; as float32 the samples alone took twice
    assert int(after) < 330


STEREO = """
import re, sys
from pathlib import Path
from inference.decoding.audio import hear

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

before = most()
audio = hear(open(sys.argv[1], "rb", buffering=0), float("inf"))
print((most() - before) // 1024, len(audio.samples), audio.stereo is None)
"""


def test_forty_minutes_in_two_channels_take_three_times_their_samples(tmp_path: Path) -> None:
    """Both channels and their mean; more is nowhere held."""
    file = long_wav(tmp_path / "long.wav", MINUTES, channels=2)
    command = [sys.executable, "-c", STEREO, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    grown, count, is_one_voice = done.stdout.split()
    assert int(count) == MINUTES * 60 * SAMPLE_RATE
    assert is_one_voice == "True"
    assert int(grown) < 3 * int(count) * 2 // 1024**2 + 60  # MB


@pytest.mark.parametrize("container", ["ogg", "webm", "mp3", "aac", "wav", "m4a", "amr"])
def test_the_length_of_what_is_cut_is_known_whatever_the_container(container: str) -> None:
    audio = hear(sounds.encode(sounds.speech(9.0), container), 4.0)
    assert len(audio.samples) == 4 * SAMPLE_RATE
    assert audio.duration_seconds == pytest.approx(9.0, abs=0.3)


def test_a_cut_note_says_so_and_a_whole_one_does_not(detector: Detector) -> None:
    note = sounds.encode(sounds.speech(9.0), "ogg")
    cut = judge(note, detector, 5.0).verdict
    whole = judge(note, detector, 9.0).verdict
    assert cut.is_cut
    assert not whole.is_cut
    assert as_json(cut)["heard_seconds"] == 5.0
    assert as_json(cut)["duration_seconds"] == pytest.approx(9.0, abs=0.1)
    assert whole.heard_seconds == pytest.approx(9.0, abs=0.05)
    assert cut.windows[-1].end <= 5.0


def test_an_open_file_is_judged_as_its_bytes_are_and_may_be_larger(
    detector: Detector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "note.wav"
    note.write_bytes(sounds.encode(sounds.speech(6.0), "wav"))
    of_bytes = judge(note.read_bytes(), detector, 300.0)
    monkeypatch.setattr("inference.decoding.audio.MAX_BYTES", 1000)
    with note.open("rb", buffering=0) as file:
        assert judge(file, detector, 300.0).verdict == of_bytes.verdict


def test_progress_is_told_up_to_the_end(detector: Detector) -> None:
    told: list[tuple[float, float]] = []
    judge(
        sounds.encode(sounds.speech(9.0), "wav"),
        detector,
        300.0,
        progress=lambda heard, total: told.append((heard, total)),
    )
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (9.0, 9.0)


def test_minutes_are_measured_as_one_piece() -> None:
    """A swing, a mean and a peak do not end with the minute in which they began."""
    sound = np.clip(6 * sounds.speech(2.2 * CHUNK * FRAME / SAMPLE_RATE), -0.4, 0.4) + 0.05
    pieces, one = measure(sound.astype(np.float32)), None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("inference.speech.CHUNK", 10 * CHUNK)
        one = measure(sound.astype(np.float32))
    assert pieces.clipped > 0.01
    assert np.array_equal(pieces.active, one.active)
    for name in ("speech_seconds", "level", "snr", "bandwidth", "clipped"):
        assert getattr(pieces, name) == getattr(one, name), name


def test_samples_of_16_bits_are_measured_as_their_floats() -> None:
    coarse = (sounds.speech(20.0) * 32_768).round().astype(np.int16)
    fine = coarse.astype(np.float32) / np.float32(32_768)
    one, other = measure(coarse), measure(fine)
    assert np.array_equal(one.active, other.active)
    assert (one.level, one.clipped) == (other.level, other.clipped)


def test_a_verdict_of_an_older_version_knows_no_length() -> None:
    old = from_fields(
        {
            "score": 0.9,
            "thresholds": [0.4, 0.6],
            "reasons": [],
            "seconds": 12.3,
            "windows": [{"start": 0.0, "end": 4.0, "score": 0.9}],
            "model": "ouvido-0.3.0",
        }
    )
    assert not old.is_cut
    assert as_json(old)["heard_seconds"] is None
