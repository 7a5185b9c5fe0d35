"""The rows of a comparison become a picture: a panel a figure, a bar a network, a dot a seed."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from training.network_comparison.comparison import COLUMNS, Column, Row, mean_and_spread

COLOURS = ("#3b6ea5", "#c97b2f", "#5f9150", "#8a5a9e")
ACROSS = 3


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write a PNG: the bars end at the mean over the seeds, the whiskers one deviation off."""
    down = -(-len(COLUMNS) // ACROSS)
    figure = Figure(figsize=(3.6 * ACROSS, 2.5 * down), layout="constrained")
    FigureCanvasAgg(figure)
    for panel, column in zip(figure.subplots(down, ACROSS).flat, COLUMNS, strict=False):
        _panel(panel, rows, column)
    figure.savefig(path, dpi=110)


def _panel(axes: Axes, rows: Sequence[Row], column: Column) -> None:
    networks = list(dict.fromkeys(row.network for row in rows))
    for place, network in enumerate(networks):
        values = [column.scale * getattr(r, column.field) for r in rows if r.network == network]
        mean, spread = mean_and_spread(values)
        colour = COLOURS[place % len(COLOURS)]
        axes.bar(place, mean, 0.6, yerr=spread, capsize=4, color=colour)
        axes.plot([place] * len(values), values, "o", markersize=3, color="black", alpha=0.5)
    axes.set_xticks(range(len(networks)), networks)
    axes.set_title(f"{column.title}, {column.unit}", fontsize=10)
    axes.set_ylim(bottom=0.0)
    axes.spines[["top", "right"]].set_visible(False)
