"""The random split leaks as the study's did; the other one keeps speakers and engines apart."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dataset.manifest import Clip
from dataset.splitting.split import SplitError
from training.study.pictures import Picture
from training.study.splits import TEST, TRAIN, VALIDATION, apart, at_random

SIDES = (TRAIN, VALIDATION, TEST)


def pictures() -> list[Picture]:
    """Twelve speakers and six engines; every clip a second time with ambience."""
    plain = [
        Clip(
            f"{label}/{number}",
            label,
            system="human" if label == "human" else f"engine-{number % 6}",
            speaker=f"{label}-{number % 12}",
        )
        for label in ("human", "synthetic")
        for number in range(120)
    ]
    clips = [*plain, *(replace(clip, channel="ambience") for clip in plain)]
    noise = [Clip(f"noise/{n}", "noise", source="street") for n in range(40)]
    return [Picture(c, Path(c.file), c.label) for c in [*clips, *noise]]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_random_split_has_the_shares_and_every_speaker_on_every_side(seed: int) -> None:
    sides = at_random(pictures(), seed)
    assert Counter(sides) == {TRAIN: 364, VALIDATION: 78, TEST: 78}
    for side in SIDES:
        inside = [one.clip for one, its in zip(pictures(), sides, strict=True) if its == side]
        assert len({clip.speaker for clip in inside if clip.label == "human"}) == 12


@pytest.mark.parametrize("seed", [1, 2])
def test_apart_no_speaker_engine_or_copy_is_on_two_sides(seed: int) -> None:
    sides = apart(pictures(), seed)
    where: dict[str, set[int | None]] = {}
    for one, side in zip(pictures(), sides, strict=True):
        facts = [one.clip.file]
        if one.label != "noise":
            facts += [one.clip.speaker]
        if one.label == "synthetic":
            facts += [one.clip.system]
        for fact in facts:
            where.setdefault(fact, set()).add(side)
    assert all(len(those) == 1 for those in where.values())
    for label in ("human", "synthetic", "noise"):
        labelled = [s for one, s in zip(pictures(), sides, strict=True) if one.label == label]
        assert set(labelled) == set(SIDES)


def test_people_without_a_name_count_as_one_of_their_source() -> None:
    crowd = [replace(one.clip, speaker="") for one in pictures()]
    named = [
        replace(clip, source=f"page-{int(Path(clip.file).name) % 7}")
        if clip.label == "human"
        else clip
        for clip in crowd
    ]
    dealt = apart([Picture(c, Path(c.file), c.label) for c in named], seed=1)
    where: dict[str, set[int | None]] = {}
    for clip, side in zip(named, dealt, strict=True):
        if clip.label == "human":
            where.setdefault(clip.source, set()).add(side)
    assert all(len(those) == 1 for those in where.values())


def test_too_few_pictures_for_three_sides_are_refused() -> None:
    few = [one for label in ("human", "synthetic") for one in pictures() if one.label == label]
    with pytest.raises(SplitError, match="2 pictures are too few"):
        at_random([few[0], few[-1]], 1)


def test_another_seed_deals_otherwise() -> None:
    assert at_random(pictures(), 1) == at_random(pictures(), 1) != at_random(pictures(), 2)
