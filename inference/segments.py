"""Scores of windows go in; the parts of a recording of which a stretch sounds otherwise come out.

Pure functions of numbers. What they need to be sure of is chosen, and measured on long notes made
of clips, by `python -m training partial-spoof --ship`, which writes `models/segments.json`.
"""

import json
import logging
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.detector import probability
from inference.errors import ModelError
from inference.verdict import Label, Segment

FILE = Path(__file__).parent / "models" / "segments.json"
REST = 2  # windows, at least, that hold nothing of the stretch: there is something to compare with
# A long recording has more stretches that stand out by chance: beyond LONG seconds a stretch must
# stand out by GROWTH more for each doubling of the length, up to MOST times as far.
LONG, GROWTH, MOST = 60.0, 0.5, 2.5

Floats = NDArray[np.float64]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SegmentRule:
    """How far a stretch must stand out, and what was measured with that."""

    model: str  # name and version of the model that it was chosen for
    least: float = math.inf  # strength of a stretch from which on a recording of LONG s is mixed
    measured: dict[str, float] = field(default_factory=dict)  # shares, 0..1, and numbers of notes

    def least_in(self, seconds: float) -> float:
        """The least strength in a recording of so many seconds."""
        return self.least * min(MOST, 1.0 + GROWTH * math.log2(max(1.0, seconds / LONG)))

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


@dataclass(frozen=True)
class Stretch:
    """Neighbouring windows and the rest of their recording."""

    first: int  # windows
    behind: int  # the first one after the stretch
    inside: float  # mean logit of its windows
    outside: float  # of those that do not overlap with them
    strength: float  # see `_Row`


@dataclass(frozen=True)
class _Row:
    """All stretches that begin with one window, arrays of the same length."""

    first: int
    behind: NDArray[np.int64]
    inside: Floats
    outside: Floats
    rest: NDArray[np.int64]  # windows outside that do not overlap with the stretch

    @property
    def strength(self) -> Floats:
        """How surely stretch and rest are of two kinds.

        What lies on the wrong side of a logit of 0, one or the other, has not been shown to be of
        the kind that it would have to be; so the weaker of the two counts.
        """
        high, low = np.maximum(self.inside, self.outside), np.minimum(self.inside, self.outside)
        return self._precision * np.minimum(high, -low)

    @property
    def contrast(self) -> Floats:
        """The statistic of binary segmentation: largest at the changes of the voice."""
        return self._precision * np.abs(self.inside - self.outside)

    @property
    def _precision(self) -> Floats:
        """One over the standard error of the difference of both means, in deviations of a window:
        the mean of more windows is the surer one, but not than that of the rest."""
        n = self.behind - self.first
        return np.sqrt(n * self.rest / (n + self.rest))

    def stretch(self, place: int) -> Stretch:
        return Stretch(
            self.first,
            int(self.behind[place]),
            float(self.inside[place]),
            float(self.outside[place]),
            float(self.strength[place]),
        )


@cache
def shipped() -> SegmentRule:
    """The rule beside the served model; raises `ModelError` when it cannot be read."""
    try:
        return SegmentRule(**json.loads(FILE.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise ModelError(f"the rule {FILE} cannot be read: {error}") from error


@cache
def rule_for(model: str) -> SegmentRule:
    """The shipped rule where it was chosen for this model, by its name and version; else one by
    which nothing is mixed, because scores of another model spread otherwise."""
    if (rule := shipped()).model == model:
        return rule
    logger.warning(
        "No part of a note is told apart: the rule in %s was chosen for %s and not for %s. "
        "`python -m training partial-spoof --ship` chooses one.",
        FILE.name,
        rule.model,
        model,
    )
    return SegmentRule(model)


def segments(
    logits: Floats, spans: Floats, spoken: Floats, rule: SegmentRule
) -> tuple[Segment, ...]:
    """The parts of a mixed recording in time order; none when it sounds the same throughout.

    `logits` (windows,) and `spans` (windows, 2) in seconds are of overlapping windows in time
    order; `spoken` (windows,) are the seconds of speech in each by which it weighs. Windows without
    any must have been left out. Binary segmentation: what stands out is cut out, and its parts are
    asked in their turn.
    """
    if not len(logits):
        return ()
    least = rule.least_in(float(spans[-1, 1] - spans[0, 0]))

    def mean(first: int, behind: int) -> float:
        return float(np.average(logits[first:behind], weights=spoken[first:behind]))

    kinds = groupby(_cut(logits, spoken, least), key=lambda part: mean(*part) > 0.0)
    parts = [(synthetic, list(some)) for synthetic, some in kinds]
    if len(parts) < 2:
        return ()
    return tuple(
        Segment(
            _change(spans, first := some[0][0]),
            _change(spans, behind := some[-1][1]),
            Label.SYNTHETIC if synthetic else Label.HUMAN,
            probability(mean(first, behind)),
        )
        for synthetic, some in parts
    )


def _cut(logits: Floats, spoken: Floats, least: float, begin: int = 0) -> list[tuple[int, int]]:
    """The windows of each part, first and behind the last one, in time order."""
    found, most = None, -math.inf
    for row in _rows(logits, spoken):
        contrast = np.where(row.strength >= least, row.contrast, -math.inf)
        if (largest := float(contrast.max())) > most:
            found, most = row.stretch(int(contrast.argmax())), largest
    if found is None:
        return [(begin, begin + len(logits))]
    ends = (0, found.first, found.behind, len(logits))
    return [
        part
        for start, end in pairwise(ends)
        if start < end
        for part in _cut(logits[start:end], spoken[start:end], least, begin + start)
    ]


def _change(spans: Floats, place: int) -> float:
    """Seconds at which window `place` takes over: half of what it shares with the one before, or of
    the pause between them, is its own."""
    if place == 0:
        return float(spans[0, 0])
    if place == len(spans):
        return float(spans[-1, 1])
    return float(spans[place - 1, 1] + spans[place, 0]) / 2


def strongest(logits: Floats, spoken: Floats) -> Stretch | None:
    """The stretch that stands out most; None where no stretch leaves enough to compare with."""
    best = (row.stretch(int(row.strength.argmax())) for row in _rows(logits, spoken))
    return max(best, key=lambda found: found.strength, default=None)


def _rows(logits: Floats, spoken: Floats) -> Iterator[_Row]:
    """All stretches, by their first window; the neighbours of a stretch, which share sound with it,
    count on no side. Two hours have six million stretches, so one row at a time."""
    n = len(logits)
    weights = np.concatenate([[0.0], np.cumsum(spoken)])
    sums = np.concatenate([[0.0], np.cumsum(spoken * logits)])
    for first in range(n):
        before = max(0, first - 1)
        behind = np.arange(first + 1, n + 1)
        after = np.minimum(n, behind + 1)
        rest = before + n - after
        enough = rest >= REST
        if not enough.any():
            continue
        behind, after, rest = behind[enough], after[enough], rest[enough]
        inside = (sums[behind] - sums[first]) / (weights[behind] - weights[first])
        outside = (sums[before] + sums[n] - sums[after]) / (
            weights[before] + weights[n] - weights[after]
        )
        yield _Row(first, behind, inside, outside, rest)
