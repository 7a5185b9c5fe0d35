"""The audit finds a class that can be told without listening, and chance where there is none."""

import math
from dataclasses import replace

import numpy as np
import pytest

from dataset.manifest import Clip
from dataset.quality.audit import TOGETHER, auc, audit, columns, near_groups
from dataset.quality.confounders import CUTS, FRAMES, Confounders


def drawn(rng: np.random.Generator) -> Confounders:
    """Facts of a recording that nothing was done to."""
    return Confounders(
        seconds=rng.uniform(2, 6),
        level=rng.normal(-23, 4),
        peak=rng.normal(-6, 2),
        clipped=0.0,
        offset=rng.normal(0, 0.01),
        lead=rng.uniform(0, 1),
        tail=rng.uniform(0, 1),
        pauses=rng.uniform(0, 0.4),
        zeros=0.0,
        floor=rng.normal(-60, 5),
        snr=rng.normal(35, 5),
        bandwidth=rng.normal(7000, 300),
        rolloff=rng.normal(4000, 500),
        above=tuple(rng.normal(-20, 3, len(CUTS))),
        holes=rng.uniform(0, 0.1),
        frames=tuple(rng.normal(3, 2, len(FRAMES))),
        container="flac",
        rate=16_000.0,
        density=rng.normal(20_000, 2000),
    )


def corpus(pairs: int = 100) -> tuple[list[Clip], list[Confounders]]:
    """A human clip and its counterpart each, of ten speakers and five sources; nothing tells."""
    rng = np.random.default_rng(7)
    clips = [
        Clip(f"{label}{i}", label, language="pt-BR", speaker=f"s{i % 10}", source=f"{i % 5}")
        for i in range(pairs)
        for label in ("human", "synthetic")
    ]
    return clips, [drawn(rng) for _ in clips]


def test_where_nothing_tells_the_audit_says_chance_and_noise_takes_no_part() -> None:
    clips, facts = corpus()
    noise = [replace(c, label="noise", language="none") for c in clips if c.label == "human"]
    loud = [replace(facts[0], level=0.0)] * len(noise)
    for near, far in audit([*clips, *noise], [*facts, *loud]).values():
        assert near < 0.65
        assert far < 0.65


@pytest.mark.parametrize(
    ("kind", "fact", "step"),
    [("length", "seconds", 4.0), ("noise floor", "floor", 20.0), ("codec traces", "holes", 0.2)],
)
def test_a_kind_that_tells_is_named_and_the_others_are_not(
    kind: str, fact: str, step: float
) -> None:
    clips, facts = corpus()
    told = [
        replace(one, **{fact: getattr(one, fact) + step * (clip.label == "synthetic")})
        for clip, one in zip(clips, facts, strict=True)
    ]
    found = columns(clips, told)
    truth, groups = np.array([c.label == "synthetic" for c in clips]), near_groups(clips)
    assert auc(found[kind], truth, groups) > 0.9
    assert auc(found[TOGETHER], truth, groups) > 0.9
    assert auc(found["level"], truth, groups) < 0.7


def test_a_language_or_a_container_of_one_class_tells() -> None:
    clips, facts = corpus()
    english = [replace(c, language="en") if c.label == "human" else c for c in clips]
    mp3 = [
        replace(one, container="mp3") if clip.label == "human" else one
        for clip, one in zip(clips, facts, strict=True)
    ]
    found = columns(english, mp3)
    truth, groups = np.array([c.label == "synthetic" for c in clips]), near_groups(clips)
    assert auc(found["language"], truth, groups) == pytest.approx(1.0)
    assert auc(found["file as found"], truth, groups) > 0.9


def test_what_tells_in_one_source_only_is_worth_nothing_in_another() -> None:
    clips, facts = corpus()
    told = [
        replace(one, level=one.level + (40 if (clip.label == "human") == even else 0))
        for clip, one in zip(clips, facts, strict=True)
        for even in [int(clip.source) % 2 == 0]
    ]
    truth = np.array([clip.label == "synthetic" for clip in clips])
    sources = np.array([clip.source for clip in clips])
    assert auc(columns(clips, told)["level"], truth, sources) < 0.4


def test_one_class_or_one_group_has_no_answer() -> None:
    facts, truth = np.zeros((4, 1)), np.array([True, False, True, False])
    assert math.isnan(auc(facts, truth, np.zeros(4)))
    assert math.isnan(auc(facts, np.ones(4, np.bool_), np.arange(4)))


def test_a_fold_that_leaves_one_class_to_learn_from_has_no_say() -> None:
    rng = np.random.default_rng(3)
    truth = np.repeat([False, True, False, False], 30)
    groups = np.repeat([0, 0, 1, 2], 30)  # without group 0 there is no synthetic clip
    facts = rng.normal(size=(120, 1))
    assert math.isnan(auc(facts, truth, groups))  # only humans are asked by trees that know both
    groups = np.where(np.arange(120) % 3 == 0, 3, groups)
    assert auc(truth[:, None] + 0.1 * facts, truth, groups) > 0.9
    assert math.isnan(auc(facts[:60], truth[:60], np.repeat([0, 1], 30)))  # a source a class


def test_a_fact_that_a_fold_knows_of_no_clip_is_left_out() -> None:
    rng = np.random.default_rng(3)
    truth = np.arange(200) % 2 == 1
    groups = np.repeat(np.arange(5), 40)
    facts = np.column_stack([truth + rng.normal(0, 0.1, 200), np.full(200, math.nan)])
    facts[groups == 0, 1] = 1.0  # where the first group is asked, nobody else has it
    assert auc(facts, truth, groups) > 0.95
    assert math.isnan(auc(np.full((200, 1), math.nan), truth, groups))


def test_a_full_grid_is_grouped_by_speaker_and_pair_alone() -> None:
    grid = [
        Clip(f"{s}{t}{label}", label, speaker=f"s{s}", text=f"t{t}", pair=f"{s} {t}")
        for s in range(6)
        for t in range(5)
        for label in ("human", "synthetic")
    ]
    groups = near_groups(grid)
    assert len(set(groups.tolist())) == 6
    voices = [replace(c, speaker="robot") if c.label == "synthetic" else c for c in grid]
    assert len(set(near_groups(voices).tolist())) == 30
