"""What is asked of a voice that its material does not hold, in sentences: the missing pose."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap.spectra import BANDS, Array, mel_frequencies
from dataset.engines.swap.voice import COARSE, Voice, coarse, distances, moved

LEAST_MINUTES = 1.5
MOST_UNKNOWN = 0.1  # of what is spoken
SEMITONE = 2.0 ** (1.0 / 12.0)  # beyond the material's highest and lowest is still as good as in it


def too_little(voices: Mapping[str, Voice]) -> list[str]:
    """Who has spoken too little to learn from."""
    return [
        f"{name} has {voice.minutes:.1f} minutes of speech to learn from; "
        f"below {LEAST_MINUTES} minutes the result is noticeably worse."
        for name, voice in voices.items()
        if voice.minutes < LEAST_MINUTES
    ]


def gaps(
    bands: Array, pitch: NDArray[np.floating], voices: Mapping[str, Voice], a: str, b: str
) -> list[str]:
    """What of A's spoken frames, shape (n_frames, BANDS), B's material does not cover."""
    return [
        *_pitch(moved(pitch, voices[a], voices[b]), voices[b], a, b),
        *_sounds(voices[a].scores(bands), pitch, voices[b], a, b),
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


def _sounds(
    scores: Array, pitch: NDArray[np.floating], voice: Voice, a: str, b: str
) -> Iterator[str]:
    if not len(scores):
        return
    frames = coarse(scores)
    unknown = distances(frames, voice.examples) > voice.radius
    if unknown.mean() <= MOST_UNKNOWN:
        return
    strongest = int(np.argmax(frames[unknown].mean(axis=0) - frames.mean(axis=0)))
    middle = mel_frequencies().reshape(COARSE, BANDS // COARSE)[strongest].mean()
    kind = "voiced" if (pitch[unknown] > 0.0).mean() > 0.5 else "unvoiced"
    yield (
        f"{unknown.mean():.0%} of {a}'s sounds are like none in {b}'s {voice.minutes:.1f} minutes: "
        f"mostly {kind}, with more than usual near {middle:.0f} Hz."
    )
