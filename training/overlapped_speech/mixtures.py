"""Clips become examples with and without overlapped speech: one voice, two over each other, music.

Both kinds pass through the same rooms and noises, so that neither tells the class.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from dataset.augmentation.recordings import read
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE
from inference.detector import cut
from inference.features import FeatureSpec
from inference.onnx_session import session

Floats = NDArray[np.float32]

LEAST = 3.0  # s of a voice in a mixture
APART = 5.0  # dB that two voices may differ
QUIET = 35.0  # dB under the loudest 20 ms: the pauses at both ends, which are cut off
MUSIC = ("music", "street_music")  # in the name of a noise clip's system
FRAME = 320  # samples, 20 ms


@dataclass(frozen=True)
class Voice:
    """A clip in memory, without the pauses at its ends."""

    clip: Clip
    samples: NDArray[np.int16]


class Ear:
    """The detector's spectrogram without the network behind it: a fifth of the time."""

    def __init__(self, model: Path, spec: FeatureSpec) -> None:
        self._spec = spec
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / "spectrogram.onnx"
            onnx.utils.extract_model(model, part, ["samples"], ["spectrogram"])
            self._session = session(part.read_bytes(), part)

    def __call__(self, samples: Floats) -> Floats:
        """In dB, shape (n_bins, n_columns)."""
        columns = 1 + len(samples) // self._spec.hop_length
        inputs = cut(samples, 0, columns, self._spec)[None]
        picture: Floats = self._session.run(["spectrogram"], {"samples": inputs})[0][0]
        return picture.T


def load(clips: Sequence[Clip], folder: Path, least: float = LEAST) -> list[Voice]:
    """The clips that last so many seconds without the pauses at their ends."""
    voices = []
    for clip in clips:
        if clip.seconds and clip.seconds < least:
            continue
        samples = trimmed(read(folder / clip.file))
        if len(samples) >= least * SAMPLE_RATE:
            voices.append(Voice(clip, (samples * 32_767).astype(np.int16)))
    return voices


def is_music(clip: Clip) -> bool:
    return clip.label == "noise" and any(word in clip.system for word in MUSIC)


def trimmed(samples: Floats) -> Floats:
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    powers = np.mean(frames**2, axis=1)
    loud = np.flatnonzero(powers > powers.max(initial=0.0) * 10 ** (-QUIET / 10))
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME] if len(loud) else samples[:0]


def piece(voice: Voice, random: np.random.Generator, seconds: float | None = None) -> Floats:
    """A random stretch, all of it when no length is given; its RMS is 0.1."""
    length = round(seconds * SAMPLE_RATE) if seconds else len(voice.samples)
    start = int(random.integers(max(1, len(voice.samples) - length + 1)))
    return level(voice.samples[start : start + length].astype(np.float32))


def level(samples: Floats) -> Floats:
    power = float(np.mean(samples**2))
    return samples * np.float32(0.1 / np.sqrt(power + 1e-12))


def stranger(one: Voice, voices: Callable[[], Voice]) -> Voice:
    """The next voice that is surely of somebody else; raises ValueError when none comes."""
    for _ in range(1000):
        other = voices()
        if other.clip.speaker != one.clip.speaker and (
            (one.clip.speaker and other.clip.speaker) or other.clip.source != one.clip.source
        ):
            return other
    raise ValueError(f"there is nobody besides the speaker of {one.clip.file}")


def over_each_other(one: Floats, other: Floats, random: np.random.Generator) -> Floats:
    """Both at once, as long as the shorter, within `APART` dB of each other."""
    length = min(len(one), len(other))
    gain = 10 ** (random.uniform(-APART, APART) / 20)
    return level(one[:length]) + np.float32(gain) * level(other[:length])


def with_noise(samples: Floats, noise: Floats, decibels: float) -> Floats:
    """`decibels` of voice over the noise, which is repeated as long as need be."""
    under = np.resize(level(noise), len(samples))
    return level(samples) + np.float32(10 ** (-decibels / 20)) * under


def in_a_room(samples: Floats, random: np.random.Generator) -> Floats:
    """With an echo of noise that dies away within a third of a second."""
    times = np.arange(round(0.3 * SAMPLE_RATE)) / SAMPLE_RATE
    echo = random.standard_normal(len(times)) * np.exp(-times * random.uniform(20, 70))
    size = 1 << (len(samples) + len(echo)).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)
    share = np.float32(random.uniform(0.1, 0.6))
    return level(samples) + share * level(wet[: len(samples)].astype(np.float32))
