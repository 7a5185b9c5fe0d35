"""The program eSpeak NG reads a clip's text: a formant synthesiser with about a hundred voices."""

import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.engines import draws
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

PACES = (110, 260)  # words a minute
USUAL_PACE = 165
PITCHES = (25, 75)  # of 0 to 99
NEEDS = "the program espeak-ng (Debian: apt-get install espeak-ng)"
VARIANT = re.compile(r"^\s*\d+\s+variant\s+\S*/(?P<sex>[MF])\s+\S+\s+!v/(?P<file>.+?)\s*(\(.*)?$")
NO_VOICE = {"fast"}  # a variant that tests the program's speed


def make(options: Options) -> Synthesiser:
    if not shutil.which("espeak-ng"):
        raise NotReady(f"needs {NEEDS}")
    known, throats = languages(), variants()

    def say(job: Job) -> Speech:
        if not job.clip.text.strip():
            raise Refused("the clip has no text")
        language = _closest(job.clip.language, known)
        rng = draws.for_speaker(job, options)
        throat = str(rng.choice([name for name, sex in throats if sex in (job.clip.sex or "fm")]))
        voice, pitch = f"{language}+{throat}", int(rng.integers(*PITCHES))
        sound, rate = _speak(job.clip.text, voice, pitch, USUAL_PACE)
        if job.clip.seconds:  # it takes no time to say it again as long as the human took
            pace = round(USUAL_PACE * len(sound) / rate / job.clip.seconds)
            sound, rate = _speak(job.clip.text, voice, pitch, int(np.clip(pace, *PACES)))
        speaker = f"espeak-{throat.replace(' ', '-')}-{pitch}"
        return Speech(sound, rate, "espeak-ng", speaker)

    return say


def languages() -> set[str]:
    """Names of the languages that espeak-ng has here, e.g. "pt-br"."""
    return {line.split()[1] for line in _ask("--voices").splitlines()[1:]}


def variants() -> list[tuple[str, str]]:
    """Its voices, each a name and "f" or "m", sorted."""
    found = [VARIANT.match(line) for line in _ask("--voices=variant").splitlines()]
    pairs = [(match["file"], match["sex"].lower()) for match in found if match]
    return sorted(pair for pair in pairs if pair[0] not in NO_VOICE)


def _closest(language: str, known: set[str]) -> str:
    tag = language.lower()
    primary = tag.partition("-")[0]
    for name in (tag, primary, f"{primary}-us", f"{primary}-{primary}"):  # "en" is "en-us" there
        if name in known:
            return name
    raise Refused(f"espeak-ng doesn't speak {language or 'an unknown language'}")


def _speak(text: str, voice: str, pitch: int, pace: int) -> tuple[NDArray[np.float32], int]:
    import soundfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"  # on stdout its header would not know the length
        _ask("-b", "1", "-v", voice, "-p", f"{pitch}", "-s", f"{pace}", "-w", f"{file}", text=text)
        samples, rate = soundfile.read(io.BytesIO(file.read_bytes()), dtype="float32")
    return np.asarray(samples, np.float32), int(rate)


def _ask(*arguments: str, text: str | None = None) -> str:
    """What the program prints; the text goes through stdin, where "-" begins no option."""
    call = ["espeak-ng", *arguments, *(["--stdin"] if text is not None else [])]
    done = subprocess.run(
        call, input=(text or "").encode(), capture_output=True, check=False, timeout=120
    )
    if done.returncode:
        raise Refused(f"espeak-ng said: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


ENGINE = Engine(
    name="espeak",
    family="formant",
    languages=(),  # nearly every one: it has 127
    licence="GPL-3.0-or-later, called as a program",
    needs=NEEDS,
    make=make,
)
