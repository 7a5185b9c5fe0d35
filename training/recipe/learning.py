"""A network learns from batches: resumable, with a moving average of its weights at the end."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras

from dataset.files import unfinished
from training.recipe.crops import Crops

WEIGHTS, CURVE = "final.weights.h5", "curve.csv"


@dataclass(frozen=True)
class Schedule:
    """How long and how fast."""

    epochs: int
    learning_rate: float  # at its peak; a cosine brings it to 0
    weight_decay: float = 0.01
    average: float = 0.995  # of the moving average of the weights
    rates: Mapping[str, float] = field(default_factory=dict)  # layer: share of the learning rate


class Optimizer(keras.optimizers.AdamW):  # type: ignore[misc]
    """AdamW whose rate is another for the weights below some layers."""

    def __init__(self, *args: Any, rates: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rates = rates

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        # TensorFlow's own variable, which does not know its layer
        path = self._trainable_variables[self._get_variable_index(variable)].path
        shares = [share for name, share in self.rates.items() if name in path]
        super().update_step(gradient, variable, learning_rate * (shares or [1.0])[0])


def learn(model: keras.Model, crops: Crops, schedule: Schedule, run: Path) -> None:
    """Train `model`, or go on, and leave its averaged weights in `run` and in the model itself."""
    if (run / WEIGHTS).exists():
        model.load_weights(run / WEIGHTS)
        return
    run.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(crops.how.seed)
    steps = schedule.epochs * len(crops)
    rate = keras.optimizers.schedules.CosineDecay(
        schedule.learning_rate / 20.0,
        decay_steps=max(1, steps - steps // 20),
        warmup_target=schedule.learning_rate,
        warmup_steps=max(1, steps // 20),
    )
    optimizer = Optimizer(
        rate,
        rates=schedule.rates,
        weight_decay=schedule.weight_decay,
        clipnorm=2.0,
        use_ema=True,
        ema_momentum=min(schedule.average, max(0.0, 1.0 - 20.0 / steps)),
    )
    model.compile(optimizer, loss=keras.losses.BinaryCrossentropy(from_logits=True))
    callbacks = [
        Curve(run),
        keras.callbacks.BackupAndRestore(run / "backup", delete_checkpoint=False),
        Resumed(crops),
    ]
    model.fit(crops, epochs=schedule.epochs, shuffle=False, verbose=2, callbacks=callbacks)
    with unfinished(run / WEIGHTS) as new:  # `fit` left the average in the model
        model.save_weights(new)


class Curve(keras.callbacks.Callback):  # type: ignore[misc]
    """Writes epoch and loss to `curve.csv`."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        self.path = run / CURVE

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        old = self.path.read_text().splitlines() if self.path.exists() else ["epoch,loss"]
        kept = [row for row in csv.reader(old[1:]) if int(row[0]) <= epoch]
        lines = [old[0], *(",".join(row) for row in kept), f"{epoch + 1},{logs['loss']:.5f}"]
        with unfinished(self.path) as file:
            file.write_text("\n".join(lines) + "\n")


class Resumed(keras.callbacks.Callback):  # type: ignore[misc]
    """Draws the batches of the epoch that is due, whenever it is begun."""

    def __init__(self, crops: Crops) -> None:
        super().__init__()
        self.crops = crops

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.crops.epoch = epoch
