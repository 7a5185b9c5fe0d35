"""Pair speakers for voice conversion: the target speaker of each."""

import zlib
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from dataset.manifest import Clip


def partners(clips: Iterable[Clip], seed: int) -> dict[tuple[str, str], str]:
    """For each split and speaker of it the one whose voice their clips get; who is alone has none.

    Couples (one group of three where the number is odd), of one language as far as possible: a
    converted clip has a speaker and a sentence of two people, and if targets were drawn clip by
    clip, all speakers would hang together and no split could part them.
    """
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    settled: set[tuple[str, str]] = set()
    for clip in sorted(clips, key=lambda clip: clip.file):
        if clip.speaker and (clip.split, clip.speaker) not in settled:
            settled.add((clip.split, clip.speaker))
            groups[clip.split, clip.language].add(clip.speaker)
    chosen: dict[tuple[str, str], str] = {}
    alone: dict[str, set[str]] = defaultdict(set)
    for (split, language), speakers in sorted(groups.items()):
        if len(speakers) == 1:
            alone[split] |= speakers
        chosen |= _circles(split, language, speakers, seed)
    for split, speakers in alone.items():
        chosen |= _circles(split, "", speakers, seed)
    return chosen


def _circles(
    split: str, language: str, speakers: set[str], seed: int
) -> dict[tuple[str, str], str]:
    rng = np.random.default_rng((seed, zlib.crc32(f"{split} {language}".encode())))
    order = [str(name) for name in rng.permutation(sorted(speakers))]
    chosen: dict[tuple[str, str], str] = {}
    while len(order) > 1:
        size = 3 if len(order) == 3 else 2
        circle, order = order[:size], order[size:]
        following = [*circle[1:], circle[0]]
        chosen |= {(split, one): other for one, other in zip(circle, following, strict=True)}
    return chosen
