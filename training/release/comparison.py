"""Compare the answers of two models to the same clips, as they are and handled.

Whole sources are drawn anew, the same ones for both (paired bootstrap): clips of one source are
alike, so that hundreds of them say less than their number.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from training.evaluation.robustness import AS_THEY_ARE
from training.evaluation.scoring import Answer
from training.release.guards import (
    A_LITTLE,
    ERRORS,
    HANDLING,
    SILENCE,
    Counts,
    Guard,
    Heard,
    guards,
    handling_guards,
    heard,
)

RESAMPLES = 1000
# A dozen slices are looked at: at 95 % every fourth model that is just as good would be refused.
SURE = 0.99

Groups = Mapping[str, Sequence[Answer]]  # by condition


class Finding(StrEnum):
    WORSE = "worse"
    WITHIN = "no worse"
    BETTER = "better"
    PAID = "fewer answers, but fewer errors"
    UNKNOWN = "not measured"


@dataclass(frozen=True)
class Compared:
    """Result of a guard; the rates are shares, 0..1, nan where nothing could be counted."""

    name: str
    clips: int
    before: float
    after: float
    low: float  # of the interval of what the rate rises by
    high: float
    finding: Finding


def compare(
    before: Sequence[Answer],
    after: Sequence[Answer],
    handled: tuple[Groups, Groups] = ({}, {}),
    seed: int = 1,
) -> list[Compared]:
    """The result of every guard.

    Args:
        before: answers of the served model.
        after: those of the new one to the same clips, in the same order; else ValueError.
        handled: answers of both by condition of handling; without them these are "not measured".
        seed: of the sources that are drawn.
    """
    found = _fared(before, after, guards(before), seed)
    found = [replace(c, finding=Finding.PAID) if _is_paid(c, found) else c for c in found]
    return found + _handled(*handled, seed)


def shared(before: Sequence[Answer], after: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Answers of both models to the clips that both could score, in the same order."""
    first, second = ({a.clip.file: a for a in some} for some in (before, after))
    files = [file for file in first if file in second]
    return [first[file] for file in files], [second[file] for file in files]


def _handled(before: Groups, after: Groups, seed: int) -> list[Compared]:
    """Both models after each kind of handling, and after all of them together."""
    names = [name for name in {**before, **after} if name != AS_THEY_ARE]
    pairs = {name: shared(before.get(name, []), after.get(name, [])) for name in names}
    first, second = ([a for pair in pairs.values() for a in pair[side]] for side in (0, 1))
    found = _fared(first, second, handling_guards(HANDLING, len(first), of_all=True), seed)
    for name, (one, other) in pairs.items():
        guarded = handling_guards(f"{HANDLING}, {name}", len(one), of_all=False)
        found += _fared(one, other, guarded, seed)
    return found


def _fared(
    before: Sequence[Answer], after: Sequence[Answer], guarded: Sequence[Guard], seed: int
) -> list[Compared]:
    if [a.clip for a in before] != [a.clip for a in after]:
        raise ValueError("the two models did not answer the same clips")
    if not before:
        nothing = (math.nan,) * 4
        return [Compared(guard.name, 0, *nothing, Finding.UNKNOWN) for guard in guarded]
    names, sources = np.unique([a.clip.source for a in before], return_inverse=True)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=RESAMPLES)
    one, other = heard(before), heard(after)
    return [_compared(guard, one, other, drawn[:, sources]) for guard in guarded]


def _is_paid(silence: Compared, found: Sequence[Compared]) -> bool:
    """Whether fewer answers come with fewer errors: clearly fewer, or a little for a little."""
    if silence.name != SILENCE or silence.finding != Finding.WORSE:
        return False
    errors = next(one for one in found if one.name == ERRORS)
    little = silence.after - silence.before <= A_LITTLE and errors.after < errors.before
    return errors.finding == Finding.BETTER or little


def _compared(guard: Guard, before: Heard, after: Heard, drawn: Counts) -> Compared:
    """`drawn` says how often each of all clips is counted, shape (RESAMPLES, all clips)."""
    one, other = _some(before, guard.clips), _some(after, guard.clips)
    once = np.ones(len(guard.clips), np.int64)
    rates = guard.rate(one, once), guard.rate(other, once)
    rises = [guard.rate(other, n) - guard.rate(one, n) for n in drawn[:, guard.clips]]
    known = np.array([rise for rise in rises if not math.isnan(rise)])
    rise = rates[1] - rates[0]
    if math.isnan(rise) or not len(known):
        return Compared(guard.name, len(once), *rates, math.nan, math.nan, Finding.UNKNOWN)
    low, high = (float(q) for q in np.quantile(known, [(1.0 - SURE) / 2, (1.0 + SURE) / 2]))
    finding = Finding.BETTER if high < 0.0 else Finding.WITHIN
    if (low > 0.0 or rise > guard.margin) and rates[1] > guard.free:
        finding = Finding.WORSE
    return Compared(guard.name, len(once), *rates, low, high, finding)


def _some(heard: Heard, which: list[int]) -> Heard:
    return Heard(heard.synthetic[which], heard.score[which], heard.called[which])
