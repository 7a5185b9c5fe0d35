"""Assign clips to train, dev and test, so that no speaker, sentence, pair or source is in two.

Clips that share a speaker, sentence, pair or source hang together, and whole such components are
dealt. Where one component is nearly everything (CETUC: 101 speakers say the same 1,000 sentences)
it is divided: speakers and sentences are dealt apart, and clips whose two sides disagree are set
aside (their split stays empty). Sides that clips have already are kept. Clips of a held-out engine
family are set aside unless they are in test.

Dealing a full grid at shares 8:1:1 deals its speakers and its sentences each by the shares' square
roots, so that what is left stands 8:1:1; that is 43 % of the clips. At 97:1.5:1.5 it is 65 %.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dataset import files, manifest
from dataset.manifest import LABELS, SPLITS, Clip, ManifestError
from dataset.splitting.assignment import (
    ASIDE,
    FREE,
    TEST,
    Dealer,
    Ints,
    codes_of,
    components,
)

KEYS = ("source", "speaker", "text", "pair")
LEAST = 0.25  # of the share that was asked for: a side with less has too little to say anything


class SplitError(ManifestError):
    """Clips that cannot be dealt as asked."""


@dataclass(frozen=True)
class Plan:
    """Which keys may be in one split only, and the share of each split."""

    by: tuple[str, ...] = KEYS
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)  # of SPLITS
    test_families: tuple[str, ...] = ()  # engine families only for test; none named: one is chosen
    seed: int = 1


@dataclass(frozen=True)
class Splits:
    """The clips in their order, now with sides, and what it cost."""

    clips: list[Clip]  # those set aside have an empty split
    test_families: tuple[str, ...]
    dropped: int  # clips set aside because their speaker, sentence, pair or source sides disagree
    held_out: int  # clips of the test families set aside because they hang with train or dev

    @property
    def made(self) -> int:
        """How many clips there are."""
        return len(self.clips)

    @property
    def summary(self) -> str:
        """How many clips of each label each side has, and what was set aside, in a few lines."""
        counts = Counter((clip.split, clip.label) for clip in self.clips)
        lines = [
            f"{side}: " + ", ".join(f"{counts[side, label]} {label}" for label in LABELS)
            for side in SPLITS
        ]
        return "\n".join(
            [
                *lines,
                f"only in test: {', '.join(self.test_families) or 'no family'}",
                f"set aside: {self.dropped} between two sides, {self.held_out} of what is held out",
            ]
        )


def deal(source: Path, target: Path, plan: Plan, anew: bool) -> Splits:
    """Deal a folder's clips, its own splits forgotten if `anew`; the sound is linked."""
    clips = manifest.read(source)
    splits = split([replace(clip, split="") for clip in clips] if anew else clips, plan)
    target.mkdir(parents=True, exist_ok=True)
    for clip in splits.clips:
        files.link(source / clip.file, target / clip.file)
    manifest.write(splits.clips, target)
    return splits


def split(clips: Sequence[Clip], plan: Plan) -> Splits:
    """Deal clips to the sides; SplitError when no dealing leaves enough on each."""
    codes = {key: codes_of([_value(clip, key) for clip in clips]) for key in plan.by}
    given = np.array(
        [SPLITS.index(c.split) if c.split in SPLITS else FREE for c in clips], np.int64
    )
    engines = {clip.family for clip in clips if _is_engine(clip)}
    if strangers := sorted(set(plan.test_families) - engines):
        raise SplitError(f"no clip is of the family {strangers[0]}, there are {sorted(engines)}")
    choices = [plan.test_families] if plan.test_families else _choices(clips, given, plan.shares)
    parts = components(list(codes.values()), len(clips))
    sizes = np.bincount(parts)
    largest = np.argsort(-sizes, kind="stable")
    smallest_side = LEAST * min(share for share in plan.shares if share) * len(clips)
    lacks = []
    for divided in range(1 + int((sizes > smallest_side).sum())):  # no more than are needed
        for families in choices:
            held_out = np.array([clip.family in families for clip in clips], np.bool_)
            strata = codes_of([f"{clip.label} {clip.family in families}" for clip in clips])
            dealer = Dealer(codes, strata, held_out, plan.shares, plan.seed)
            sides = dealer.deal(parts, largest[:divided], given)
            dropped = int((sides == ASIDE).sum())
            sides[held_out & (sides != TEST)] = ASIDE
            lacks.append(_lack(clips, sides, plan.shares, families))
            if not lacks[-1]:
                aside = int((sides == ASIDE).sum())
                return Splits(_dealt(clips, sides), families, dropped, aside - dropped)
    raise SplitError(
        f"{lacks[0]}: too much hangs together, most through {_tightest(codes)}, or is given; "
        "deal by less, anew or by other shares"
    )


def _value(clip: Clip, key: str) -> str:
    value = str(getattr(clip, key))
    if key != "text":
        return value
    plain = unicodedata.normalize("NFKC", value).casefold()
    return " ".join(re.findall(r"\w+", plain))  # "Olá, mundo." and "olá mundo" are one sentence


def _choices(clips: Sequence[Clip], given: Ints, shares: Sequence[float]) -> list[tuple[str, ...]]:
    """Families to hold out, the best choice first: those in test alone already, else any one."""
    spoken = [(c.family, side) for c, side in zip(clips, given, strict=True) if _is_engine(c)]
    sizes = Counter(family for family, _ in spoken)
    only_test = set(sizes) - {family for family, side in spoken if side != TEST}
    if only_test:
        return [tuple(sorted(only_test))]
    if len(sizes) < 2 or not shares[TEST]:  # nothing synthetic would be left to learn from
        return [()]
    wanted = shares[TEST] * len(spoken)
    return [(name,) for name in sorted(sizes, key=lambda name: (abs(sizes[name] - wanted), name))]


def _is_engine(clip: Clip) -> bool:
    return clip.label == "synthetic" and clip.family != ""


def _dealt(clips: Sequence[Clip], sides: Ints) -> list[Clip]:
    return [
        replace(clip, split=SPLITS[side] if side >= 0 else "")
        for clip, side in zip(clips, sides, strict=True)
    ]


def _lack(
    clips: Sequence[Clip], sides: Ints, shares: Sequence[float], families: Sequence[str]
) -> str:
    """What a split has too little of, in words; empty when all is well."""
    kept = np.bincount(sides[sides >= 0], minlength=3)
    for side, share, count in zip(SPLITS, shares, kept, strict=True):
        if count < LEAST * share * max(1, kept.sum()):
            return f"{side} would get {count} of {kept.sum()} clips"
    labels = np.array([clip.label for clip in clips])
    for label in sorted({"human", "synthetic"} & set(labels)):
        for number, side in enumerate(SPLITS):
            if shares[number] and not (labels[sides == number] == label).any():
                return f"{side} would get no {label} clip"
    inside = {clip.family for clip, side in zip(clips, sides, strict=True) if side == TEST}
    missing = sorted(set(families) - inside)
    return f"test would get nothing of the family {missing[0]}" if missing else ""


def _tightest(codes: dict[str, Ints]) -> str:
    """The key whose most frequent value joins most clips."""
    joins = {key: int(np.bincount(c[c >= 0]).max(initial=0)) for key, c in codes.items()}
    return max(joins, key=lambda key: joins[key]) if joins else "nothing"
