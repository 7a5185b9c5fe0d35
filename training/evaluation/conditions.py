"""What happens to recordings on their way, one condition at a time: codecs, lengths, noise.

A condition takes samples, float32 mono at 16 kHz, and gives samples; its `repr` tells everything
that changes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dataset.augmentation.codecs import CODECS, OPUS, Codec, encode
from dataset.execution.seeds import seed_of
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.speech import FRAME, measure

KINDS = ("codecs", "lengths", "noise", "handling")  # the last ones are in `handled`
RATES = (16, 24, 32, 64)  # kbit/s of Opus
LENGTHS = (1.0, 2.0, 4.0, 8.0, 30.0)  # s of speech
SNRS = (20.0, 10.0, 5.0, 0.0)  # dB
SPARE = 0.1  # s; of a cut piece the detector of speech hears a little less than of the whole
MAX_SECONDS = 300.0

Samples = NDArray[np.float32]


class Condition(Protocol):
    @property
    def name(self) -> str: ...

    def __call__(self, samples: Samples) -> Samples: ...


@dataclass(frozen=True)
class Coded:
    """Written by one encoder after the other and decoded as the service does."""

    name: str
    codecs: tuple[Codec, ...]

    def __call__(self, samples: Samples) -> Samples:
        for codec in self.codecs:
            samples = decode(encode(samples, codec), MAX_SECONDS)
        return samples


@dataclass(frozen=True)
class Shortened:
    """From the first speech on, until so many seconds of speech were heard."""

    seconds: float

    @property
    def name(self) -> str:
        return f"{self.seconds:g} s"

    def __call__(self, samples: Samples) -> Samples:
        wanted = round((self.seconds + SPARE) * SAMPLE_RATE / FRAME)  # frames
        spoken = np.flatnonzero(measure(samples).active)[:wanted]
        return samples[spoken[0] * FRAME : (spoken[-1] + 1) * FRAME] if len(spoken) else samples


@dataclass(frozen=True)
class Noisy:
    """With a recorded noise, or hiss without one, so many dB under the level of the speech."""

    snr: float
    seed: int
    noise: Path | None = None

    @property
    def name(self) -> str:
        return f"{'recorded noise' if self.noise else 'hiss'}, {self.snr:g} dB"

    def __call__(self, samples: Samples) -> Samples:
        random = np.random.default_rng(self.seed)
        if self.noise:
            recorded = decode(self.noise.read_bytes(), MAX_SECONDS)
            start = int(random.integers(len(recorded)))
            noise = np.take(recorded, np.arange(start, start + len(samples)), mode="wrap")
        else:
            noise = random.standard_normal(len(samples)).astype(np.float32)
        level = 10.0 ** ((measure(samples).level - self.snr) / 20.0)
        loud = level / max(float(np.sqrt(np.mean(noise**2))), 1e-6)
        mixed = samples + np.float32(loud) * noise
        return np.asarray(mixed / max(1.0, float(np.abs(mixed).max())), np.float32)


def codecs() -> list[Coded]:
    """Opus at four rates, what messengers and telephones use, and two encoders in turn."""
    opus = [
        Codec(f"Opus {rate} kbit/s", ".ogg", "ogg", (*OPUS, "-b:a", f"{rate}k")) for rate in RATES
    ]
    known = {codec.name: codec for codec in CODECS}
    return [
        *(Coded(codec.name, (codec,)) for codec in opus),
        Coded("WhatsApp-like (Opus 16 kbit/s, for voice)", (known["whatsapp"],)),
        Coded("AMR-NB 12.2 kbit/s (telephone)", (known["telephone"],)),
        Coded("MP3 48 kbit/s", (known["mp3"],)),
        Coded("AAC 64 kbit/s, then WhatsApp-like", (known["ios"], known["whatsapp"])),
    ]


def noises(clip: Clip, recorded: list[Path]) -> list[Noisy]:
    """The noises of a clip: the same at every level, drawn from its name."""
    seed = seed_of(clip.file)
    kinds = [None, *([recorded[seed % len(recorded)]] if recorded else [])]
    return [Noisy(snr, seed, noise) for noise in kinds for snr in SNRS]


def drawn(clips: Iterable[Clip], limit: int, seed: int = 1) -> list[Clip]:
    """At most `limit` clips, half of each class, and as many of every source as there are."""
    every = list(clips)
    order = np.random.default_rng(seed).permutation(len(every))
    found: list[Clip] = []
    for label in ("human", "synthetic"):
        turns: list[tuple[int, int]] = []  # the turn of a clip within its source, and the clip
        seen: dict[str, int] = {}
        for index in order:
            if every[index].label == label:
                turn = seen[every[index].source] = seen.get(every[index].source, 0) + 1
                turns.append((turn, int(index)))
        turns.sort(key=lambda entry: entry[0])
        found += [every[index] for _, index in turns[: limit // 2]]
    return found


def joined(clips: Iterable[Clip], speech: dict[str, float]) -> list[tuple[Clip, ...]]:
    """Clips of one source, label, system and speaker, one after the other until the longest of
    LENGTHS is full; `speech` are their seconds of speech by file. What is left over is left out.

    Where no speaker is named, the clips of a system and source are joined all the same.
    """
    groups: dict[tuple[str, ...], list[Clip]] = {}
    recordings = []
    for clip in clips:
        key = clip.source, clip.label, clip.system, clip.speaker
        part = [*groups.get(key, []), clip]
        full = sum(speech[one.file] for one in part) >= LENGTHS[-1]
        if full:
            recordings.append(tuple(part))
        groups[key] = [] if full else part
    return recordings
