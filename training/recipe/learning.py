"""A network learns from batches: resumable, with a moving average of its weights at the end."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np

from dataset.files import unfinished
from training.fit.epochs import averaging_adamw, learn_epoch

WEIGHTS, HISTORY, STATE = "final.weights.h5", "curve.csv", "state.npz"


@dataclass(frozen=True)
class Schedule:
    """Length and learning rates of a training."""

    epochs: int
    steps: int  # an epoch
    learning_rate: float  # at its peak; a cosine brings it to 0
    weight_decay: float = 0.01
    average: float = 0.995  # of the moving average of the weights
    slower: Mapping[str, float] = field(default_factory=dict)  # by a weight's path, a share
    seed: int = 1  # of what is random inside the network

    @property
    def total(self) -> int:
        """Steps in all."""
        return self.epochs * self.steps


def learn(
    model: keras.Model, draw: Callable[[int, int], Any], schedule: Schedule, run: Path
) -> None:
    """Train `model`, or go on, and leave its averaged weights in `run` and in the model itself.

    `draw(epoch, step)` gives the inputs and the labels of one step.
    """
    if (run / WEIGHTS).exists():
        model.load_weights(run / WEIGHTS)
        return
    run.mkdir(parents=True, exist_ok=True)
    optimizer = averaging_adamw(
        schedule.total,
        schedule.learning_rate,
        1 / 20,
        schedule.weight_decay,
        2.0,
        schedule.average,
        schedule.slower,
    )
    model.compile(optimizer, loss=keras.losses.BinaryCrossentropy(from_logits=True))
    model.optimizer.build(model.trainable_variables)
    for epoch in range(_restored(model, run), schedule.epochs):
        keras.utils.set_random_seed(schedule.seed * 1_000 + epoch)
        loss = learn_epoch(model, partial(draw, epoch), schedule.steps, epoch)
        _keep(model, run, epoch, loss)
    model.optimizer.finalize_variable_values(model.trainable_variables)  # the average
    with unfinished(run / WEIGHTS) as new:
        model.save_weights(new)
    (run / STATE).unlink()


def _restored(model: keras.Model, run: Path) -> int:
    """Put back what `_keep` has left; the epoch that is due."""
    if not (run / STATE).exists():
        return 0
    with np.load(run / STATE) as state:
        model.set_weights([state[f"w{i}"] for i in range(len(model.weights))])
        for i, variable in enumerate(model.optimizer.variables):
            variable.assign(state[f"o{i}"])
        return int(state["epoch"]) + 1


def _keep(model: keras.Model, run: Path, epoch: int, loss: float) -> None:
    """Leave all that the next epoch needs, then the line of the history."""
    state = {f"w{i}": weight for i, weight in enumerate(model.get_weights())}
    state |= {f"o{i}": v.numpy() for i, v in enumerate(model.optimizer.variables)}
    with unfinished(run / STATE) as new:
        np.savez(new, epoch=epoch, **state)
    path = run / HISTORY
    old = path.read_text().splitlines() if path.exists() else ["epoch,loss"]
    kept = [row for row in csv.reader(old[1:]) if int(row[0]) <= epoch]
    lines = [old[0], *(",".join(row) for row in kept), f"{epoch + 1},{loss:.5f}"]
    with unfinished(path) as file:
        file.write_text("\n".join(lines) + "\n")
    print(f"{run.name}: epoch {epoch + 1}, loss {loss:.4f}", flush=True)
