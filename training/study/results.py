"""Results of finished runs: accuracies and error rates, with their spread over the seeds."""

import csv
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from training.evaluation.metrics import equal_error_rate
from training.study.run import ANSWERS, HISTORY, RUN


@dataclass(frozen=True)
class Answer:
    """A network's answer to one test picture."""

    label: str
    language: str
    channel: str  # what was laid over it; empty for a plain clip
    probabilities: dict[str, float]  # of each class

    @property
    def right(self) -> bool:
        return max(self.probabilities, key=lambda name: self.probabilities[name]) == self.label


@dataclass(frozen=True)
class Run:
    """One finished training."""

    seed: int
    facts: dict[str, Any]  # run.json
    history: list[dict[str, float]]  # accuracy, loss, val_accuracy, val_loss of each epoch
    answers: list[Answer]

    @property
    def best(self) -> int:
        """The epoch, from 1, whose weights gave the answers."""
        losses = [epoch["val_loss"] for epoch in self.history]
        return 1 + losses.index(min(losses))

    @property
    def steps(self) -> int:
        """Batches of an epoch."""
        pictures: int = sum(self.facts["sides"]["train"].values())
        batch: int = self.facts["made_of"]["training"]["batch"]
        return -(-pictures // batch)


Measure = Callable[[Run], float]  # NaN where a run does not tell


def read(folder: Path, seed: int) -> Run:
    with (folder / HISTORY).open(newline="") as file:
        history = [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]
    with (folder / ANSWERS).open(newline="", encoding="utf-8") as file:
        answers = [_answer(row) for row in csv.DictReader(file)]
    return Run(seed, json.loads((folder / RUN).read_text()), history, answers)


def after_one_epoch(run: Run) -> float:
    """Accuracy on validation, 0..1."""
    return run.history[0]["val_accuracy"]


def validation(run: Run) -> float:
    """Accuracy on validation in the best epoch, 0..1."""
    return run.history[run.best - 1]["val_accuracy"]


def accuracy(run: Run) -> float:
    """Share of the test pictures that were told right, 0..1."""
    return _share(run, lambda answer: True)


def plain(run: Run) -> float:
    """`accuracy` on clips that nothing was laid over."""
    return _share(run, lambda answer: not answer.channel)


def copies(run: Run) -> float:
    """`accuracy` on clips with ambience, noise or both."""
    return _share(run, lambda answer: bool(answer.channel))


def own_language(run: Run) -> float:
    """`accuracy` on clips that are not English."""
    return _share(run, lambda answer: not answer.language.startswith("en"))


def eer(run: Run) -> float:
    """Equal error rate between human and synthetic test pictures, 0..1."""
    human, synthetic = (
        [answer.probabilities["synthetic"] for answer in run.answers if answer.label == label]
        for label in ("human", "synthetic")
    )
    return equal_error_rate(human, synthetic)


def epochs(run: Run) -> float:
    return float(len(run.history))


def stopped(run: Run) -> bool:
    """Whether it ended before the last epoch it was allowed."""
    return len(run.history) < int(run.facts["made_of"]["training"]["epochs"])


def spread(values: list[float], scale: float = 100.0, unit: str = " %") -> str:
    """Mean ± standard deviation over the seeds, in words."""
    known = [scale * value for value in values if not math.isnan(value)]
    if not known:
        return "–"
    deviation = f" ± {stdev(known):.1f}" if len(known) > 1 else ""
    return f"{mean(known):.1f}{deviation}{unit}"


def _share(run: Run, chosen: Callable[[Answer], bool]) -> float:
    some = [answer.right for answer in run.answers if chosen(answer)]
    return sum(some) / len(some) if some else math.nan


def _answer(row: dict[str, str]) -> Answer:
    known = {"file", "label", "language", "channel"}
    probabilities = {name: float(value) for name, value in row.items() if name not in known}
    return Answer(row["label"], row["language"], row["channel"], probabilities)
