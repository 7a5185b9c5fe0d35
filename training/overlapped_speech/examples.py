"""Examples for `training overlap`: what the small network looks at, and what is there to hear."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.files import unfinished
from inference.decoding.audio import SAMPLE_RATE
from inference.overlap import COLUMNS, SPEC, looks
from training.overlapped_speech.mixtures import (
    Ear,
    Floats,
    Voice,
    in_a_room,
    is_music,
    over_each_other,
    piece,
    stranger,
    with_noise,
)

SECONDS = COLUMNS / SPEC.columns_per_second  # of an example
COUNTS = {"mixture": 5_000, "person": 4_000, "machine": 2_500, "noise": 600, "music": 800}
IN_A_ROOM, IN_NOISE = 0.35, 0.6  # shares of the voices
NOISE = (5.0, 30.0)  # dB of voice over noise
HELD_OUT = 6  # one source in so many is not learnt from
UNKNOWN = -1  # nobody knows whether people sing together in a piece of music

Draw = Callable[[], Voice]


@dataclass(frozen=True)
class Examples:
    """Looks in steps of 1/255, shape (n, COLUMNS, n_bins), and (n, 2) of overlap and music."""

    looks: NDArray[np.uint8]
    truths: NDArray[np.int8]

    def save(self, path: Path) -> None:
        with unfinished(path) as new, new.open("wb") as file:
            np.savez(file, looks=self.looks, truths=self.truths)

    @classmethod
    def load(cls, path: Path) -> "Examples":
        with np.load(path) as stored:
            return cls(stored["looks"], stored["truths"])


@dataclass(frozen=True)
class Pool:
    """Recordings to draw examples from."""

    people: Sequence[Voice]
    machines: Sequence[Voice]
    noises: Sequence[Voice]  # without music
    music: Sequence[Voice]


def held_out(name: str) -> bool:
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def examples(pool: Pool, ear: Ear, seed: int) -> Examples:
    """As many of each kind as `COUNTS` says; the mixtures are of two people."""
    random = np.random.default_rng(seed)
    people, machines = by_source(pool.people, random), by_source(pool.machines, random)
    sounds: dict[str, Callable[[], Floats]] = {
        "mixture": lambda: _somewhere(_mixture(people, random), pool.noises, random),
        "person": lambda: _somewhere(piece(people(), random, SECONDS), pool.noises, random),
        "machine": lambda: _somewhere(piece(machines(), random, SECONDS), pool.noises, random),
        "noise": lambda: _filled(pool.noises, random),
        "music": lambda: _filled(pool.music, random),
    }
    truths = {"mixture": (1, 0), "music": (UNKNOWN, 1)}
    seen, heard = [], []
    for kind, count in COUNTS.items():
        for _ in range(count):
            seen.append(as_bytes(looks(ear(sounds[kind]())))[0])
            heard.append(truths.get(kind, (0, 0)))
    return Examples(np.array(seen), np.array(heard, np.int8))


def as_bytes(seen: Floats) -> NDArray[np.uint8]:
    return (seen * 255).round().astype(np.uint8)


def by_source(voices: Sequence[Voice], random: np.random.Generator) -> Draw:
    """Draws a source, large ones more often by the root of their size, then one of its voices."""
    sources: dict[str, list[Voice]] = {}
    for voice in voices:
        sources.setdefault(voice.clip.source, []).append(voice)
    some = list(sources.values())
    weights = np.sqrt([len(of_source) for of_source in some])
    weights /= weights.sum()

    def draw() -> Voice:
        of_source = some[int(random.choice(len(some), p=weights))]
        return _any(of_source, random)

    return draw


def pairs(people: Draw, count: int, random: np.random.Generator) -> Iterator[Floats]:
    """Whole recordings of two people over each other."""
    for _ in range(count):
        one = people()
        yield over_each_other(piece(one, random), piece(stranger(one, people), random), random)


def split_noises(noises: Sequence[Voice]) -> tuple[list[Voice], list[Voice]]:
    """Noises without music, and music."""
    music = [noise for noise in noises if is_music(noise.clip)]
    return [noise for noise in noises if not is_music(noise.clip)], music


def _mixture(people: Draw, random: np.random.Generator) -> Floats:
    one = people()
    other = stranger(one, people)
    return over_each_other(piece(one, random, SECONDS), piece(other, random, SECONDS), random)


def _somewhere(samples: Floats, noises: Sequence[Voice], random: np.random.Generator) -> Floats:
    """In a room or not, with noise or not."""
    if random.random() < IN_A_ROOM:
        samples = in_a_room(samples, random)
    if random.random() < IN_NOISE:
        noise = piece(_any(noises, random), random)
        samples = with_noise(samples, noise, random.uniform(*NOISE))
    return samples


def _filled(noises: Sequence[Voice], random: np.random.Generator) -> Floats:
    """Three seconds of one noise; of short ones, several after each other."""
    length = round(SECONDS * SAMPLE_RATE)
    sound = piece(_any(noises, random), random, SECONDS)
    while len(sound) < length:
        sound = np.concatenate([sound, piece(_any(noises, random), random, SECONDS)])
    return sound[:length]


def _any(voices: Sequence[Voice], random: np.random.Generator) -> Voice:
    return voices[int(random.integers(len(voices)))]
