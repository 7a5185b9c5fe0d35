"""Assign pictures to training, validation and test: as the study did, and without its leak."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dataset.manifest import SPLITS, Clip
from dataset.splitting.split import Plan, SplitError, split
from training.study.pictures import Picture

SHARES = (0.7, 0.15, 0.15)
TRAIN, VALIDATION, TEST = range(len(SPLITS))


def at_random(pictures: Sequence[Picture], seed: int) -> list[int]:
    """The split of each picture, drawn class by class, whoever speaks in it.

    As the study's split of files: a speaker, a sentence, even a noisy copy of a clip that is
    learnt from can be asked for. Raises SplitError when a side is left without a picture.
    """
    rng = np.random.default_rng(seed)
    sides = np.full(len(pictures), TRAIN)
    labels = np.array([picture.label for picture in pictures])
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        ends = np.round(np.cumsum(SHARES) * len(members)).astype(int)
        sides[members[ends[TRAIN] : ends[VALIDATION]]] = VALIDATION
        sides[members[ends[VALIDATION] :]] = TEST
    if len(np.unique(sides)) < len(SPLITS):
        raise SplitError(f"{len(pictures)} pictures are too few for {', '.join(SPLITS)}")
    return [int(side) for side in sides]


def apart(pictures: Sequence[Picture], seed: int) -> list[int | None]:
    """The split of each picture, None for no split; no speaker, engine or pair is in two.

    Raises SplitError when too much hangs together.
    """
    plan = Plan(by=("speaker", "source", "pair"), shares=SHARES, seed=seed)
    dealt = split([_facts(picture.clip) for picture in pictures], plan).clips
    return [SPLITS.index(clip.split) if clip.split else None for clip in dealt]


def _facts(clip: Clip) -> Clip:
    """A clip that says of itself only what must not be on two sides; a source is its engine."""
    plain = replace(clip, family="", split="", pair=clip.pair or clip.file)
    if clip.label == "noise":
        return replace(plain, speaker="", source="")
    if clip.label == "synthetic":
        return replace(plain, source=f"engine {clip.system}")
    # Whom nobody named is taken for one and the same person of that source.
    return replace(plain, speaker=clip.speaker or f"of {clip.source}", source="")
