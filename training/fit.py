"""Arrays in, a trained network out: `runs/NAME/` with run.json, weights and the curve."""

import csv
import hashlib
import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from training.arrays import Arrays
from training.batches import Batches, Recipe
from training.head import refit_head
from training.metrics import equal_error_rate
from training.networks import CnnSize, cnn

RUN, BEST, CURVE = "run.json", "best.weights.h5", "curve.csv"
FINAL = "final.weights.h5"  # the best ones with the head fitted again


@dataclass(frozen=True)
class Fit:
    """Everything that decides how a run ends, besides the data."""

    recipe: Recipe = field(default_factory=Recipe)
    size: CnnSize = field(default_factory=CnnSize)
    epochs: int = 16  # of recipe.steps batches
    patience: int = 8  # epochs without a better dev
    learning_rate: float = 2e-3  # at its peak; a cosine brings it to 0
    weight_decay: float = 0.05
    smoothing: float = 0.05  # of the labels
    speech_weight: float = 0.2  # of the second logit's loss


def fit(data: Path, run: Path, plan: Fit, start: Path | None = None) -> float:
    """Train or go on training, then fit the head again; returns the equal error rate on dev.

    `start` is another run, from whose best weights this one sets out.
    """
    run.mkdir(parents=True, exist_ok=True)
    arrays = Arrays.read(data)
    _write_run(run, data, arrays, plan, start)
    keras.utils.set_random_seed(plan.recipe.seed)
    network = cnn(arrays.spec, plan.size)
    if start:
        network.load_weights(start / BEST)
    network.compile(optimizer(plan), loss=Loss(plan.smoothing, plan.speech_weight))
    batches = Batches(arrays, plan.recipe)
    dev = Dev(arrays, run)
    network.fit(
        batches,
        epochs=plan.epochs,
        verbose=1 if os.isatty(1) else 2,
        callbacks=[
            keras.callbacks.BackupAndRestore(str(run / "backup"), delete_checkpoint=False),
            Resumed(batches),
            keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
            dev,
            keras.callbacks.EarlyStopping("dev_eer", patience=plan.patience, mode="min"),
        ],
    )
    network.load_weights(run / BEST)
    refit_head(network, arrays, plan.recipe.power)
    network.save_weights(run / FINAL)
    return dev.rate(network)


def optimizer(plan: Fit) -> keras.optimizers.Optimizer:
    total = plan.epochs * plan.recipe.steps
    schedule = keras.optimizers.schedules.CosineDecay(
        plan.learning_rate / 100.0,
        decay_steps=max(1, total - total // 20),
        warmup_target=plan.learning_rate,
        warmup_steps=max(1, total // 20),
    )
    return keras.optimizers.AdamW(
        schedule,
        weight_decay=plan.weight_decay,
        clipnorm=5.0,
        use_ema=True,
        ema_momentum=min(0.995, max(0.0, 1.0 - 20.0 / total)),  # a short run has no long memory
    )


class Loss(keras.losses.Loss):  # type: ignore[misc]
    """Cross-entropy of both logits; clips without speech do not count for the first."""

    def __init__(self, smoothing: float, speech_weight: float) -> None:
        super().__init__(name="loss")
        self.smoothing, self.speech_weight = smoothing, speech_weight

    def call(self, y_true: Any, y_pred: Any) -> Any:
        target = y_true[:, :2] * (1.0 - self.smoothing) + self.smoothing / 2.0
        loss = ops.softplus(y_pred) - target * y_pred
        return y_true[:, 2] * loss[:, 0] + self.speech_weight * loss[:, 1]


class Dev(keras.callbacks.Callback):  # type: ignore[misc]
    """Score dev after each epoch, keep the best weights, write the curve."""

    def __init__(self, arrays: Arrays, run: Path) -> None:
        super().__init__()
        self.arrays, self.run = arrays, run
        self.human, self.synthetic = arrays.of("dev", "human"), arrays.of("dev", "synthetic")
        self.best = min((float(row["dev_eer"]) for row in curve(run)), default=1.0)

    def rate(self, network: keras.Model) -> float:
        """Equal error rate on dev, 0..1, of one window a clip."""
        human, synthetic = (
            score(network, self.arrays, indices)[:, 0] for indices in (self.human, self.synthetic)
        )
        return equal_error_rate(human, synthetic)

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        logs["dev_eer"] = self.rate(self.model)
        if logs["dev_eer"] <= self.best:
            self.best = logs["dev_eer"]
            self.model.save_weights(self.run / BEST)
        new = not (self.run / CURVE).exists()
        with (self.run / CURVE).open("a") as file:
            if new:
                file.write("epoch,loss,dev_eer\n")
            file.write(f"{epoch + 1},{logs['loss']:.5f},{logs['dev_eer']:.5f}\n")


class Resumed(keras.callbacks.Callback):  # type: ignore[misc]
    """After a resumption, draw the batches of the epoch that is due."""

    def __init__(self, batches: Batches) -> None:
        super().__init__()
        self.batches = batches

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.batches.epoch = epoch


def curve(run: Path) -> list[dict[str, str]]:
    path = run / CURVE
    return list(csv.DictReader(path.open())) if path.exists() else []


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


def _write_run(run: Path, data: Path, arrays: Arrays, plan: Fit, start: Path | None) -> None:
    facts = {
        "plan": asdict(plan),
        "spec": asdict(arrays.spec),
        "data": {
            "manifest_sha256": hashlib.sha256((data / manifest.NAME).read_bytes()).hexdigest(),
            "clips": len(arrays.clips),
        },
        "start": json.loads((start / RUN).read_text()) if start else None,
        "commit": _commit(),
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
    }
    (run / RUN).write_text(json.dumps(facts, indent=2) + "\n")


def _commit() -> str:
    """The commit this runs from, "+" after it when something is changed; empty outside git."""
    here = Path(__file__).parent
    try:
        call = ["git", "describe", "--always", "--dirty=+", "--abbrev=40"]
        return subprocess.run(
            call, cwd=here, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
