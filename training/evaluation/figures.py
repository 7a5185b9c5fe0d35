"""Answers of the served file become the figures of a report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.verdict import SUSPICIOUS, Label, Reason
from training.evaluation import metrics
from training.evaluation.metrics import equal_error_rate
from training.evaluation.scoring import Answer

RESAMPLES = 500
LENGTHS = (1.0, 2.0, 4.0)  # s of speech that part the rows
QUIETS = (15.0, 30.0)  # dB between speech and noise that part the rows


@dataclass(frozen=True)
class Figures:
    """How a model did on some clips; the rates are shares, 0..1, nan where a class is missing."""

    human: int
    synthetic: int
    human_sources: int  # how many sources the human clips are of
    synthetic_sources: int
    eer: float  # equal error rate of the scores, whatever the answer
    false_alarms: float  # human clips that were called synthetic
    misses: float  # synthetic clips that were called human
    answered: float  # clips that got an answer
    wrong: float  # of the answered clips, each class weighing the same
    auc: float  # area under the curve of the scores
    accuracy: float  # right at a score of 0.5, without "I can't tell", each class weighing the same
    brier: float  # see `metrics.brier`
    ece: float  # see `metrics.calibration_error`: bins of equal width, classes weighing the same
    cost: float  # normalised detection cost at the threshold of Bayes, see `detection_cost`
    least_cost: float  # the same at the best threshold


@dataclass(frozen=True)
class Leans:
    """What "I can't tell" leans to, see `Verdict.lean`; shares, 0..1, nan where nothing leans."""

    human: int  # clips that lean towards a person
    synthetic: int  # and towards a machine
    human_right: float  # of those that lean towards a person
    synthetic_right: float
    right: float  # of all that lean
    answered_or_leaning: float  # of all clips


def leans(answers: Sequence[Answer]) -> Leans:
    sides = {
        side: [a for a in answers if a.verdict.lean == side]
        for side in (Label.HUMAN, Label.SYNTHETIC)
    }
    right = {side: sum(a.clip.label == side for a in some) for side, some in sides.items()}
    leaning = sum(map(len, sides.values()))
    answered = sum(a.verdict.label != Label.INCONCLUSIVE for a in answers)
    return Leans(
        human=len(sides[Label.HUMAN]),
        synthetic=len(sides[Label.SYNTHETIC]),
        human_right=_ratio(right[Label.HUMAN], len(sides[Label.HUMAN])),
        synthetic_right=_ratio(right[Label.SYNTHETIC], len(sides[Label.SYNTHETIC])),
        right=_ratio(sum(right.values()), leaning),
        answered_or_leaning=_ratio(answered + leaning, len(answers)),
    )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def figures(answers: Iterable[Answer]) -> Figures:
    human, synthetic = split(answers)
    false_alarms, misses = share(human, Label.SYNTHETIC), share(synthetic, Label.HUMAN)
    right = share(human, Label.HUMAN), share(synthetic, Label.SYNTHETIC)
    every = [*human, *synthetic]
    wrong = [e / (e + r) for e, r in ((false_alarms, right[0]), (misses, right[1])) if e + r > 0.0]
    both = scores(human), scores(synthetic)
    cost, least_cost = metrics.detection_cost(*both)
    return Figures(
        human=len(human),
        synthetic=len(synthetic),
        human_sources=len({a.clip.source for a in human}),
        synthetic_sources=len({a.clip.source for a in synthetic}),
        eer=equal_error_rate(*both),
        false_alarms=false_alarms,
        misses=misses,
        answered=1.0 - share(every, Label.INCONCLUSIVE),
        wrong=float(np.mean(wrong)) if wrong else float("nan"),
        auc=metrics.area_under_curve(*both),
        accuracy=metrics.accuracy(*both),
        brier=metrics.brier(*both),
        ece=metrics.calibration_error(*both),
        cost=cost,
        least_cost=least_cost,
    )


def split(answers: Iterable[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Human ones and synthetic ones."""
    every = list(answers)
    return (
        [a for a in every if a.clip.label == "human"],
        [a for a in every if a.clip.label == "synthetic"],
    )


def scores(answers: list[Answer]) -> list[float]:
    return [a.verdict.score for a in answers]


def share(answers: list[Answer], label: Label) -> float:
    if not answers:
        return float("nan")
    return sum(called(a) == label for a in answers) / len(answers)


def called(answer: Answer) -> Label:
    """What a clip was called: of one voice, for whom "a part of it" is as much as "synthetic"."""
    label = answer.verdict.label
    return Label.SYNTHETIC if label in SUSPICIOUS else label


