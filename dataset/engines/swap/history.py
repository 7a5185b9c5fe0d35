"""History of a training: losses on held-out clips, and a comparison of two trainings."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from dataset.files import unfinished
from dataset.markdown import table

HISTORY = "curve.csv"
LEVELS = (1.2, 1.1, 1.05, 1.02, 1.0)  # times the best loss of the run that is compared with


@dataclass(frozen=True)
class Plan:
    """Hyper-parameters of a training."""

    seed: int = 1
    batch: int = 16  # segments of each speaker
    steps: int = 50  # batches between two looks at the held-out clips
    looks: int = 80  # at most
    patience: int = 10  # looks without a better one


@dataclass(frozen=True)
class Look:
    """A row of curve.csv."""

    step: int
    cpu_seconds: float  # of the steps, without the looks
    loss: float  # mean absolute error of bent training segments, standard scores
    held_loss: float  # of held-out segments as they are


def stale(looks: Sequence[Look], plan: Plan) -> bool:
    """Whether it is time to stop."""
    losses = [look.held_loss for look in looks]
    return len(looks) > plan.looks or len(looks) - 1 - losses.index(min(losses)) >= plan.patience


def write_history(looks: Sequence[Look], folder: Path) -> None:
    with (
        unfinished(folder / HISTORY) as path,
        path.open("w", newline="", encoding="utf-8") as file,
    ):
        table = csv.writer(file)
        table.writerow(field.name for field in fields(Look))
        table.writerows(astuple(look) for look in looks)


def read_history(folder: Path) -> list[Look]:
    """Nothing before a first look."""
    if not (folder / HISTORY).exists():
        return []
    with (folder / HISTORY).open(newline="", encoding="utf-8") as file:
        return [
            Look(int(row.pop("step")), **{name: float(text) for name, text in row.items()})
            for row in csv.DictReader(file)
        ]


def compared(cold: Sequence[Look], warm: Sequence[Look]) -> str:
    """A Markdown table: what each run needed to come to the same held-out losses."""
    best = min(look.held_loss for look in cold)
    lines = []
    for level in LEVELS:
        first, second = _reached(cold, level * best), _reached(warm, level * best)
        share = "–"
        if first and second and first.cpu_seconds:
            share = f"{second.cpu_seconds / first.cpu_seconds:.0%}"
        loss = f"{level * best:.3f}"
        lines.append((loss, f"{level:.0%}", _cost(first), _cost(second), share))
    head = ("held-out loss", "of the first run's best", "first run", "second run", "needed")
    return table(head, lines)


def _reached(looks: Sequence[Look], loss: float) -> Look | None:
    return next((look for look in looks if look.held_loss <= loss), None)


def _cost(look: Look | None) -> str:
    return f"{look.step} steps, {look.cpu_seconds:.0f} CPU s" if look else "not reached"
