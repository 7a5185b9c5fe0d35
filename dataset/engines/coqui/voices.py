"""The recordings that tell a model whose voice to speak with."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.engines import recordings
from dataset.engines.engine import Refused

LEAST = 3.0  # s of a voice; below it XTTS's authors promise nothing

Sound = tuple[NDArray[np.float32], int]  # mono samples in [-1, 1] and their rate in Hz


def choose(
    recordings: Sequence[Path], wanted: float, read: Callable[[Path], Sound]
) -> tuple[Path, ...]:
    """The first recordings that last `wanted` seconds together, or all; Refused below LEAST.

    The same for nearly every clip of a speaker, whose voice is then computed once.
    """
    chosen: list[Path] = []
    seconds = 0.0
    for path in recordings:
        if seconds >= wanted:
            break
        try:
            samples, rate = read(path)
        except Refused:  # silent or broken: another one will do
            continue
        chosen.append(path)
        seconds += len(samples) / rate
    if seconds <= LEAST:
        raise Refused(
            f"other recordings of this voice last {seconds:.1f} s together; more than {LEAST:.0f} "
            "s are needed"
        )
    return tuple(chosen)


def at(rate: int, sound: Sound) -> NDArray[np.float32]:
    """Samples at another rate."""
    samples, own = sound
    return samples if own == rate else recordings.at(rate, samples, own)
