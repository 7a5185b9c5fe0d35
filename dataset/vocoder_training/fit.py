"""Recordings in, a trained vocoder out: a run's folder with run.json, checkpoints and the curve.

First against spectral distances alone, then against the discriminator too, which puts back what a
mean over all possible phases blurs.
"""

import csv
import hashlib
import json
import os
import platform
import subprocess
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # else TensorFlow prints pages about GPUs

import keras
import numpy as np
import tensorflow as tf

from dataset import manifest
from dataset.vocoder_training.discriminator import Discriminator, critic_loss, maker_loss
from dataset.vocoder_training.losses import distance, log_mel, synthesis
from dataset.vocoder_training.network import Size, network
from dataset.vocoder_training.recordings import Recordings, gather

RUN, CURVE, CHECKPOINTS = "run.json", "curve.csv", "checkpoints"
ROW = 100  # steps a row of the curve
COLUMNS = ("spectral", "mel", "fooling", "features", "critic")


@dataclass(frozen=True)
class Plan:
    """Everything that decides how a run ends, besides the recordings."""

    steps: int = 10_000
    batch: int = 8  # pieces; steps count more than pieces when hours are few
    length: int = 8_000  # samples a piece, a multiple of spectrum.HOP
    warm_up: int = 3_000  # steps before the discriminator joins
    learning_rate: float = 1e-3  # at its peak; a cosine brings it to a hundredth
    mel_weight: float = 2.0
    feature_weight: float = 0.5
    fooling_weight: float = 0.2
    save_every: int = 300  # steps, a multiple of ROW
    seed: int = 1
    size: Size = field(default_factory=Size)


class Training:
    """The two networks, their optimisers, and how one batch changes them."""

    def __init__(self, plan: Plan) -> None:
        keras.utils.set_random_seed(plan.seed)
        self.plan = plan
        self.network, self.discriminator = network(plan.size), Discriminator()
        self.discriminator(tf.zeros((1, plan.length)))
        self.optimizer = _optimizer(plan, plan.steps, average=True)
        self.critic_optimizer = _optimizer(plan, plan.steps - plan.warm_up, average=False)
        self.optimizer.build(self.network.trainable_variables)
        self.critic_optimizer.build(self.discriminator.trainable_variables)
        self.step = tf.Variable(0, dtype=tf.int64, trainable=False)
        self.state = tf.train.Checkpoint(
            network=self.network,
            discriminator=self.discriminator,
            optimizer=self.optimizer,
            critic_optimizer=self.critic_optimizer,
            step=self.step,
        )
        # The network three times as fast compiled, the discriminator twice as fast not compiled.
        self._make = tf.function(self._make_and_compare, jit_compile=True)
        self._alone = tf.function(self._learn_alone, jit_compile=True)
        self._against = tf.function(self._learn_against)

    def learn(self, samples: Any) -> dict[str, float]:
        """One step on a batch of shape (batch, length); its losses by COLUMNS' names."""
        learn = self._alone if int(self.step) < self.plan.warm_up else self._against
        losses = learn(tf.constant(samples))
        self.step.assign_add(1)
        return {name: float(loss) for name, loss in zip(COLUMNS, losses, strict=True)}

    def averaged(self) -> keras.Model:
        """The network with the running mean of its weights, for use; training ends with it."""
        self.optimizer.finalize_variable_values(self.network.trainable_variables)
        return self.network

    def _make_and_compare(self, samples: Any) -> tuple[Any, Any, Any]:
        made = synthesis(self.network(log_mel(samples), training=True), self.plan.length)
        return made, *distance(made, samples)

    def _learn_alone(self, samples: Any) -> tuple[Any, ...]:
        with tf.GradientTape() as tape:
            _, spectral, mel = self._make_and_compare(samples)
            loss = spectral + self.plan.mel_weight * mel
        self._apply(tape, loss)
        return spectral, mel, tf.zeros(()), tf.zeros(()), tf.zeros(())

    def _learn_against(self, samples: Any) -> tuple[Any, ...]:
        with tf.GradientTape(persistent=True) as tape:
            made, spectral, mel = self._make(samples)
            theirs, ours = self.discriminator(samples), self.discriminator(made)
            fooling, features = maker_loss(theirs, ours)
            loss = spectral + self.plan.mel_weight * mel
            loss += self.plan.fooling_weight * fooling + self.plan.feature_weight * features
            found = critic_loss(theirs, ours)
        weights = self.discriminator.trainable_variables
        gradients = tape.gradient(found, weights)  # before anything changes
        self._apply(tape, loss)
        self.critic_optimizer.apply(gradients, weights)
        return spectral, mel, fooling, features, found

    def _apply(self, tape: tf.GradientTape, loss: Any) -> None:
        weights = self.network.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)