def interval(answers: Sequence[Answer], seed: int = 1) -> tuple[float, float]:
    """95 % interval of the equal error rate: whole sources are drawn, not clips (bootstrap)."""
    return _quantiles(_resampled([answers], seed)[0])


def change(before: Sequence[Answer], after: Sequence[Answer], seed: int = 1) -> tuple[float, float]:
    """95 % interval of what the equal error rate rises by: the same sources drawn for both."""
    one, other = _resampled([before, after], seed)
    return _quantiles(other - one)


def turned(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[float, float]:
    """By how much more human clips are called synthetic, and synthetic ones human, after than
    before: differences of shares, -1..1, of the clips that have an answer of the model in both."""
    first, second = ({a.clip.file: a for a in answers} for answers in (before, after))
    one, other = (
        figures(some[file] for file in first if file in second) for some in (first, second)
    )
    return other.false_alarms - one.false_alarms, other.misses - one.misses


def _resampled(groups: Sequence[Sequence[Answer]], seed: int) -> NDArray[np.float64]:
    """Equal error rates of each group in each resample, shape (groups, RESAMPLES)."""
    names = sorted({answer.clip.source for group in groups for answer in group})
    parts = [_by_source(group, names) for group in groups]
    rng = np.random.default_rng(seed)
    rates = np.full((len(groups), RESAMPLES), np.nan)
    for place in range(RESAMPLES if names else 0):
        drawn = rng.integers(len(names), size=len(names))
        for group, (human, synthetic) in enumerate(parts):
            both = (np.concatenate([label[i] for i in drawn]) for label in (human, synthetic))
            rates[group, place] = equal_error_rate(*both)
    return rates


def _by_source(answers: Sequence[Answer], names: Sequence[str]) -> list[list[NDArray[np.float64]]]:
    """Scores of the human and of the synthetic clips of each source."""
    found: list[dict[str, list[float]]] = [{name: [] for name in names} for _ in range(2)]
    for answer in answers:
        found[answer.clip.label == "synthetic"][answer.clip.source].append(answer.verdict.score)
    return [[np.array(some[name], np.float64) for name in names] for some in found]


def _quantiles(rates: NDArray[np.float64]) -> tuple[float, float]:
    if np.isnan(rates).all():  # np.nanquantile would warn
        return float("nan"), float("nan")
    low, high = np.nanquantile(rates, [0.025, 0.975])
    return float(low), float(high)


def by(
    answers: list[Answer], key: Callable[[Answer], str], least: int = 1
) -> dict[str, list[Answer]]:
    """Answers grouped, the largest group first; groups under `least` clips are "the others"."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    large = {name: group for name, group in groups.items() if len(group) >= least}
    rest = [a for name, group in groups.items() if name not in large for a in group]
    ordered = dict(sorted(large.items(), key=lambda item: -len(item[1])))
    return {**ordered, **({"the others": rest} if rest else {})}


def with_all_humans(
    answers: list[Answer], key: Callable[[Answer], str], least: int = 10
) -> dict[str, list[Answer]]:
    """Each group of synthetic clips together with every human clip."""
    human, synthetic = split(answers)
    return {name: [*human, *group] for name, group in by(synthetic, key, least).items()}


def of_families(answers: list[Answer], families: Sequence[str]) -> list[Answer]:
    """Every human clip and the synthetic ones of these families."""
    human, synthetic = split(answers)
    return human + [a for a in synthetic if a.clip.family in families]


def voice_notes(answers: list[Answer]) -> list[Answer]:
    """Human clips of sources that have nothing synthetic: what people really record and send."""
    mixed = {a.clip.source for a in answers if a.clip.label == "synthetic"}
    return [a for a in answers if a.clip.label == "human" and a.clip.source not in mixed]


def length(answer: Answer) -> str:
    spoken = answer.measures.speech_seconds
    below = [edge for edge in LENGTHS if spoken < edge]
    return f"under {below[0]:g} s" if below else f"{LENGTHS[-1]:g} s or more"


def quiet(answer: Answer) -> str:
    """Range of a clip's signal-to-noise ratio, as the rows of reports name it."""
    below = [edge for edge in QUIETS if answer.measures.snr < edge]
    return f"under {below[0]:g} dB" if below else f"{QUIETS[-1]:g} dB or more"


def reasons(answers: list[Answer]) -> dict[Reason, float]:
    """Share of the clips that were not answered for each reason."""
    return {
        reason: sum(reason in a.verdict.reasons for a in answers) / max(1, len(answers))
        for reason in Reason
    }
