"""Choose the abstention thresholds: the two scores between which the model gives no answer.

A false "machine" hurts an innocent and a false "person" helps a swindler, so each threshold has
limits of its own: the upper one is the lowest cut at which no group of people is called machines
too often, the lower one the highest cut at which machines are not called people too often. What is
between them is not answered; where they cross, one cut between the two answers everything. Limits
are kept easily on the clips that a band was chosen on, so the rule is asked again on the other half
of the sources; where it breaks there, less is allowed when choosing until it holds.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from inference.verdict import Label, Reason
from training.evaluation.figures import figures, share, split
from training.evaluation.scoring import Answer
from training.evaluation.slices import (
    EVERYBODY,
    FALSE_ALARMS,
    NOTES,
    in_portuguese,
    limits,
    machines,
    people,
)

SCALES = (1.0, 0.85, 0.7, 0.55)  # of all limits, tried in this order when choosing
LEAST = 20  # answers of a class; fewer show nothing, and without errors they would look perfect
HALVES = 2
CUTS = np.arange(1001) / 1000  # scores tried for each end; nothing scores 0 or 1

Floats = NDArray[np.float64]
Halves = list[tuple[list[Answer], list[Answer]]]


@dataclass(frozen=True)
class Band:
    """Scores at or below `below` are called human, at or above `above` synthetic.

    The rates are those of the same rule on the half of the sources that it was not chosen on, over
    both ways; `chosen` has them for the half that it was chosen on.
    """

    below: float = 0.0
    above: float = 1.0
    allowed: float = 0.0  # up to ouvido-0.2.0: errors among the answers that it was chosen for
    holds: bool = False  # the other half of the sources keeps the limits, too
    wrong: float = 1.0  # of the answered clips, each class weighing the same
    answered: float = 0.0  # of all clips
    false_alarms: dict[str, float] = field(default_factory=dict)  # of each of `slices.people`
    misses: float = 1.0  # of the machines
    scale: float = 1.0  # of the limits that it was chosen by, one of SCALES
    chosen: dict[str, float] = field(default_factory=dict)  # names as in `rates`

    @property
    def thresholds(self) -> tuple[float, float]:
        return self.below, self.above


def choose(answers: list[Answer], seed: int = 1) -> Band:
    """The band of the widest limits that the other half of the sources keeps.

    Where none does, people go first: it is the widest one that accuses nobody too often there, and
    misses more machines than it should; else the tightest that still answers. Where no band shows
    enough answers (too few clips, too few sources, a model that knows nothing) it is the one that
    answers nothing. How the model itself was chosen is not crossed out: its best epoch and its
    calibration have seen all of `answers`.
    """
    halves = _halves(answers, seed)
    tried = []
    for scale in SCALES:
        here, there = _both_ways(halves, scale)
        if _enough(there):
            found = rates(here), rates(there)
            tried.append(_described(_thresholds(answers, scale), scale, *found))
    holding = [band for band in tried if band.holds] or [band for band in tried if _fair(band)]
    return (holding or tried[-1:] or [Band()])[0]


def _fair(band: Band) -> bool:
    """Whether no group of people on the other half is called machines too often."""
    return all(rate <= FALSE_ALARMS[who] for who, rate in band.false_alarms.items())


def rates(answers: list[Answer]) -> dict[str, float]:
    """What a band is judged by, shares by name: people called machines in each group that has any,
    "misses", "answered", "wrong"."""
    found = figures(answers)
    alarms = {who: share(them, Label.SYNTHETIC) for who, them in people(answers).items() if them}
    misses = share(_machines(answers), Label.HUMAN)
    return {**alarms, "misses": misses, "answered": found.answered, "wrong": found.wrong}


def answered(answer: Answer, thresholds: tuple[float, float]) -> Answer:
    """The same answer with other thresholds."""
    low, high = thresholds
    found: tuple[Reason, ...] = tuple(r for r in answer.verdict.reasons if r != Reason.UNSURE)
    if not found and low < answer.verdict.score < high:
        found = (Reason.UNSURE,)
    return replace(answer, verdict=replace(answer.verdict, thresholds=thresholds, reasons=found))


def _halves(answers: list[Answer], seed: int) -> Halves:
    """Answers to choose on and answers of the other sources, both ways; none where that can't be.

    Each half gets its share of every group that has a limit, as far as whole sources allow.
    """
    notes = {id(a) for a in people(answers)[NOTES]}
    kinds = [(a.clip.label, in_portuguese(a), id(a) in notes) for a in answers]
    sources = [a.clip.source for a in answers]
    truth = [a.clip.label for a in answers]
    if len(set(sources)) < HALVES or min(map(truth.count, ("human", "synthetic"))) < HALVES:
        return []
    strata = [str(kind) for kind in kinds]
    if min(map(strata.count, set(strata))) < HALVES:
        strata = truth
    parts = StratifiedGroupKFold(HALVES, shuffle=True, random_state=seed)
    return [
        ([answers[i] for i in chosen], [answers[i] for i in asked])
        for chosen, asked in parts.split(strata, strata, sources)
    ]


def _both_ways(halves: Halves, scale: float) -> tuple[list[Answer], list[Answer]]:
    """Every clip twice: answered by the band chosen on its half, and by that of the other half."""
    here: list[Answer] = []
    there: list[Answer] = []
    for chosen, asked in halves:
        thresholds = _thresholds(chosen, scale)
        here += [answered(one, thresholds) for one in chosen]
        there += [answered(one, thresholds) for one in asked]
    return here, there


def _described(
    thresholds: tuple[float, float],
    scale: float,
    here: dict[str, float],
    there: dict[str, float],
) -> Band:
    return Band(
        *thresholds,
        holds=all(there.get(name, 0.0) <= limit for name, limit in limits().items()),
        wrong=there["wrong"],
        answered=there["answered"],
        false_alarms={name: rate for name, rate in there.items() if name in FALSE_ALARMS},
        misses=there["misses"],
        scale=scale,
        chosen=here,
    )


def _enough(answers: list[Answer]) -> bool:
    """Whether at least LEAST clips of each class are answered."""
    return all(
        sum(a.verdict.label != Label.INCONCLUSIVE for a in group) >= LEAST
        for group in split(answers)
    )


def _thresholds(answers: list[Answer], scale: float) -> tuple[float, float]:
    """The widest band of answers to these very clips within the limits; nothing without a class."""
    allowed, speaking = limits(scale), _machines(answers)
    groups = people(answers)
    if not groups[EVERYBODY] or not speaking:
        return Band().thresholds
    fair = np.all([_above(them) <= allowed[who] for who, them in groups.items()], axis=0)
    missed = _below(speaking) <= allowed["misses"]
    above, below = float(CUTS[fair].min()), float(CUTS[missed].max())
    if above <= below:  # any cut from `above` to `below` keeps all limits
        above = below = float(np.median(CUTS[fair & missed]))
    return below, above


def _machines(answers: list[Answer]) -> list[Answer]:
    """Clips of text-to-speech and conversion; all synthetic clips where no family is named."""
    return machines(answers) or split(answers)[1]


def _above(answers: list[Answer]) -> Floats:
    """Share of the clips that are called synthetic from each cut on, shape (len(CUTS),)."""
    judged = _judged(answers)
    return (len(judged) - np.searchsorted(judged, CUTS, "left")) / max(1, len(answers))


def _below(answers: list[Answer]) -> Floats:
    """Share of the clips that are called human up to each cut, shape (len(CUTS),)."""
    return np.searchsorted(_judged(answers), CUTS, "right") / max(1, len(answers))


def _judged(answers: list[Answer]) -> Floats:
    """Sorted scores of the clips that no measure of their speech refuses."""
    return np.sort(
        [a.verdict.score for a in answers if not set(a.verdict.reasons) - {Reason.UNSURE}]
    )
