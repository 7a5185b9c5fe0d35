"""The study's comparison, repeated: three networks, the same arrays, several seeds.

Each training is a call of `python -m training fit`, so it goes on where it was stopped.
"""

import json
import math
import multiprocessing
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.markdown import table
from training.data.arrays import Arrays
from training.evaluation.metrics import accuracy, equal_error_rate
from training.export.export import export, trained
from training.export.serving_model import Calibration
from training.export.thresholds import Band
from training.fit.footprint import serve
from training.fit.records import RUN, history
from training.fit.trainer import dev_logits
from training.networks import trainee
from training.networks.sizes import size_from

ROW = "compared.json"


@dataclass(frozen=True)
class Row:
    """Figures and costs of one network with one seed."""

    network: str
    seed: int
    accuracy: float  # share of dev on the right side of an even chance, classes alike, 0..1
    precision: float  # share of what it calls synthetic that is, 0..1; nan when it calls nothing so
    eer: float  # 0..1
    error: float  # cross-entropy, nats
    parameters: int  # of all that is trained, a game's players among them
    training_mb: float  # the most that the training process held
    serving_mb: float  # the most that a process with the served file alone held
    training_s: float  # of processor time, looks at dev left out
    inference_ms: float  # of processor time for a window of 4 s, constant-Q and all


@dataclass(frozen=True)
class Column:
    """Title, scale, digits and unit of a figure of `Row`."""

    field: str
    title: str
    scale: float
    digits: int
    unit: str


COLUMNS = (
    Column("accuracy", "accuracy", 100.0, 1, "%"),
    Column("precision", "precision", 100.0, 1, "%"),
    Column("eer", "EER", 100.0, 1, "%"),
    Column("error", "error", 1.0, 3, "nats"),
    Column("parameters", "parameters", 1e-3, 0, "thousand"),
    Column("training_mb", "memory to train", 1.0, 0, "MB"),
    Column("serving_mb", "memory to serve", 1.0, 0, "MB"),
    Column("training_s", "time to train", 1.0, 0, "s"),
    Column("inference_ms", "time for 4 s of sound", 1.0, 1, "ms"),
)


def compare(
    data: Sequence[Path], out: Path, networks: Sequence[str], seeds: int, how: dict[str, object]
) -> list[Row]:
    """Train and measure what was not yet; `how` are options of `python -m training fit`.

    Raises ValueError where a training fails, as one that was begun with other options does.
    """
    rows = []
    for seed in range(1, seeds + 1):  # seed by seed, so that an early look is fair
        for network in networks:
            run = out / f"{network}-{seed}"
            _fit(data, run, {"network": network, "seed": seed, **how})  # trains no run twice
            if not (run / ROW).exists():
                row = _measured(run, Arrays.read(*data), network, seed)
                (run / ROW).write_text(json.dumps(asdict(row), indent=2) + "\n")
            rows.append(Row(**json.loads((run / ROW).read_text())))
    return rows


def markdown(rows: Iterable[Row]) -> str:
    """A table with a line a network: mean ± standard deviation over its seeds."""
    rows = list(rows)
    head = ["network", "seeds", *(f"{column.title}, {column.unit}" for column in COLUMNS)]
    lines = []
    for network in dict.fromkeys(row.network for row in rows):
        mine = [row for row in rows if row.network == network]
        lines.append([network, str(len(mine)), *(_written(mine, column) for column in COLUMNS)])
    return table(head, lines)


def mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation of seeds; nan where a seed has no figure, 0 off from one seed."""
    return float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


def figures(human: NDArray[np.floating], synthetic: NDArray[np.floating]) -> dict[str, float]:
    """Accuracy, precision, EER and cross-entropy of logits of the uncalibrated network."""
    logits = np.concatenate([human, synthetic]).astype(np.float64)
    truth = np.arange(len(logits)) >= len(human)
    called = logits > 0.0
    losses = np.logaddexp(0.0, np.where(truth, -logits, logits))
    return {
        "accuracy": accuracy(human, synthetic, 0.0),
        "precision": float(truth[called].mean()) if called.any() else float("nan"),
        "eer": equal_error_rate(human, synthetic),
        "error": float(losses.mean()),
    }


def _fit(data: Sequence[Path], run: Path, how: dict[str, object]) -> None:
    options = [f"--{name.replace('_', '-')}={value}" for name, value in how.items()]
    call = [sys.executable, "-m", "training", "fit", "--run", str(run), *options]
    if subprocess.run([*call, "--data", *map(str, data)], check=False).returncode:
        raise ValueError(f"{run} could not be trained")  # and has said itself why


def _measured(run: Path, arrays: Arrays, name: str, seed: int) -> Row:
    network = trained(run)
    size = size_from(name, json.loads((run / RUN).read_text())["plan"]["size"])
    served = run / "served.onnx"
    export(run, served, "0.0.0", Calibration(), Band())
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        inference_ms, serving_mb = alone.submit(serve, served).result()
    return Row(
        network=name,
        seed=seed,
        **figures(*dev_logits(network, arrays)),
        parameters=trainee(network, arrays.spec, size).count_params(),
        training_mb=max(float(row["memory_mb"]) for row in history(run)),
        serving_mb=serving_mb,
        training_s=sum(float(row["processor_s"]) for row in history(run)),
        inference_ms=inference_ms,
    )


def _written(rows: Sequence[Row], column: Column) -> str:
    mean, spread = mean_and_spread([column.scale * getattr(row, column.field) for row in rows])
    if math.isnan(mean):
        return "–"
    text = f"{mean:,.{column.digits}f}"
    return f"{text} ± {spread:.{column.digits}f}" if round(spread, column.digits) else text
