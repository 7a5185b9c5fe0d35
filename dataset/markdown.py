"""Cells become a Markdown table; shares and differences become text, "–" where they are nan."""

import math
from collections.abc import Iterable


def table(head: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    """A header row, the rule under it and a row for each of `lines`; `|` in a cell is escaped."""
    head = list(head)
    ruled = ["|".join(["", *head, ""]), "|" + "---|" * len(head)]
    return "\n".join([*ruled, *("|".join(["", *map(_cell, line), ""]) for line in lines)])


def percent(share: float) -> str:
    return "–" if math.isnan(share) else f"{100.0 * share:.1f} %"


def points(difference: float) -> str:
    """A difference of two shares, in points of percent."""
    return "–" if math.isnan(difference) else f"{100.0 * difference:+.1f}"


def number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def between(low: float, high: float) -> str:
    return "–" if math.isnan(low) else f"{percent(low)} to {percent(high)}"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|")  # a system's name may hold one
