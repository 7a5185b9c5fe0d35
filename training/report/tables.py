"""Figures become Markdown tables."""

from collections.abc import Mapping, Sequence

from dataset.markdown import between, number, percent, points, table
from training.evaluation.figures import Figures, change, figures, interval, leans, turned
from training.evaluation.scoring import Answer

COLUMNS = (
    "human",
    "synthetic",
    "sources of each",
    "EER",
    "false alarms",
    "misses",
    "answered",
    "wrong if answered",
)
EER_AT = COLUMNS.index("EER") + 1
TURNED = "more people called machines", "more machines called people"
LEANS = "right towards a person", "right towards a machine"
MORE = ("AUC", "accuracy", "cost", "least cost", "Brier", "ECE")

Groups = Mapping[str, Sequence[Answer]]


def rows(title: str, groups: Mapping[str, Figures]) -> str:
    """One line a group, with the figures that a reader needs first."""
    lines = [(name, *_first(found)) for name, found in groups.items()]
    return table((title, *COLUMNS), lines)


def slices(title: str, groups: Groups) -> str:
    """The same with the interval of the equal error rate, from answers."""
    head = (title, *COLUMNS[:EER_AT], "95 % interval", *COLUMNS[EER_AT:])
    lines = []
    for name, answers in groups.items():
        first = _first(figures(answers))
        lines.append((name, *first[:EER_AT], between(*interval(answers)), *first[EER_AT:]))
    return table(head, lines)


def leanings(groups: Groups) -> str:
    """How many clips get an answer or a lean, and how often a lean is right."""
    lines = []
    for name, answers in groups.items():
        found = leans(answers)
        lines.append(
            (
                name,
                percent(found.answered_or_leaning),
                found.human + found.synthetic,
                percent(found.right),
                f"{percent(found.human_right)} of {found.human}",
                f"{percent(found.synthetic_right)} of {found.synthetic}",
            )
        )
    return table(("", "answer or lean", "leans", "right", *LEANS), lines)


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
    """Conditions with what rises from the `reference` on: the equal error rate, from all clips of
    both, and the shares of people and machines that are taken for the other, see `turned`."""
    rise = f"change from {reference}, 95 % interval"
    head = (title, *COLUMNS[:EER_AT], rise, *TURNED, *COLUMNS[EER_AT:])
    before = groups[reference]
    rate = figures(before).eer
    lines = []
    for name, answers in groups.items():
        found = figures(answers)
        first = _first(found)
        said: tuple[str, ...] = ("", "", "")
        if name != reference:
            spread = " to ".join(map(points, change(before, answers)))
            more = map(points, turned(before, answers))
            said = f"{points(found.eer - rate)} ({spread})", *more
        lines.append((name, *first[:EER_AT], *said, *first[EER_AT:]))
    return table(head, lines)


def _first(found: Figures) -> tuple[object, ...]:
    shares = (found.eer, found.false_alarms, found.misses, found.answered, found.wrong)
    sources = f"{found.human_sources} / {found.synthetic_sources}"
    return (found.human, found.synthetic, sources, *map(percent, shares))
