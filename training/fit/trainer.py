"""Arrays in, a trained network out: `runs/NAME/` with run.json, weights and the curve."""

import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray
from tqdm import tqdm

from dataset.files import unfinished
from training.data.arrays import Arrays
from training.data.batches import Batches, Recipe
from training.evaluation.metrics import equal_error_rate
from training.fit.epochs import averaging_adamw, learn_epoch
from training.fit.footprint import peak_memory
from training.fit.head import refit_head
from training.fit.records import BEST, CURVE, FINAL, curve, made_of, refuse_other, write_run
from training.networks import build, trainee
from training.networks.sizes import CnnSize, Size, name_of


@dataclass(frozen=True)
class Fit:
    """Everything that decides how a run ends, besides the data."""

    recipe: Recipe = field(default_factory=Recipe)
    size: Size = field(default_factory=CnnSize)  # its type says which network
    epochs: int = 16  # of recipe.steps batches
    patience: int = 8  # epochs without a better dev
    learning_rate: float = 2e-3  # at its peak; a cosine brings it to 0
    weight_decay: float = 0.05
    smoothing: float = 0.05  # of the labels
    speech_weight: float = 0.2  # of the second logit's loss


def fit(data: Path | Sequence[Path], run: Path, plan: Fit, start: Path | None = None) -> float:
    """Train or go on training, then fit the head again; returns the equal error rate on dev.

    With dev among the recipe's splits nothing is left to choose by or to measure: all epochs are
    trained, the last one stays, and no rate is known. Give it the epochs that its reference model
    needed.

    `start` is another run, from whose best weights this one sets out.

    Raises ValueError before any training where a class is missing or `run` was begun otherwise.
    """
    folders = [data] if isinstance(data, Path) else data
    arrays = Arrays.read(*folders)
    _refuse_one_class(arrays, plan.recipe.splits)
    settings = {"network": name_of(plan.size), "plan": asdict(plan)}
    facts = made_of(settings, folders, arrays, start)
    refuse_other(run, facts)
    write_run(run, facts)
    network = build(arrays.spec, plan.size)
    if not over(curve(run), plan):
        _train(network, arrays, run, plan, start)
    network.load_weights(run / BEST)
    refit_head(network, arrays, plan.recipe.power, plan.recipe.splits)
    network.save_weights(run / FINAL)
    return dev_rate(network, arrays, plan.recipe)


def _refuse_one_class(arrays: Arrays, splits: Sequence[str]) -> None:
    for label in ("human", "synthetic"):
        if not any(len(arrays.of(split, label)) for split in splits):
            raise ValueError(f"there is no {label} clip to learn from in {' and '.join(splits)}")


def _train(network: keras.Model, arrays: Arrays, run: Path, plan: Fit, start: Path | None) -> None:
    """Leave the best weights of the moving average in `run`; `network` is a place to try them."""
    keras.utils.set_random_seed(plan.recipe.seed)
    batches = Batches(arrays, plan.recipe)
    learning = build(arrays.spec, plan.size)
    if start:
        learning.load_weights(start / BEST)
    model = trainee(learning, arrays.spec, plan.size)
    model.compile(
        optimizer(plan, plan.epochs * plan.recipe.steps),
        loss=Loss(plan.smoothing, plan.speech_weight),
    )
    model.optimizer.build(learning.trainable_variables)
    backup = keras.callbacks.BackupAndRestore(
        str(run / "backup"),
        double_checkpoint=True,  # whoever kills a run may do so while it writes
        delete_checkpoint=False,
    )
    callbacks = [
        Dev(arrays, run, plan, learning, network),
        backup,  # after Dev: what it holds was scored
        Resumed(batches, model),
    ]
    _learn(model, batches, plan.epochs, callbacks)


def _learn(
    model: keras.Model,
    batches: Batches,
    epochs: int,
    callbacks: Sequence[keras.callbacks.Callback],
) -> None:
    """As `keras.Model.fit` with these callbacks."""
    called = keras.callbacks.CallbackList(callbacks, model=model, epochs=epochs)
    called.on_train_begin()
    model.stop_training = False
    for epoch in range(model._initial_epoch or 0, epochs):  # set by BackupAndRestore
        called.on_epoch_begin(epoch)
        logs = {"loss": learn_epoch(model, batches.__getitem__, len(batches), epoch)}
        called.on_epoch_end(epoch, logs)  # adds what dev says
        print(f"epoch {epoch + 1}: {logs}", flush=True)
        if model.stop_training:
            break
    called.on_train_end()


