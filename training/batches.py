"""Balanced, disturbed batches for `keras.Model.fit`, made in a thread beside it."""

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.arrays import Arrays, Spectrograms, balance
from training.augmentation import Disturbance, disturb

NOISE_SHARE = 0.1  # of a batch has no speech


@dataclass(frozen=True)
class Recipe:
    """How batches are drawn."""

    batch: int = 64
    steps: int = 250  # batches between two looks at dev
    power: float = 0.5  # see `balance`
    mixup: float = 0.3  # of Beta(mixup, mixup); 0 for none
    disturbance: Disturbance = field(default_factory=Disturbance)
    widths: tuple[int, ...] = (96, 128, 192)  # columns: a batch has one, so any length will do
    seed: int = 1


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batch i of epoch e is the same whenever it is asked for: (seed, e, i) is its random seed.

    x: (batch, columns, n_bins) dB. y: (batch, 3): synthetic, speech, weight of synthetic.
    """

    def __init__(self, arrays: Arrays, recipe: Recipe, **kwargs: Any) -> None:
        super().__init__(workers=1, use_multiprocessing=False, max_queue_size=6, **kwargs)
        self.arrays, self.recipe, self.epoch = arrays, recipe, 0
        self.pools = {label: arrays.of("train", label) for label in ("human", "synthetic", "noise")}
        self.weights = {
            label: balance([arrays.clips[i] for i in pool], recipe.power)
            for label, pool in self.pools.items()
            if len(pool)
        }

    def __len__(self) -> int:
        return self.recipe.steps

    def on_epoch_end(self) -> None:
        self.epoch += 1

    def __getitem__(self, step: int) -> tuple[Spectrograms, NDArray[np.float32]]:
        rng = np.random.default_rng((self.recipe.seed, self.epoch, step))
        columns = int(rng.choice(self.recipe.widths))
        n_noise = round(self.recipe.batch * NOISE_SHARE) if len(self.pools["noise"]) else 0
        n_human = (self.recipe.batch - n_noise) // 2
        n_synthetic = self.recipe.batch - n_noise - n_human
        x = np.concatenate(
            [
                self._draw("human", n_human, columns, rng),
                self._draw("synthetic", n_synthetic, columns, rng),
                self._draw("noise", n_noise, columns, rng),
            ]
        )
        y = np.zeros((len(x), 3), np.float32)
        y[n_human : n_human + n_synthetic, 0] = 1.0
        y[: n_human + n_synthetic, 1:] = 1.0
        under = self._draw("noise", len(x), columns, rng) if n_noise else x
        others = rng.permutation(len(x))
        how = self.recipe.disturbance
        z = [disturb(x[i], x[others[i]], under[i], how, rng) for i in range(len(x))]
        return mix(np.stack(z), y, self.recipe.mixup, rng)

    def _draw(self, label: str, count: int, columns: int, rng: np.random.Generator) -> Spectrograms:
        if not count:
            return np.zeros((0, columns, self.arrays.spec.n_bins), np.float32)
        chosen = rng.choice(self.pools[label], count, p=self.weights[label])
        return np.stack([self.arrays.crop(i, columns, rng) for i in chosen])


def mix(
    x: Spectrograms, y: NDArray[np.float32], alpha: float, rng: np.random.Generator
) -> tuple[Spectrograms, NDArray[np.float32]]:
    """Mixup (Zhang 2018) of half of the batch, each clip first set to the same loudest cell."""
    if alpha <= 0.0:
        return x, y
    x = x - x.max(axis=(1, 2), keepdims=True)
    other = rng.permutation(len(x))
    share = rng.beta(alpha, alpha, len(x)) * (rng.uniform(size=len(x)) < 0.5)
    a = share[:, None].astype(np.float32)
    return x + a[:, :, None] * (x[other] - x), y + a * (y[other] - y)
