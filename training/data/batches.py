"""Balanced, disturbed batches, made in a thread beside the training."""

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from dataset.manifest import Clip
from training.data.arrays import Arrays, Spectrograms, balance
from training.data.augmentation import Disturbance, Spectrogram, disturb

NOISE_SHARE = 0.1  # of a batch has no speech
COPIES = ("vocoder", "codec")  # families of copy-synthesis


@dataclass(frozen=True)
class Recipe:
    """How batches are drawn."""

    batch: int = 64
    steps: int = 250  # batches between two looks at dev
    power: float = 0.5  # see `balance`
    paired: float = 0.45  # share of human clips that come with a synthetic one of their pair
    matched: float = 0.3  # share that comes with a synthetic one of their source
    blend: float = 0.3  # share of copy-synthesis that is so in a part only, see `blend`
    mixup: float = 0.3  # of Beta(mixup, mixup); 0 for none
    disturbance: Disturbance = field(default_factory=Disturbance)
    widths: tuple[int, ...] = (96, 128, 192)  # columns: a batch has one, so any length will do
    splits: tuple[str, ...] = ("train",)  # with "dev" too, its figures mean nothing any more
    seed: int = 1


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batch i of epoch e is the same whenever it is asked for: (seed, e, i) is its random seed.

    x: (batch, columns, n_bins) dB. y: (batch, 3): synthetic, speech, weight of synthetic.
    """

    def __init__(self, arrays: Arrays, recipe: Recipe, **kwargs: Any) -> None:
        super().__init__(workers=0, **kwargs)
        self.arrays, self.recipe, self.epoch = arrays, recipe, 0
        self.pools = {
            label: np.sort(np.concatenate([arrays.of(split, label) for split in recipe.splits]))
            for label in ("human", "synthetic", "noise")
        }
        self.originals = originals(arrays, self.pools["human"], self.pools["synthetic"])
        counterparts = [i for i in self.pools["synthetic"] if i in self.originals]
        self.counterparts = _Pool(arrays.clips, np.array(counterparts, np.int64), recipe.power)
        # copy-synthesis is the recording's own voice, words and room: it teaches beside that only
        alone = [
            i
            for i in self.pools["synthetic"]
            if i not in self.originals or arrays.clips[i].family not in COPIES
        ]
        self.any = {
            label: _Pool(arrays.clips, np.array(pool, np.int64), recipe.power)
            for label, pool in {**self.pools, "synthetic": alone}.items()
        }
        self.sources = Sources(arrays.clips, self.any["human"].clips, self.any["synthetic"].clips)

    def __len__(self) -> int:
        return self.recipe.steps

    def on_epoch_end(self) -> None:
        self.epoch += 1

    def __getitem__(self, step: int) -> tuple[Spectrograms, NDArray[np.float32]]:
        rng = np.random.default_rng((self.recipe.seed, self.epoch, step))
        columns = int(rng.choice(self.recipe.widths))
        human, synthetic, noise, n_paired = self._draw(rng)
        chosen = [*human, *synthetic, *noise]
        x = self._crops(human, synthetic, noise, columns, n_paired, rng)
        y = np.zeros((len(x), 3), np.float32)
        y[len(human) : len(human) + len(synthetic), 0] = 1.0
        y[: len(human) + len(synthetic), 1:] = 1.0
        unders = self.any["noise"].draw(len(x), rng) or chosen
        under = [self.arrays.crop(i, columns, rng.uniform()) for i in unders]
        others, seeds = rng.permutation(len(x)), rng.integers(2**63, size=len(x))
        for i in range(n_paired):  # the same happens to both: only the synthesis is between them
            counterpart = len(human) + i
            others[counterpart], under[counterpart], seeds[counterpart] = (
                others[i],
                under[i],
                seeds[i],
            )
        z = [
            disturb(
                x[i], x[others[i]], under[i], self.recipe.disturbance, np.random.default_rng(seed)
            )
            for i, seed in enumerate(seeds)
        ]
        return mix(np.stack(z), y, self.recipe.mixup, rng)

    def _draw(self, rng: np.random.Generator) -> tuple[list[int], list[int], list[int], int]:
        """Human, synthetic and noise clips; of the first two so many at the front are pairs."""
        recipe = self.recipe
        noise = self.any["noise"].draw(round(recipe.batch * NOISE_SHARE), rng)
        n_human = (recipe.batch - len(noise)) // 2
        n_synthetic = recipe.batch - len(noise) - n_human
        counterparts = self.counterparts.draw(round(n_human * recipe.paired), rng)
        people = [int(rng.choice(self.originals[counterpart])) for counterpart in counterparts]
        matched = self.sources.draw(round(n_human * recipe.matched), recipe.power, rng)
        human, synthetic = [*people, *matched[0]], [*counterparts, *matched[1]]
        human += self.any["human"].draw(n_human - len(human), rng)
        missing = n_synthetic - len(synthetic)
        synthetic += self.any["synthetic"].draw(missing, rng) or self.counterparts.draw(
            missing, rng
        )
        return human, synthetic, noise, len(counterparts)

    def _crops(
        self,
        human: list[int],
        synthetic: list[int],
        noise: list[int],
        columns: int,
        n_paired: int,
        rng: np.random.Generator,
    ) -> Spectrograms:
        """Stretches of all clips, those of a pair from the same place."""
        places = rng.uniform(size=len(human) + len(synthetic) + len(noise))
        places[len(human) : len(human) + n_paired] = places[:n_paired]
        chosen = [*human, *synthetic, *noise]
        x = np.stack(
            [self.arrays.crop(i, columns, at) for i, at in zip(chosen, places, strict=True)]
        )
        for i in range(n_paired):
            counterpart = len(human) + i
            if self._is_copy(synthetic[i], human[i]) and rng.uniform() < self.recipe.blend:
                x[counterpart] = blend(x[i], x[counterpart], rng)
        return x

    def _is_copy(self, counterpart: int, human: int) -> bool:
        """Whether the two say the same at the same time."""
        length = self.arrays.length(counterpart) - self.arrays.length(human)
        return self.arrays.clips[counterpart].family in COPIES and abs(length) <= 1


class _Pool:
    """Clips that are drawn by `balance`."""

    def __init__(self, clips: list[Clip], chosen: NDArray[np.int64], power: float) -> None:
        self.clips = chosen
        self._weights = balance([clips[i] for i in chosen], power)

    def draw(self, count: int, rng: np.random.Generator) -> list[int]:
        if not len(self.clips) or count <= 0:
            return []
        return [int(i) for i in rng.choice(self.clips, count, p=self._weights)]


class Sources:
    """The sources that hold both classes: in them a microphone or a language is no clue."""

    def __init__(
        self, clips: list[Clip], human: NDArray[np.int64], synthetic: NDArray[np.int64]
    ) -> None:
        people, machines = _by_source(clips, human), _by_source(clips, synthetic)
        self.both = [(people[name], machines[name]) for name in sorted({*people} & {*machines})]

    def draw(
        self, count: int, power: float, rng: np.random.Generator
    ) -> tuple[list[int], list[int]]:
        """Human clips and as many synthetic ones of the same sources."""
        if not self.both:
            return [], []
        sizes = np.array([min(map(len, sides)) for sides in self.both]) ** power
        drawn = rng.choice(len(self.both), count, p=sizes / sizes.sum())
        pairs = [tuple(int(rng.choice(side)) for side in self.both[i]) for i in drawn]
        return [human for human, _ in pairs], [synthetic for _, synthetic in pairs]


def _by_source(clips: list[Clip], chosen: NDArray[np.int64]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i in chosen:
        found.setdefault(clips[i].source, []).append(int(i))
    return found


def originals(
    arrays: Arrays, human: NDArray[np.int64], synthetic: NDArray[np.int64]
) -> dict[int, list[int]]:
    """Of each synthetic clip that has one, the recordings of its pair: of its speaker, if any.

    A pair that was sent through several channels is one pair a channel.
    """
    clips = arrays.clips
    people: dict[tuple[int, str, str], list[int]] = {}
    for i in human:
        if clips[i].pair:
            people.setdefault(_group(arrays, i), []).append(int(i))
    found = {}
    for i in synthetic:
        those = people.get(_group(arrays, i), [])
        same = [j for j in those if clips[j].speaker == clips[i].speaker]
        if clips[i].pair and those:
            found[int(i)] = same or those
    return found


def _group(arrays: Arrays, index: int) -> tuple[int, str, str]:
    """Data folder, copy, which `dataset augment` names by the top folder, and pair."""
    clip = arrays.clips[index]
    copy = clip.file.partition("/")[0] if clip.channel else ""
    return int(arrays.where[index, 0]), copy, clip.pair


def blend(human: Spectrogram, counterpart: Spectrogram, rng: np.random.Generator) -> Spectrogram:
    """A recording of which only a band, a stretch or a share is synthetic.

    The idea of self-blended images (Shiohara & Yamasaki 2022): a network that must find weak or
    local traces does not lean on what one engine does everywhere.
    """
    columns, n_bins = human.shape
    share = np.zeros_like(human)
    kind = rng.integers(4)
    if kind == 0:
        share[:, : rng.integers(n_bins // 3, n_bins)] = 1.0
    elif kind == 1:
        share[:, rng.integers(0, 2 * n_bins // 3) :] = 1.0
    elif kind == 2:
        width = rng.integers(columns // 3, columns)
        start = rng.integers(columns - width)
        share[start : start + width] = 1.0
    else:
        share[:] = rng.uniform(0.5, 1.0)
    mixed: Spectrogram = human + share * (counterpart - human)
    return mixed


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
    mixed = y + a * (y[other] - y)
    spoken = mixed[:, 2] > 0.0
    mixed[spoken, 0] /= mixed[spoken, 2]  # a noise under a voice does not say whose it is
    return x + a[:, :, None] * (x[other] - x), mixed
