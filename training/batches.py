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
    matched: float = 0.5  # share of human clips that come with a synthetic one of their source
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
        self.mixed = [
            (human, synthetic)
            for source in sorted({arrays.clips[i].source for i in self.pools["human"]})
            if len(synthetic := self._of(source, "synthetic"))
            and len(human := self._of(source, "human"))
        ]
        sizes = [min(len(human), len(synthetic)) ** recipe.power for human, synthetic in self.mixed]
        self.mixed_weights = np.array(sizes) / (sum(sizes) or 1.0)

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
        n_matched = round(n_human * self.recipe.matched) if self.mixed else 0
        human, synthetic = self._matched(n_matched, rng)
        chosen = [
            *human,
            *self._any("human", n_human - n_matched, rng),
            *synthetic,
            *self._any("synthetic", n_synthetic - n_matched, rng),
            *self._any("noise", n_noise, rng),
        ]
        x = self._crops(chosen, columns, rng)
        y = np.zeros((len(x), 3), np.float32)
        y[n_human : n_human + n_synthetic, 0] = 1.0
        y[: n_human + n_synthetic, 1:] = 1.0
        noises = self._any("noise", len(x), rng) if n_noise else chosen
        under = self._crops(noises, columns, rng)
        others = rng.permutation(len(x))
        how = self.recipe.disturbance
        z = [disturb(x[i], x[others[i]], under[i], how, rng) for i in range(len(x))]
        return mix(np.stack(z), y, self.recipe.mixup, rng)

    def _of(self, source: str, label: str) -> NDArray[np.int64]:
        pool = self.pools[label]
        return pool[[self.arrays.clips[i].source == source for i in pool]]

    def _any(self, label: str, count: int, rng: np.random.Generator) -> list[int]:
        if not count:
            return []
        return list(rng.choice(self.pools[label], count, p=self.weights[label]))

    def _matched(self, count: int, rng: np.random.Generator) -> tuple[list[int], list[int]]:
        """Human clips and as many synthetic ones of the same sources.

        Between them a microphone, an encoder or a language is no clue.
        """
        if not count:
            return [], []
        drawn = rng.choice(len(self.mixed), count, p=self.mixed_weights)
        pairs = [(rng.choice(self.mixed[i][0]), rng.choice(self.mixed[i][1])) for i in drawn]
        return [human for human, _ in pairs], [synthetic for _, synthetic in pairs]

    def _crops(self, chosen: list[int], columns: int, rng: np.random.Generator) -> Spectrograms:
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