def fit(source: Path, run: Path, plan: Plan) -> dict[str, float]:
    """Train, or go on training what `run` holds; the last row of the curve."""
    recordings = gather(source, run)
    training = Training(plan)
    manager = tf.train.CheckpointManager(training.state, run / CHECKPOINTS, max_to_keep=2)
    manager.restore_or_initialize()
    _write_run(run, source, plan, recordings, int(training.step))
    rows = [row for row in curve(run) if row["step"] <= int(training.step)]
    _write_curve(run, rows)
    recent: list[dict[str, float]] = []
    started = time.process_time()
    while int(training.step) < plan.steps:
        number = int(training.step)
        rng = np.random.default_rng((plan.seed, number))  # so that a resumed run draws the same
        recent.append(training.learn(recordings.crops(plan.batch, plan.length, rng)))
        if (number + 1) % ROW and number + 1 < plan.steps:
            continue
        means = {name: float(np.mean([row[name] for row in recent])) for name in COLUMNS}
        rows.append({"step": number + 1, "cpu_seconds": time.process_time() - started, **means})
        recent, started = [], time.process_time()
        if (number + 1) % plan.save_every == 0 or number + 1 == plan.steps:
            manager.save()
            _write_curve(run, rows)
            print(" ".join(f"{name} {value:.4g}" for name, value in rows[-1].items()), flush=True)
    return rows[-1]


def trained(run: Path) -> keras.Model:
    """The network of a run with averaged weights, from its last checkpoint."""
    facts = json.loads((run / RUN).read_text())["parts"][-1]["plan"]
    training = Training(Plan(**{**facts, "size": Size(**facts["size"])}))
    latest = tf.train.latest_checkpoint(run / CHECKPOINTS)
    training.state.restore(latest).assert_existing_objects_matched()
    return training.averaged()


def curve(run: Path) -> list[dict[str, float]]:
    """Mean losses and CPU seconds of every ROW steps."""
    if not (run / CURVE).exists():
        return []
    with (run / CURVE).open(newline="") as file:
        return [{name: float(text) for name, text in row.items()} for row in csv.DictReader(file)]


def _write_curve(run: Path, rows: list[dict[str, float]]) -> None:
    with (run / CURVE).open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("step", "cpu_seconds", *COLUMNS))
        table.writerows([f"{value:.6g}" for value in row.values()] for row in rows)


def _optimizer(plan: Plan, steps: int, average: bool) -> keras.optimizers.Optimizer:
    schedule = keras.optimizers.schedules.CosineDecay(
        plan.learning_rate / 10.0,
        decay_steps=max(1, steps - steps // 50),
        alpha=0.1,
        warmup_target=plan.learning_rate,
        warmup_steps=max(1, steps // 50),
    )
    momentum = {"use_ema": True, "ema_momentum": 0.998} if average else {}
    return keras.optimizers.AdamW(
        schedule, beta_1=0.8, beta_2=0.99, weight_decay=0.01, global_clipnorm=10.0, **momentum
    )


def _write_run(run: Path, source: Path, plan: Plan, recordings: Recordings, step: int) -> None:
    path = run / RUN
    parts = json.loads(path.read_text())["parts"] if path.exists() else []
    parts.append({"from_step": step, "plan": asdict(plan), "commit": _commit()})
    facts = {
        "parts": parts,  # one for every time that the run was started
        "manifest_sha256": hashlib.sha256((source / manifest.NAME).read_bytes()).hexdigest(),
        "recordings": len(recordings),
        "hours": len(recordings.samples) / 16_000 / 3600,
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
    }
    path.write_text(json.dumps(facts, indent=2) + "\n")


def _commit() -> str:
    """The commit this runs from, "+" after it when something is changed; empty outside git."""
    call = ["git", "describe", "--always", "--dirty=+", "--abbrev=40"]
    try:
        return subprocess.run(
            call, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
