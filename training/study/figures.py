"""Figures of the report: curves of the trainings, and a human voice beside a machine's."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dataset.features.pictures import RANGE, SPEC
from training.study.drawing import Pixels
from training.study.results import Run

DPI = 80
COLOURS = {"training": "#2f81c4", "validation": "#d4622a"}
HERTZ = (100, 200, 400, 800, 1600, 3200, 6400)


def curves(title: str, runs: Sequence[Run], path: Path) -> None:
    """Accuracy and loss per epoch, training and validation; a line a seed, a ring the best one."""
    figure = Figure(figsize=(9.0, 3.2), layout="constrained")
    accuracy, loss = figure.subplots(1, 2)
    for run in runs:
        _line(accuracy, run, "accuracy", 100.0)
        _line(loss, run, "loss", 1.0)
    accuracy.set(ylabel="accuracy, %", ylim=(0, 101))
    loss.set(ylabel="cross-entropy", yscale="log")
    for axes in accuracy, loss:
        axes.set_xlabel("epoch")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
    handles, labels = accuracy.get_legend_handles_labels()
    accuracy.legend(handles[:2], labels[:2], frameon=False)
    figure.suptitle(title)
    figure.savefig(path, dpi=DPI)


def side_by_side(pictures: Mapping[str, Pixels], path: Path) -> None:
    """Pictures as the network gets them, with their axes: time, and frequency by octaves."""
    figure = Figure(figsize=(9.0, 3.6), layout="constrained")
    places = figure.subplots(1, len(pictures), sharey=True, squeeze=False)[0]
    octaves = SPEC.bins_per_octave * np.log2(np.array(HERTZ) / SPEC.fmin)
    for axes, (title, picture) in zip(places, pictures.items(), strict=True):
        rows, columns = picture.shape[:2]
        seconds = columns / SPEC.columns_per_second
        axes.imshow(
            picture.squeeze(), cmap="gray", aspect="auto", extent=(0, seconds, -0.5, rows - 0.5)
        )
        axes.set(title=title, xlabel="s")
        axes.set_yticks(octaves, [str(hertz) for hertz in HERTZ])
    places[0].set_ylabel(f"Hz; {RANGE:.0f} dB from dark to bright")
    figure.savefig(path, dpi=DPI)


def _line(axes: Axes, run: Run, name: str, scale: float) -> None:
    epochs = np.arange(1, len(run.history) + 1)
    for side, prefix, style in (("training", "", "-"), ("validation", "val_", "--")):
        values = scale * np.array([epoch[prefix + name] for epoch in run.history])
        axes.plot(epochs, values, style, color=COLOURS[side], label=side, alpha=0.8)
        if prefix:
            axes.plot(run.best, values[run.best - 1], "o", color=COLOURS[side], mfc="none")
