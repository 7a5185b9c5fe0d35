"""Balanced batches of stretches of clips, for the networks of the speech-encoder branch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.manifest import Clip
from training.data.arrays import balance
from training.data.batches import Sources

LABELS = (0.03, 0.97)  # what the classes are taught as: nobody is that sure of a label
MATCHED_POWER = 0.5  # of a source's clips, for how often it is drawn

Rows = NDArray[np.floating[Any]]
Read = Callable[[int, int], Rows]  # index of a clip, copy: its rows, the first axis is time


@dataclass(frozen=True)
class Drawing:
    """How batches are drawn."""

    batch: int
    lengths: tuple[int, ...]  # rows of a stretch; a batch has one of them
    copies: int  # 0 is the clip as it is
    plain: float = 0.4  # share that is taken as it is
    matched: float = 0.5  # share of the human clips that come with a synthetic one of their source
    mixup: float = 0.5  # share of the steps in which stretches are mixed
    seed: int = 1


class Crops:
    """Batch i of epoch e is the same whenever it is asked for: (seed, e, i) is its random seed.

    x: (batch, rows, …) float32. y: (batch, 1), P(synthetic) as it is taught.
    """

    def __init__(
        self, clips: Sequence[Clip], usable: Sequence[int], read: Read, how: Drawing
    ) -> None:
        self.read, self.how = read, how
        known = list(clips)
        pools = {
            label: np.array([i for i in usable if known[i].label == label], np.int64)
            for label in ("human", "synthetic")
        }
        for label, pool in pools.items():
            if not len(pool):
                raise ValueError(f"there is no {label} clip to learn from")
        self.pools = pools
        self.weights = {label: balance([known[i] for i in pools[label]]) for label in pools}
        self.sources = Sources(known, pools["human"], pools["synthetic"])

    def batch(self, epoch: int, step: int) -> tuple[Rows, NDArray[np.float32]]:
        """Stretches and labels, mixed in some of the steps (mixup, Zhang 2018)."""
        (x, other, share), y = self.unmixed(epoch, step)
        if not share.any():
            return x, y
        return x + share.reshape(-1, *[1] * (x.ndim - 1)) * (x[other] - x), y

    def unmixed(
        self, epoch: int, step: int
    ) -> tuple[tuple[NDArray[Any], ...], NDArray[np.float32]]:
        """The same for a network that mixes further inside.

        x: the stretches, the place in the batch of each one's partner (batch,), and the partner's
        share (batch, 1). y: the labels, already mixed.
        """
        rng = np.random.default_rng((self.how.seed, epoch, step))
        human, synthetic = self._draw(rng)
        length = int(rng.choice(self.how.lengths))
        x = np.stack([self._stretch(i, length, rng) for i in (*human, *synthetic)])
        y = np.repeat(LABELS, [len(human), len(synthetic)]).astype(np.float32)[:, None]
        order = rng.permutation(len(x))
        x, y = x[order], y[order]
        other = np.arange(len(x), dtype=np.int32)
        share = np.zeros((len(x), 1), np.float32)
        if rng.uniform() < self.how.mixup:
            other = rng.permutation(len(x)).astype(np.int32)
            share = rng.beta(0.5, 0.5, (len(x), 1)).astype(np.float32)
        return (x, other, share), y + share * (y[other] - y)

    def _draw(self, rng: np.random.Generator) -> tuple[list[int], list[int]]:
        """Human and synthetic clips, as many of each; those from the same sources go first."""
        count = self.how.batch // 2
        human, synthetic = self.sources.draw(round(self.how.matched * count), MATCHED_POWER, rng)
        drawn = {"human": human, "synthetic": synthetic}
        for label, some in drawn.items():
            missing = count - len(some)
            more = rng.choice(self.pools[label], missing, p=self.weights[label])
            some += [int(i) for i in more]
        return human, synthetic

    def _stretch(self, index: int, length: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """So many rows of one copy of a clip; a clip that is too short goes round."""
        plain = rng.uniform() < self.how.plain
        copy = 0 if plain or self.how.copies < 2 else int(rng.integers(1, self.how.copies))
        rows = self.read(index, copy)
        start = int(rng.integers(max(0, len(rows) - length) + 1))
        return np.take(rows, np.arange(start, start + length), 0, mode="wrap").astype(np.float32)
