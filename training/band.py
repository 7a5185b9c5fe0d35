"""Between which two scores does a model say nothing? Errors come first, answers second.

A false "machine" hurts an innocent, so the rule is: errors among the answers at most WRONG, each
group of people called synthetic at most FALSE_ALARMS; under that, as many answers as possible. A
band keeps that promise easily on the clips it was chosen on, so it is held to clips of sources it
was not chosen on; where it breaks there, less is allowed when choosing until it holds.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from inference.verdict import Reason
from training.evaluation import figures, split
from training.served import Answer
from training.slices import people

WRONG = 0.05  # of the answered clips, each class weighing the same
FALSE_ALARMS = 0.04  # of each of `slices.people`, refused ones included
# Errors among the answered, tried when choosing. With less than 3 % half as many clips are answered
# and on other sources as many are wrong (ouvido-0.1.0, its logits moved apart to an EER of 15 %).
# The first three are for models that cannot hold: of ouvido-0.1.0 the band for 5 % answers 12 % of
# the clips of other sources, 14 % of them wrongly; the one for 8 % answers 30 %, 10 % wrongly.
ALLOWED = (0.1, 0.08, 0.06, 0.05, 0.045, 0.04, 0.035, 0.03)
LEAST = 20  # answers of a class; fewer show nothing, and without errors they would look perfect
FOLDS = 5
CUTS = np.arange(201) / 200  # scores tried for each end; nothing scores 0 or 1

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Scores at or below `below` are called human, at or above `above` synthetic.

    The rates are those of the same rule on clips of sources that it was not chosen on.
    """

    below: float = 0.0
    above: float = 1.0
    allowed: float = 0.0  # errors among the answered clips that it was chosen on
    holds: bool = False  # errors and false alarms are what they may be on other sources, too
    wrong: float = 1.0  # of the answered clips, each class weighing the same
    answered: float = 0.0  # of all clips
    false_alarms: dict[str, float] = field(default_factory=dict)  # of each of `slices.people`

    @property
    def thresholds(self) -> tuple[float, float]:
        return self.below, self.above


def choose(answers: list[Answer], seed: int = 1) -> Band:
    """The band that answers most among those that hold.

    Where none does, it is the one that answers most among those that keep false alarms within their
    limit on other sources; else the one with the fewest errors there. A model that is not good
    enough to err in under one answer of twenty would otherwise hardly answer at all.

    Where no band shows enough answers (too few clips, too few sources, a model that knows nothing)
    it is the one that answers nothing. How the model itself was chosen is not crossed out: its
    best epoch and its calibration have seen all of `answers`.
    """
    folds = _folds(answers, seed)
    tried = [
        _described(_widest(answers, allowed), allowed, crossed)
        for allowed in ALLOWED
        if _enough(crossed := _crossed(folds, allowed))
    ]
    fair = [band for band in tried if _fair(band.false_alarms)]
    possible = [band for band in tried if band.holds] or fair
    if possible:
        return max(possible, key=lambda band: band.answered)
    return min(tried, key=lambda band: band.wrong, default=Band())


def answered(answer: Answer, thresholds: tuple[float, float]) -> Answer:
    """The same answer, had the model these thresholds."""
    low, high = thresholds
    found: tuple[Reason, ...] = tuple(r for r in answer.verdict.reasons if r != Reason.UNSURE)
    if not found and low < answer.verdict.score < high:
        found = (Reason.UNSURE,)
    return replace(answer, verdict=replace(answer.verdict, thresholds=thresholds, reasons=found))


def _folds(answers: list[Answer], seed: int) -> list[tuple[list[Answer], list[Answer]]]:
    """Pairs of answers to choose on and answers of other sources; none where that can't be."""
    truth = [a.clip.label for a in answers]
    sources = [a.clip.source for a in answers]
    count = min(FOLDS, len(set(sources)), *(truth.count(name) for name in ("human", "synthetic")))
    if count < 2:
        return []
    parts = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    return [
        ([answers[i] for i in learnt], [answers[i] for i in asked])
        for learnt, asked in parts.split(truth, truth, sources)
    ]


def _crossed(folds: list[tuple[list[Answer], list[Answer]]], allowed: float) -> list[Answer]:
    """Each clip answered by a band that was chosen on other sources."""
    return [
        answered(one, thresholds)
        for learnt, asked in folds
        for thresholds in [_widest(learnt, allowed)]
        for one in asked
    ]


def _described(thresholds: tuple[float, float], allowed: float, crossed: list[Answer]) -> Band:
    found = figures(crossed)
    alarms = {name: figures(group).false_alarms for name, group in people(crossed).items() if group}
    return Band(
        *thresholds,
        allowed=allowed,
        holds=max(found.wrong, allowed) <= WRONG and _fair(alarms),
        wrong=found.wrong,
        answered=found.answered,
        false_alarms=alarms,
    )


def _fair(alarms: dict[str, float]) -> bool:
    return max(alarms.values()) <= FALSE_ALARMS


def _enough(answers: list[Answer]) -> bool:
    """Are there answers of both classes to speak of?"""
    return all(
        sum(a.verdict.label != "inconclusive" for a in group) >= LEAST for group in split(answers)
    )


def _widest(answers: list[Answer], allowed: float) -> tuple[float, float]:
    """The thresholds that answer most of these very clips within `allowed` and FALSE_ALARMS."""
    human, synthetic = split(answers)
    accused, caught = _above(human), _above(synthetic)
    freed, missed = _below(human)[:, None], _below(synthetic)[:, None]
    wrong = (_part(accused, freed) + _part(missed, caught)) / 2.0
    fair = [_above(group) <= FALSE_ALARMS for group in people(answers).values()]
    possible = (CUTS[:, None] <= CUTS) & (wrong <= allowed) & np.all(fair, axis=0)
    if not possible.any():
        return Band().thresholds
    said = np.where(possible, accused + caught + freed + missed, -1.0)
    below, above = np.unravel_index(int(np.argmax(said)), said.shape)
    return float(CUTS[below]), float(CUTS[above])


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


def _part(errors: Floats, others: Floats) -> Floats:
    """Errors among the answers, shape (below, above); all of them where there is no answer."""
    errors, others = np.broadcast_arrays(errors, others)
    total = errors + others
    return np.divide(errors, total, out=np.ones_like(total), where=total > 0.0)
