"""Pictures are drawn once, into a folder of grey PNGs, and become batches of a network.

Colours are a table of 256 entries over the grey of a picture, so they are looked up in a batch
and not stored: the numbers are those of `dataset spectrograms --pictures colour`.
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import matplotlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dataset.augmentation.recordings import read
from dataset.augmentation.study import noisy, overlaid
from dataset.execution.pool import Failed, Pool
from dataset.features.constant_q import ConstantQ
from dataset.features.pictures import KINDS, SPEC, Kind, picture
from dataset.files import unfinished
from training.study.pictures import Picture

Pixels = NDArray[np.uint8]  # (rows, columns, 1 or 3), high frequencies above


def draw(
    pictures: Sequence[Picture], folder: Path, kind: Kind, pool: Pool
) -> list[tuple[Picture, str]]:
    """Draw what is not there yet; what could not be drawn, with the reason."""
    missing = [one for one in pictures if not (folder / f"{one.name}.png").exists()]
    make = functools.partial(_Drawing, folder, kind)
    results = pool.each(make, missing, f"pictures {folder.name}")
    return [
        (one, result.reason)
        for one, result in zip(missing, results, strict=True)
        if isinstance(result, Failed)
    ]


def pixels(path: Path, coloured: bool) -> Pixels:
    """A picture that `draw` left, shape (rows, columns, 3 if coloured else 1)."""
    grey = np.asarray(Image.open(path))
    return _palette()[grey] if coloured else grey[..., None]


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """x: (batch, rows, columns, 1 or 3), 0..255. y: (batch, classes), one of them 1."""

    def __init__(
        self,
        pictures: Sequence[Picture],
        folder: Path,
        kind: Kind,
        classes: Sequence[str],
        batch: int,
        seed: int | None,
    ) -> None:
        """In another order each epoch; in the order given when `seed` is None."""
        super().__init__(workers=1, use_multiprocessing=False)
        self.paths = [folder / f"{one.name}.png" for one in pictures]
        self.targets = np.eye(len(classes), dtype=np.float32)[
            [list(classes).index(one.label) for one in pictures]
        ]
        self.kind, self.batch, self.seed, self.epoch = kind, batch, seed, 0
        self._shuffle()

    def __len__(self) -> int:
        return -(-len(self.paths) // self.batch)

    def on_epoch_end(self) -> None:
        self.epoch += 1
        self._shuffle()

    def __getitem__(self, index: int) -> tuple[Any, NDArray[np.float32]]:
        chosen = self.order[index * self.batch : (index + 1) * self.batch]
        x = np.stack([pixels(self.paths[i], self.kind.coloured) for i in chosen])
        return x.astype(np.float32), self.targets[chosen]

    def _shuffle(self) -> None:
        self.order = np.arange(len(self.paths))
        if self.seed is not None:
            self.order = np.random.default_rng((self.seed, self.epoch)).permutation(self.order)


class _Drawing:
    """Draws one picture; lives in a worker."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self._folder, self._kind = folder, replace(kind, coloured=False)
        self._constant_q = ConstantQ(SPEC)

    def __call__(self, one: Picture) -> None:
        samples = read(one.sound)
        if one.ambience:
            samples = overlaid(samples, read(one.ambience))
        decibels = noisy(self._constant_q(samples), one.clip)
        with unfinished(self._folder / f"{one.name}.png") as file:
            picture(decibels, self._kind).save(file, "PNG")


def folder_of(out: Path, kind: str) -> tuple[Path, Kind]:
    """Where the pictures of one of KINDS stand below a report's folder."""
    return out / "pictures" / kind, KINDS[kind]


@functools.cache
def _palette() -> Pixels:
    """Colour of each grey, shape (256, 3)."""
    colours: Pixels = matplotlib.colormaps["viridis"](np.arange(256), bytes=True)
    return colours[:, :3]
