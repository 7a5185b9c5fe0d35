"""The rates that a new model may not worsen, each with its margin.

A rate takes what a model said of some clips and how often each of them counts.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.verdict import Label
from training.evaluation.figures import by, called, split
from training.evaluation.metrics import equal_error_rate
from training.evaluation.scoring import Answer
from training.evaluation.slices import (
    COPIES,
    EVERYBODY,
    FALSE_ALARMS,
    NEW_PART,
    in_portuguese,
    named,
    people,
)

ENOUGH = 100  # synthetic clips of a family
A_LITTLE = 0.05  # clips without an answer that any gain among the answers may cost
ERRORS, SILENCE = "errors if answered", "not answered"
HANDLING = "handling"
# Of one condition there are some 150 people and as many machines: one of them is 0.7 points. Where
# there are fewer, as many clips as those 3 points are worth: no rate is finer than its clips.
CONDITION, CONDITION_CLIPS = 0.03, 6
# What handling may do to people at most: to 4 % of them what is promised to everybody, and 3 points
# more. Else no model could follow one that gave handled clips no answer at all.
HANDLED_ALARMS = FALSE_ALARMS[EVERYBODY] + 0.03

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Heard:
    """Answers of one model as arrays, shape (clips,)."""

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
    free: float = 0.0  # up to here it may rise for certain, too


def guards(answers: Sequence[Answer]) -> list[Guard]:
    """The guards, the gravest first. The margins are what a gain elsewhere may cost.

    A rate of few clips or of few sources moves by itself, so families have wider ones. Human
    speech passed through a vocoder or codec is reported and not guarded: everything tried is wrong
    about a third of it, and who attacks with a voice does not send copies of a person's own words.
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
            if len(group) >= ENOUGH and family not in COPIES
        ),
        *(
            of(f"EER, {NEW_PART}", error_rate, group, 0.03)
            for group in [named(every).get(NEW_PART, [])]
            if len(split(group)[1]) >= ENOUGH
        ),
    ]


def handling_guards(name: str, clips: int, of_all: bool) -> list[Guard]:
    """Guards of one condition of handling, or of all together: false alarms, and EER."""
    every = list(range(clips))
    single = max(CONDITION, CONDITION_CLIPS / max(1, clips))
    margins = (0.02, 0.01) if of_all else (single, single)
    free = FALSE_ALARMS[EVERYBODY] if of_all else HANDLED_ALARMS
    return [
        Guard(f"{name}: false alarms", alarms, every, margins[0], free),
        Guard(f"{name}: EER", error_rate, every, margins[1]),
    ]


def heard(answers: Sequence[Answer]) -> Heard:
    call = {Label.SYNTHETIC: 1, Label.HUMAN: -1, Label.INCONCLUSIVE: 0}
    return Heard(
        np.array([a.clip.label == "synthetic" for a in answers], np.bool_),
        np.array([a.verdict.score for a in answers], np.float64),
        np.array([call[called(a)] for a in answers], np.int64),
    )


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


def _share(which: NDArray[np.bool_], among: NDArray[np.bool_], counts: Counts) -> float:
    total = int(counts[among].sum())
    return int(counts[which].sum()) / total if total else math.nan
