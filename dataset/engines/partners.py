"""Whose voice a converter gives to whose clips."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from dataset.manifest import Clip


def partners(clips: Iterable[Clip], seed: int) -> dict[str, str]:
    """For each speaker the one whose voice their clips get; who is alone on a side gets none.

    Couples (one group of three where the number is odd), of one language as far as possible: a
    converted clip has a speaker and a sentence of two people, and if targets were drawn clip by
    clip, all speakers would hang together and no split could part them.
    """
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    settled: set[str] = set()
    for clip in clips:
        if clip.speaker and clip.speaker not in settled:
            settled.add(clip.speaker)
            groups[clip.split, clip.language].add(clip.speaker)
    chosen: dict[str, str] = {}
    alone: dict[str, list[str]] = defaultdict(list)
    for (split, language), speakers in sorted(groups.items()):
        if len(speakers) == 1:
            alone[split].extend(speakers)
        else:
            chosen |= _couples(sorted(speakers), f"{split} {language}", seed)
    for split, rest in alone.items():
        chosen |= _couples(sorted(rest), split, seed)
    return chosen


def _couples(speakers: Sequence[str], group: str, seed: int) -> dict[str, str]:
    rng = np.random.default_rng((seed, zlib.crc32(group.encode())))
    order = [str(name) for name in rng.permutation(list(speakers))]
    chosen: dict[str, str] = {}
    while len(order) > 1:
        size = 3 if len(order) == 3 else 2
        circle, order = order[:size], order[size:]
        chosen |= dict(zip(circle, [*circle[1:], circle[0]], strict=True))
    return chosen
