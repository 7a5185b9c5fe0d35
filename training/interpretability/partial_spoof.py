"""`python -m training partial-spoof`: how well do scores along a recording find a synthetic insert?

Human clips of dev get another voice put between them: a synthetic one, or as a control a human one.
Both kinds are cut, levelled, cross-faded and encoded alike, so that a cut is no clue.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dataset.augmentation.codecs import LEVELLED, transcode
from dataset.augmentation.levelling import level_alike
from dataset.augmentation.recordings import Samples, trimmed
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.errors import DetectionError

LEAST_HOST, LEAST_INSERT = 2.0, 3.0  # s of what is before or after, and of the insert
MOST_INSERT = 5.0  # s; a longer one would be most of the recording
FADE = 0.02  # s
LEVEL = -22.0  # dBFS of the speech


@dataclass(frozen=True)
class Splice:
    """One recording to be made: a voice between two pieces of human speech."""

    before: Clip
    insert: Clip
    after: Clip

    @property
    def forged(self) -> bool:
        return self.insert.label == "synthetic"

    @property
    def alike(self) -> bool:
        """Whether the insert comes from the source of what is around it."""
        return self.insert.source == self.before.source


@dataclass(frozen=True)
class Recording:
    """A spliced recording and where its insert lies."""

    splice: Splice
    samples: Samples
    start: float  # s
    end: float  # s


def plan(clips: Sequence[Clip], count: int, seed: int = 1) -> list[Splice]:
    """`count` splices with a synthetic insert, each followed by its control with a human one.

    Sources take turns, so that none rules. Inserts are of the same source where it has some of
    their class, else of the same language, else any; never of the clips around them.
    """
    random = np.random.default_rng(seed)
    long = [clip for clip in clips if clip.seconds >= LEAST_INSERT]
    people = [clip for clip in long if clip.label == "human"]
    hosts = {source: [c for c in people if c.source == source] for source in _names(people)}
    hosts = {source: some for source, some in hosts.items() if len(some) > 1}
    if not hosts or not any(clip.label == "synthetic" for clip in long):
        raise ValueError(f"no source has two human clips of {LEAST_INSERT} s, or none is synthetic")
    order = random.permutation(list(hosts))
    found: list[Splice] = []
    for turn in range(count):
        some = hosts[str(order[turn % len(order)])]
        before = some[random.integers(len(some))]
        after = _like(before, [c for c in some if c != before], random, "speaker")
        rest = [c for c in long if c not in (before, after)]
        for label in ("synthetic", "human"):
            others = [c for c in rest if c.label == label]
            found.append(Splice(before, _like(before, others, random, "source", "language"), after))
    return found


def recording(splice: Splice, folder: Path) -> Recording:
    """Make one recording: cut, level, cross-fade, encode once. Raises ValueError without speech."""
    read = [decode((folder / clip.file).read_bytes(), 60.0) for clip in _clips(splice)]
    before, insert, after = (trimmed(samples) for samples in read)
    insert = insert[: round(MOST_INSERT * SAMPLE_RATE)]
    for samples, least in ((before, LEAST_HOST), (insert, LEAST_INSERT), (after, LEAST_HOST)):
        if len(samples) < least * SAMPLE_RATE:
            raise ValueError(f"{len(samples) / SAMPLE_RATE:.1f} s of speech, {least} are needed")
    levelled = level_alike([before, insert, after], LEVEL)
    joined = cross_fade(levelled)
    start = len(before) / SAMPLE_RATE - FADE
    end = start + len(insert) / SAMPLE_RATE
    return Recording(splice, transcode(joined, LEVELLED), start, end)


def cross_fade(pieces: Iterable[Samples]) -> Samples:
    """One after the other, overlapping by FADE at equal power."""
    n = round(FADE * SAMPLE_RATE)
    rise = np.sin(0.5 * np.pi * (np.arange(n) + 0.5) / n).astype(np.float32)
    first, *rest = pieces
    joined = first.copy()
    for piece in rest:
        mixed = joined[-n:] * rise[::-1] + piece[:n] * rise
        joined = np.concatenate([joined[:-n], mixed, piece[n:]])
    return joined


def recordings(splices: Sequence[Splice], folder: Path) -> list[Recording]:
    """Those pairs of a splice and its control of which both can be made; says how many those are.

    Raises ValueError when there is none.
    """
    found: list[Recording] = []
    why = "want of a plan"
    for forged, control in zip(splices[::2], splices[1::2], strict=True):
        try:
            found += [recording(forged, folder), recording(control, folder)]
        except (ValueError, DetectionError, OSError) as error:  # mostly too little speech
            why = str(error)
    made = f"{len(found) // 2} of {len(splices) // 2} made"
    if not found:
        raise ValueError(f"no spliced recording could be made ({made}), the last one for {why}")
    print(f"{made}, each with its control", file=sys.stderr)
    return found


def _like(clip: Clip, others: list[Clip], random: np.random.Generator, *facts: str) -> Clip:
    """One of the others, drawn from those that share the first fact for which there are any."""
    for fact in facts:
        value = getattr(clip, fact)
        same = [other for other in others if value and getattr(other, fact) == value]
        if same:
            return same[random.integers(len(same))]
    return others[random.integers(len(others))]


def _clips(splice: Splice) -> tuple[Clip, Clip, Clip]:
    return splice.before, splice.insert, splice.after


def _names(clips: Sequence[Clip]) -> list[str]:
    return sorted({clip.source for clip in clips})
