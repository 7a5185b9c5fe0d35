"""Two models answered the same clips: on which guarded slices is the second one worse?

Whole sources are drawn anew, the same ones for both (paired bootstrap): clips of one source are
alike, so that hundreds of them say less than their number.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from inference.verdict import Label
from training.evaluation import by, split
from training.metrics import equal_error_rate
from training.served import Answer
from training.slices import in_portuguese, people

RESAMPLES = 1000
# A dozen slices are looked at: at 95 % every fourth model that is just as good would be refused.
SURE = 0.99
ENOUGH = 100  # synthetic clips of a family
A_LITTLE = 0.05  # clips without an answer that any gain among the answers may cost
ERRORS, SILENCE = "errors if answered", "not answered"

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Finding(StrEnum):
    WORSE = "worse"
    WITHIN = "no worse"
    BETTER = "better"
    PAID = "fewer answers, but fewer errors"
    UNKNOWN = "not measured"


@dataclass(frozen=True)
class Heard:
    """What one model said of some clips, one number a clip, shape (clips,)."""

    synthetic: NDArray[np.bool_]  # the truth
    score: Floats
    called: Counts  # 1 synthetic, -1 human, 0 no answer


Rate = Callable[[Heard, Counts], float]  # of the clips, each counted so many times


@dataclass(frozen=True)
class Guard:
    """A rate of some clips that must not rise."""

    name: str
    rate: Rate
    clips: list[int]  # which of the answers
    margin: float  # by which it may rise where chance alone could explain it


@dataclass(frozen=True)
class Compared:
    """How a guard fared; the rates are shares, 0..1, nan where nothing could be counted."""

    name: str
    clips: int
    before: float
    after: float
    low: float  # of the interval of what the rate rises by
    high: float
    finding: Finding


def guards(answers: Sequence[Answer]) -> list[Guard]:
    """What is guarded, the gravest first. The margins are what a gain elsewhere may cost.

    A rate of few clips or of few sources moves by itself, so families have wider ones.
    """
    every = list(answers)
    place = {id(answer): i for i, answer in enumerate(every)}

    def of(name: str, rate: Rate, group: list[Answer], margin: float) -> Guard:
        return Guard(name, rate, [place[id(answer)] for answer in group], margin)

    human, synthetic = split(every)
    families = by(synthetic, lambda a: a.clip.family)
    return [
        *(of(f"{who}: false alarms", alarms, them, 0.02) for who, them in people(every).items()),
        of(ERRORS, wrong, every, 0.02),
        of(SILENCE, silence, every, A_LITTLE),
        of("EER", error_rate, every, 0.01),
        of("EER, Portuguese", error_rate, [a for a in every if in_portuguese(a)], 0.02),
        *(
            of(f"EER, {family}", error_rate, [*human, *group], 0.03)
            for family, group in families.items()
            if len(group) >= ENOUGH
        ),
    ]


def compare(before: Sequence[Answer], after: Sequence[Answer], seed: int = 1) -> list[Compared]:
    """Answers of the served and of the new model to the same clips, in the same order."""
    if [a.clip for a in before] != [a.clip for a in after]:
        raise ValueError("the two models did not answer the same clips")
    names, sources = np.unique([a.clip.source for a in before], return_inverse=True)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=RESAMPLES)
    one, other = _heard(before), _heard(after)
    found = [_compared(guard, one, other, drawn[:, sources]) for guard in guards(before)]
    return [replace(c, finding=Finding.PAID) if _is_paid(c, found) else c for c in found]


def _is_paid(silence: Compared, found: Sequence[Compared]) -> bool:
    """Does a model say less because it errs less? Clearly less, or a little less for a little."""
    if silence.name != SILENCE or silence.finding != Finding.WORSE:
        return False
    errors = next(one for one in found if one.name == ERRORS)
    little = silence.after - silence.before <= A_LITTLE and errors.after < errors.before
    return errors.finding == Finding.BETTER or little


def alarms(heard: Heard, counts: Counts) -> float:
    """Human clips that are called synthetic."""
    return _share((heard.called == 1) & ~heard.synthetic, ~heard.synthetic, counts)


def wrong(heard: Heard, counts: Counts) -> float:
    """Errors among the answered clips, each class weighing the same; see `evaluation.figures`."""
    classes = (~heard.synthetic, 1), (heard.synthetic, -1)
    rates = [
        _share(which & (heard.called == error), which & (heard.called != 0), counts)
        for which, error in classes
    ]
    return float(np.mean([rate for rate in rates if not math.isnan(rate)] or [math.nan]))


def silence(heard: Heard, counts: Counts) -> float:
    """Clips without an answer."""
    return _share(heard.called == 0, np.ones_like(heard.synthetic), counts)


def error_rate(heard: Heard, counts: Counts) -> float:
    sides = ~heard.synthetic, heard.synthetic
    return equal_error_rate(*(np.repeat(heard.score[side], counts[side]) for side in sides))


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
    if low > 0.0 or rise > guard.margin:
        finding = Finding.WORSE
    return Compared(guard.name, len(once), *rates, low, high, finding)


def _heard(answers: Sequence[Answer]) -> Heard:
    call = {Label.SYNTHETIC: 1, Label.HUMAN: -1, Label.INCONCLUSIVE: 0}
    return Heard(
        np.array([a.clip.label == "synthetic" for a in answers], np.bool_),
        np.array([a.verdict.score for a in answers], np.float64),
        np.array([call[a.verdict.label] for a in answers], np.int64),
    )


def _some(heard: Heard, which: list[int]) -> Heard:
    return Heard(heard.synthetic[which], heard.score[which], heard.called[which])


def _share(which: NDArray[np.bool_], among: NDArray[np.bool_], counts: Counts) -> float:
    total = int(counts[among].sum())
    return int(counts[which].sum()) / total if total else math.nan
