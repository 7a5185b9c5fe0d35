"""Scores become the pictures beside a model card: PNG, readable in black and white."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import norm

from dataset.reporting.plots import COLOURS, STYLES
from training.evaluation.metrics import curve, reliability

INCHES = 4.6
DOTS = 130  # an inch
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
ENDS = (0.005, 0.95)  # of the axes of the DET curve
BINS = 40

Scores = tuple[Sequence[float], Sequence[float]]  # of human and of synthetic clips


def det(groups: Mapping[str, Scores], path: Path) -> None:
    """False alarms against misses on the scale on which normal distributions are straight lines
    (Martin et al. 1997)."""
    figure, axes = _square()
    for (name, (human, synthetic)), colour, style in zip(
        groups.items(), COLOURS * 2, STYLES * 2, strict=False
    ):
        rates = curve(human, synthetic)
        shares = (np.clip(some, *ENDS) for some in (rates.false_alarms, rates.misses))
        axes.plot(*map(norm.ppf, shares), color=colour, ls=style, lw=1.6, label=name)
    axes.plot(norm.ppf(ENDS), norm.ppf(ENDS), color="0.8", lw=0.8, zorder=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(norm.ppf(TICKS), [f"{100 * tick:g}" for tick in TICKS])
    axes.set(xlim=norm.ppf(ENDS), ylim=norm.ppf(ENDS))
    axes.set_xlabel("% of the human clips called synthetic")
    axes.set_ylabel("% of the synthetic clips called human")
    axes.grid(color="0.92")
    axes.legend(frameon=False, fontsize=9)
    _save(figure, path)


def reliability_plot(human: Sequence[float], synthetic: Sequence[float], path: Path) -> None:
    """How often it was a machine where the score said so, in bins of equal width and of equal
    mass; both classes weigh the same."""
    figure, axes = _square()
    axes.plot([0, 1], [0, 1], color="0.8", lw=0.8, zorder=0)
    kinds = {"bins of equal width": False, "bins of as many clips": True}
    for (name, equal_mass), colour, style in zip(kinds.items(), COLOURS, "os", strict=False):
        bins = reliability(human, synthetic, equal_mass=equal_mass)
        axes.plot(bins.predicted, bins.observed, color=colour, marker=style, lw=1.2, label=name)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xlabel("score")
    axes.set_ylabel("share that is synthetic, if both are as likely")
    axes.legend(frameon=False, fontsize=9)
    _save(figure, path)


def histogram(
    human: Sequence[float],
    synthetic: Sequence[float],
    thresholds: tuple[float, float],
    path: Path,
) -> None:
    """How the scores of each class are spread, and the band in which there is no answer."""
    figure = Figure(figsize=(1.4 * INCHES, 0.7 * INCHES), layout="constrained")
    axes = figure.subplots()
    edges = np.linspace(0.0, 1.0, BINS + 1)
    axes.axvspan(*thresholds, facecolor="0.9", edgecolor="0.6", lw=0.8, label="I can't tell")
    for name, scores, colour, style in zip(
        ("human", "synthetic"), (human, synthetic), COLOURS, STYLES, strict=False
    ):
        shares = np.histogram(scores, edges)[0] / max(1, len(scores))
        axes.stairs(100 * shares, edges, color=colour, ls=style, lw=1.6, label=name)
    axes.set(xlim=(0, 1))
    axes.set_xlabel("score")
    axes.set_ylabel("% of the class")
    axes.legend(frameon=False, fontsize=9)
    _save(figure, path)


def _square() -> tuple[Figure, Axes]:
    figure = Figure(figsize=(INCHES, INCHES), layout="constrained")
    return figure, figure.subplots()


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=DOTS, metadata={"Software": None})  # the same scores, the same bytes
