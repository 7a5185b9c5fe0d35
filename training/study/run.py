"""One training of one preset: pictures in, a folder with its history and its answers out.

`curve.csv` has a row an epoch, `answers.csv` a row a test picture; `run.json`, written last, says
what they were made of. A folder that has it is not made again for the same.
"""

import csv
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras

from dataset.files import unfinished
from training.study.drawing import Batches, folder_of
from training.study.network import network
from training.study.pictures import Picture
from training.study.presets import Preset, Training
from training.study.splits import TEST, TRAIN, VALIDATION, apart, at_random

HISTORY, ANSWERS, RUN = "curve.csv", "answers.csv", "run.json"


@dataclass(frozen=True)
class Plan:
    """A preset, and what is done otherwise than in it."""

    name: str
    preset: Preset
    training: Training
    seed: int  # of the split and of the network's first weights

    @property
    def folder(self) -> Path:
        return Path("runs") / f"{self.name}-{self.seed}"

    def classes(self, pictures: Sequence[Picture]) -> tuple[str, ...]:
        return self.preset.classes or tuple(sorted({one.label for one in pictures}))


def train(plan: Plan, pictures: Sequence[Picture], out: Path) -> bool:
    """Train on pictures that are drawn below `out`; False when that was done before.

    Raises SplitError when they cannot be dealt as the preset wants it.
    """
    run = out / plan.folder
    made_of = _made_of(plan, pictures)
    if (run / RUN).exists() and json.loads((run / RUN).read_text())["made_of"] == made_of:
        return False
    run.mkdir(parents=True, exist_ok=True)
    sides = (apart if plan.preset.apart else at_random)(pictures, plan.seed)
    sets = {
        side: [one for one, its in zip(pictures, sides, strict=True) if its == side]
        for side in (TRAIN, VALIDATION, TEST)
    }
    classes = plan.classes(pictures)
    folder, kind = folder_of(out, plan.training.picture)
    learnt, validation, test = (
        Batches(some, folder, kind, classes, plan.training.batch, plan.seed if i == TRAIN else None)
        for i, some in sets.items()
    )
    start = time.process_time()
    model = _fitted(plan, learnt, validation, len(classes), run)
    seconds = time.process_time() - start
    _write_answers(sets[TEST], classes, model.predict(test, verbose=0), run / ANSWERS)
    facts = {
        "made_of": made_of,
        "seconds": round(seconds, 1),  # of all processors
        "parameters": model.count_params(),
        "sides": {
            name: Counter(one.label for one in sets[side])
            for name, side in (("train", TRAIN), ("validation", VALIDATION), ("test", TEST))
        },
    }
    with unfinished(run / RUN) as file:
        file.write_text(json.dumps(facts, indent=2) + "\n")
    return True


def _fitted(
    plan: Plan, learnt: Batches, validation: Batches, classes: int, run: Path
) -> keras.Model:
    """The network with the weights of its best epoch."""
    keras.utils.set_random_seed(plan.seed)
    how = plan.training
    model = network(learnt[0][0].shape[1:], classes)
    model.compile(
        keras.optimizers.Adam(how.learning_rate),
        "categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,  # compiled by XLA a step takes two and a half times as long on a CPU
    )
    model.fit(
        learnt,
        validation_data=validation,
        epochs=how.epochs,
        shuffle=False,  # the batches are in another order each epoch by themselves
        verbose=1 if os.isatty(1) else 2,
        callbacks=[
            keras.callbacks.CSVLogger(str(run / HISTORY)),
            keras.callbacks.EarlyStopping(
                "val_loss", patience=how.patience, restore_best_weights=True
            ),
        ],
    )
    return model


def _made_of(plan: Plan, pictures: Sequence[Picture]) -> dict[str, Any]:
    names = sorted(f"{one.name} {one.label}" for one in pictures)
    facts = {
        "preset": asdict(plan.preset),
        "training": asdict(plan.training),
        "seed": plan.seed,
        "pictures": hashlib.sha256("\n".join(names).encode()).hexdigest(),
    }
    read: dict[str, Any] = json.loads(json.dumps(facts))  # tuples become lists, as in the file
    return read


def _write_answers(
    pictures: Sequence[Picture], classes: Sequence[str], probabilities: Any, path: Path
) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("file", "label", "language", "channel", *classes))
        for one, row in zip(pictures, probabilities, strict=True):
            numbers = (f"{p:.6f}" for p in row)
            table.writerow(
                (one.clip.file, one.label, one.clip.language, one.clip.channel, *numbers)
            )
