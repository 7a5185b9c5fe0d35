"""A network learns from batches: resumable, with a moving average of its weights at the end."""

import csv
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from dataset.files import unfinished
from training.recipe.crops import Crops

WEIGHTS, CURVE, STATE = "final.weights.h5", "curve.csv", "state.npz"
AHEAD = 4  # batches drawn before they are due


@dataclass(frozen=True)
class Schedule:
    """How long and how fast."""

    epochs: int
    learning_rate: float  # at its peak; a cosine brings it to 0
    weight_decay: float = 0.01
    average: float = 0.995  # of the moving average of the weights


def learn(model: keras.Model, crops: Crops, schedule: Schedule, run: Path) -> None:
    """Train `model`, or go on, and leave its averaged weights in `run` and in the model itself.

    A loop of its own, because `keras.Model.fit` feeds itself through TensorFlow's pipeline, which
    on two busy cores came to a halt between two epochs (Keras 3.15, TensorFlow 2.21).
    """
    if (run / WEIGHTS).exists():
        model.load_weights(run / WEIGHTS)
        return
    run.mkdir(parents=True, exist_ok=True)
    steps = schedule.epochs * len(crops)
    model.compile(_optimizer(schedule, steps), loss=_loss())
    model.optimizer.build(model.trainable_variables)
    with ThreadPoolExecutor(1) as beside:  # draws the next batches while one is learnt from
        for epoch in range(_restored(model, run), schedule.epochs):
            keras.utils.set_random_seed(crops.how.seed * 1_000 + epoch)
            loss = _epoch(model, crops, epoch, beside)
            _keep(model, run, epoch, loss)
    model.optimizer.finalize_variable_values(model.trainable_variables)  # the average
    with unfinished(run / WEIGHTS) as new:
        model.save_weights(new)
    (run / STATE).unlink()


def _optimizer(schedule: Schedule, steps: int) -> keras.optimizers.Optimizer:
    """A warm start, then a cosine down to nothing."""
    rate = keras.optimizers.schedules.CosineDecay(
        schedule.learning_rate / 20.0,
        decay_steps=max(1, steps - steps // 20),
        warmup_target=schedule.learning_rate,
        warmup_steps=max(1, steps // 20),
    )
    return keras.optimizers.AdamW(
        rate,
        weight_decay=schedule.weight_decay,
        clipnorm=2.0,
        use_ema=True,
        ema_momentum=min(schedule.average, max(0.0, 1.0 - 20.0 / steps)),
    )


def _loss() -> keras.losses.Loss:
    return keras.losses.BinaryCrossentropy(from_logits=True)


def _epoch(model: keras.Model, crops: Crops, epoch: int, beside: ThreadPoolExecutor) -> float:
    """Mean loss of all batches of an epoch, each learnt from once."""
    coming = deque(beside.submit(crops.batch, epoch, step) for step in range(AHEAD))
    losses = []
    for step in tqdm(range(len(crops)), f"epoch {epoch + 1}", leave=False, disable=None):
        x, y = coming.popleft().result()
        if step + AHEAD < len(crops):
            coming.append(beside.submit(crops.batch, epoch, step + AHEAD))
        losses.append(float(model.train_on_batch(x, y, return_dict=True)["loss"]))
    return float(np.mean(losses))


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
    """Leave all that the next epoch needs, then the line of the curve."""
    state = {f"w{i}": weight for i, weight in enumerate(model.get_weights())}
    state |= {f"o{i}": v.numpy() for i, v in enumerate(model.optimizer.variables)}
    with unfinished(run / STATE) as new:
        np.savez(new, epoch=epoch, **state)
    path = run / CURVE
    old = path.read_text().splitlines() if path.exists() else ["epoch,loss"]
    kept = [row for row in csv.reader(old[1:]) if int(row[0]) <= epoch]
    lines = [old[0], *(",".join(row) for row in kept), f"{epoch + 1},{loss:.5f}"]
    with unfinished(path) as file:
        file.write_text("\n".join(lines) + "\n")
    print(f"{run.name}: epoch {epoch + 1}, loss {loss:.4f}", flush=True)
