"""Warnings where a conversion needs pitch or sounds that the target's recordings lack."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap.spectra import Array
from dataset.engines.swap.voice import EDGES, Voice, moved, shares

LEAST_MINUTES = 1.5  # the least of docs/voice-swap.md's speakers
MOST_UNKNOWN = 0.1  # of what is voiced may lie outside the other's pitch
LEAST_SHARE = 0.05  # of what is said that a sort of sound has, to be worth a word
RARER = 10.0  # times, in the other's material, is as good as missing
SEMITONE = 2.0 ** (1.0 / 12.0)  # beyond the material's highest and lowest is still as good as in it


def too_little(voices: Mapping[str, Voice]) -> list[str]:
    """Warnings about speakers with under LEAST_MINUTES of speech."""
    return [
        f"{name} has {voice.minutes:.1f} minutes of speech to learn from; "
        f"swaps were tried with {LEAST_MINUTES} minutes and more only."
        for name, voice in voices.items()
        if voice.minutes < LEAST_MINUTES
    ]


def gaps(
    bands: Array, pitch: NDArray[np.floating], voices: Mapping[str, Voice], a: str, b: str
) -> list[str]:
    """Warnings about A's spoken frames, (n_frames, BANDS), that B's recordings do not cover."""
    return [
        *_pitch(moved(pitch, voices[a], voices[b]), voices[b], a, b),
        *_sounds(shares(bands, pitch), voices[b], a, b),
    ]


def _pitch(wanted: NDArray[np.floating], voice: Voice, a: str, b: str) -> Iterator[str]:
    voiced = wanted[wanted > 0.0]
    low, high = voice.range
    sides = (("low", voiced < low / SEMITONE), ("high", voiced > high * SEMITONE))
    for word, beyond in sides:
        share = float(beyond.sum()) / max(1, len(voiced))
        if share > MOST_UNKNOWN:
            yield (
                f"{share:.0%} of what {a} says would be as {word} as "
                f"{np.median(voiced[beyond]):.0f} Hz in {b}'s voice; "
                f"{b}'s material holds {low:.0f} to {high:.0f} Hz."
            )


def _sounds(own: Array, voice: Voice, a: str, b: str) -> Iterator[str]:
    for sort in np.flatnonzero((own > LEAST_SHARE) & (voice.sounds < own / RARER)):
        voiced, place = divmod(int(sort), len(EDGES) - 1)
        yield (
            f"{own[sort]:.0%} of what {a} says are {'voiced' if voiced else 'unvoiced'} sounds "
            f"about {EDGES[place]} to {EDGES[place + 1]} Hz; of {b}'s {voice.minutes:.1f} minutes "
            f"only {voice.sounds[sort]:.1%} are."
        )
