"""Figures become Markdown tables."""

import math
from collections.abc import Iterable, Mapping, Sequence

from training.evaluation import Figures, change, figures, interval
from training.served import Answer

COLUMNS = ("human", "synthetic", "EER", "false alarms", "misses", "answered", "wrong if answered")
MORE = ("AUC", "accuracy", "cost", "least cost", "Brier", "ECE")

Groups = Mapping[str, Sequence[Answer]]


def table(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    head = list(head)
    ruled = ["|".join(["", *head, ""]), "|" + "---|" * len(head)]
    return "\n".join([*ruled, *("|".join(["", *map(_cell, line), ""]) for line in lines)])


def rows(title: str, groups: Mapping[str, Figures]) -> str:
    """One line a group, with the figures that a reader needs first."""
    lines = [(name, *_first(found)) for name, found in groups.items()]
    return table((title, *COLUMNS), lines)


def slices(title: str, groups: Groups) -> str:
    """The same with the interval of the equal error rate, from answers."""
    head = (title, *COLUMNS[:3], "95 % interval", *COLUMNS[3:])
    lines = []
    for name, answers in groups.items():
        first = _first(figures(answers))
        lines.append((name, *first[:3], between(*interval(answers)), *first[3:]))
    return table(head, lines)


def everything(title: str, groups: Groups) -> str:
    """All figures, for those who look closer."""
    lines = []
    for name, answers in groups.items():
        found = figures(answers)
        more = (found.auc, found.cost, found.least_cost, found.brier, found.ece)
        auc, *costs = (number(value) for value in more)
        lines.append((name, *_first(found), auc, percent(found.accuracy), *costs))
    return table((title, *COLUMNS, *MORE), lines)


def changes(title: str, groups: Groups, reference: str) -> str:
    """Conditions with what the equal error rate rises by from that of the `reference`."""
    head = (title, *COLUMNS[:3], f"change from {reference}, 95 % interval", *COLUMNS[3:])
    before = groups[reference]
    rate = figures(before).eer
    lines = []
    for name, answers in groups.items():
        found = figures(answers)
        first = _first(found)
        rise = points(found.eer - rate), " to ".join(map(points, change(before, answers)))
        said = "" if name == reference else f"{rise[0]} ({rise[1]})"
        lines.append((name, *first[:3], said, *first[3:]))
    return table(head, lines)


def percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100.0 * share:.1f} %"


def points(difference: float) -> str:
    """A difference of two shares, in points of percent."""
    return "–" if math.isnan(difference) else f"{100.0 * difference:+.1f}"


def number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def between(low: float, high: float) -> str:
    return "–" if math.isnan(low) else f"{percent(low)} to {percent(high)}"


def _first(found: Figures) -> tuple[object, ...]:
    shares = (found.eer, found.false_alarms, found.misses, found.answered, found.wrong)
    return (found.human, found.synthetic, *map(percent, shares))


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")  # a system's name may hold one
