"""Answers of the served file become the figures of a report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from inference.verdict import Label, Reason
from training.metrics import equal_error_rate
from training.served import Answer

RESAMPLES = 500
LENGTHS = (1.0, 2.0, 4.0)  # s of speech that part the rows


@dataclass(frozen=True)
class Figures:
    """How a model did on some clips; the rates are shares, 0..1, nan without clips."""

    human: int
    synthetic: int
    eer: float  # equal error rate of the scores, whatever the answer
    false_alarms: float  # human clips that were called synthetic
    misses: float  # synthetic clips that were called human
    answered: float  # clips that got an answer
    wrong: float  # of the answered clips, each class weighing the same


def figures(answers: Iterable[Answer]) -> Figures:
    human, synthetic = split(answers)
    false_alarms, misses = share(human, Label.SYNTHETIC), share(synthetic, Label.HUMAN)
    right = share(human, Label.HUMAN), share(synthetic, Label.SYNTHETIC)
    every = [*human, *synthetic]
    wrong = [e / (e + r) for e, r in ((false_alarms, right[0]), (misses, right[1])) if e + r > 0.0]
    return Figures(
        human=len(human),
        synthetic=len(synthetic),
        eer=equal_error_rate(scores(human), scores(synthetic)),
        false_alarms=false_alarms,
        misses=misses,
        answered=1.0 - share(every, Label.INCONCLUSIVE),
        wrong=float(np.mean(wrong)) if wrong else float("nan"),
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
    return sum(a.verdict.label == label for a in answers) / len(answers)


def interval(answers: list[Answer], seed: int = 1) -> tuple[float, float]:
    """95 % interval of the equal error rate: whole sources are drawn, not clips (bootstrap)."""
    rng = np.random.default_rng(seed)
    by_source: dict[str, list[Answer]] = {}
    for answer in answers:
        by_source.setdefault(answer.clip.source, []).append(answer)
    sources = list(by_source.values())
    rates = []
    for _ in range(RESAMPLES):
        drawn = [a for i in rng.integers(len(sources), size=len(sources)) for a in sources[i]]
        human, synthetic = split(drawn)
        rates.append(equal_error_rate(scores(human), scores(synthetic)))
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


def against_all_humans(answers: list[Answer], key: Callable[[Answer], str]) -> dict[str, Figures]:
    """Figures of each group of synthetic clips, each against every human clip."""
    human, synthetic = split(answers)
    return {name: figures([*human, *group]) for name, group in by(synthetic, key, least=10).items()}


def voice_notes(answers: list[Answer]) -> list[Answer]:
    """Human clips of sources that have nothing synthetic: what people really record and send."""
    mixed = {a.clip.source for a in answers if a.clip.label == "synthetic"}
    return [a for a in answers if a.clip.label == "human" and a.clip.source not in mixed]


def length(answer: Answer) -> str:
    spoken = answer.measures.speech_seconds
    below = [edge for edge in LENGTHS if spoken < edge]
    return f"under {below[0]:g} s" if below else f"{LENGTHS[-1]:g} s or more"


def reasons(answers: list[Answer]) -> dict[Reason, float]:
    """Share of the clips that were not answered for each reason."""
    return {
        reason: sum(reason in a.verdict.reasons for a in answers) / max(1, len(answers))
        for reason in Reason
    }