def optimizer(plan: Fit, steps: int) -> keras.optimizers.Optimizer:
    """For so many steps in all."""
    return averaging_adamw(steps, plan.learning_rate, 1 / 100, plan.weight_decay, 5.0)


class Loss(keras.losses.Loss):  # type: ignore[misc]
    """Cross-entropy of both logits; clips without speech do not count for the first."""

    def __init__(self, smoothing: float, speech_weight: float) -> None:
        super().__init__(name="loss")
        self.smoothing, self.speech_weight = smoothing, speech_weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        target = y_true[:, :2] * (1.0 - self.smoothing) + self.smoothing / 2.0
        loss = ops.softplus(y_pred) - target * y_pred
        return y_true[:, 2] * loss[:, 0] + self.speech_weight * loss[:, 1]


class Dev(keras.callbacks.SwapEMAWeights):  # type: ignore[misc]
    """Score dev after each epoch, keep the best weights, write the curve, stop in time.

    Scored is the moving average of `learning`, copied into `network`.
    """

    def __init__(
        self,
        arrays: Arrays,
        run: Path,
        plan: Fit,
        learning: keras.Model,
        network: keras.Model,
    ) -> None:
        super().__init__()
        self.arrays, self.run, self.plan = arrays, run, plan
        self.learning, self.network = learning, network

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.began = time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        used = time.process_time() - self.began
        self.on_test_begin()  # the average takes the place of the weights
        self.network.set_weights(self.learning.get_weights())
        self.on_test_end()  # and goes back: a backup and the next epoch want the weights
        rate = dev_rate(self.network, self.arrays, self.plan.recipe)
        self._keep(rate, epoch, float(logs["loss"]), used)
        rows = curve(self.run)
        logs["dev_eer"] = float(rows[-1]["dev_eer"])
        self.model.stop_training = over(rows, self.plan)

    def _keep(self, rate: float, epoch: int, loss: float, used: float) -> None:
        # who was killed between curve and backup has this epoch again
        rows = [row for row in curve(self.run) if int(row["epoch"]) <= epoch]
        best = min((float(row["dev_eer"]) for row in rows), default=1.0)
        if not rate > best:  # nan is not: without dev the last epoch is the best one
            self.network.save_weights(self.run / BEST)
        lines = ["epoch,loss,dev_eer,processor_s,memory_mb", *(",".join(r.values()) for r in rows)]
        lines += [f"{epoch + 1},{loss:.5f},{rate:.5f},{used:.1f},{peak_memory():.0f}"]
        with unfinished(self.run / CURVE) as file:
            file.write_text("\n".join(lines) + "\n")


class Resumed(keras.callbacks.Callback):  # type: ignore[misc]
    """Draw the batches and the random numbers of the epoch that is due, whenever it is begun."""

    def __init__(self, batches: Batches, model: keras.Model) -> None:
        super().__init__()
        self.batches = batches
        kept = {id(weight) for weight in model.weights}  # a backup has these, and no seeds
        self.seeds = [state for state in model.variables if id(state) not in kept]

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.batches.epoch = epoch
        for state in self.seeds:  # (seed, how often it was used)
            state.assign([int(state.numpy()[0]), epoch << 32])


def over(rows: list[dict[str, str]], plan: Fit) -> bool:
    """Whether a run with this curve had all its epochs, or its patience without a better dev."""
    rates = [float(row["dev_eer"]) for row in rows]
    if not rates or len(rates) >= plan.epochs:
        return bool(rates)
    if "dev" in plan.recipe.splits:
        return False
    return len(rates) - 1 - rates.index(min(rates)) >= plan.patience


def dev_rate(network: keras.Model, arrays: Arrays, recipe: Recipe) -> float:
    """Equal error rate on dev, 0..1, of one window a clip; nan for what has learnt from dev."""
    if "dev" in recipe.splits:
        return math.nan
    human, synthetic = (
        score(network, arrays, arrays.of("dev", label))[:, 0] for label in ("human", "synthetic")
    )
    return equal_error_rate(human, synthetic)


def score(
    network: keras.Model, arrays: Arrays, indices: NDArray[np.int64], batch: int = 64
) -> NDArray[np.float32]:
    """Logits of the middle window of each clip, shape (len(indices), 2)."""
    columns = arrays.spec.columns
    answers = []
    for start in tqdm(range(0, len(indices), batch), desc="dev", leave=False, disable=None):
        crops = [arrays.middle(i, columns) for i in indices[start : start + batch]]
        answers.append(network.predict_on_batch(np.stack(crops)))
    return np.concatenate(answers) if answers else np.zeros((0, 2), np.float32)
