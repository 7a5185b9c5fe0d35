"""Numbers become pictures for a page: inline SVG that takes on the page's colours."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK = "#123456"  # stands for the page's own colour of text
COLOURS = ("#2f81c4", "#d4622a", "#7a8794", "#8a63c9")  # readable on white and on black
STYLES = ("-", "--", ":", "-.")  # so that nobody has to tell colours apart
WIDTH = 4.6  # inches; letters of 11 points can still be read on a telephone
BINS = 40
TAIL = 0.002  # of the values at either end that do not stretch the axis

STYLE: Any = {  # matplotlib wants a type of three hundred words
    "svg.fonttype": "none",  # text stays text
    "font.size": 11,
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK
    ),
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def histogram(values: Mapping[str, Sequence[float]], unit: str, name: str) -> str:
    """An SVG histogram of each class, in % of the class; `name` is unique on the page."""
    known = {label: np.asarray(some, float) for label, some in values.items()}
    known = {label: some[np.isfinite(some)] for label, some in known.items()}
    known = {label: some for label, some in known.items() if len(some)}
    with matplotlib.rc_context(STYLE):
        figure, axes = _figure(2.9)
        if known:
            everything = np.concatenate(list(known.values()))
            low, high = np.quantile(everything, (TAIL, 1 - TAIL))
            edges = np.linspace(low, high, BINS + 1)
            if edges[0] == edges[-1]:
                edges = edges[0] + np.linspace(-0.5, 0.5, BINS + 1)
            for (label, some), colour, style in zip(known.items(), COLOURS, STYLES, strict=False):
                inside = np.clip(some, edges[0], edges[-1])
                shares = np.histogram(inside, edges)[0] / len(some)
                axes.stairs(100 * shares, edges, color=colour, ls=style, lw=1.8, label=label)
            axes.legend(frameon=False)
        axes.set_xlabel(unit)
        axes.set_ylabel("% of the class")
        return _svg(figure, name)


def bars(values: Mapping[str, Sequence[float]], names: Sequence[str], name: str) -> str:
    """AUCs of each series beside each other, one group a name, over the line of chance."""
    with matplotlib.rc_context(STYLE):
        figure, axes = _figure(0.9 + 0.42 * len(names))
        places = np.arange(len(names))
        height = 0.8 / len(values)
        for number, (label, some) in enumerate(values.items()):
            shift = (number - (len(values) - 1) / 2) * height
            axes.barh(
                places + shift,
                np.maximum(np.nan_to_num(some, nan=0.5) - 0.5, 0.0),
                0.9 * height,
                left=0.5,
                color=COLOURS[number],
                hatch=("", "///")[number % 2],
                edgecolor=INK,
                linewidth=0.5,
                label=label,
            )
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.set_xlim(0.5, 1.0)
        axes.set_xlabel("AUC: 0.5 is chance, 1 tells every clip")
        if len(values) > 1:
            axes.legend(frameon=False, loc="lower right")
        return _svg(figure, name)


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    figure.patch.set_alpha(0.0)
    axes = figure.subplots()
    axes.patch.set_alpha(0.0)
    return figure, axes


def _svg(figure: Figure, name: str) -> str:
    file = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name, **STYLE}):  # the same numbers, the same bytes
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|#)(?=[a-zA-Z])(?![0-9a-f]{6}\b)', rf"\g<1>{name}-", svg)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1, flags=re.DOTALL)
    return re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1, flags=re.DOTALL)
