"""How well can the classes be told apart by confounders alone, one kind at a time and together?"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.execution.pool import Failed, Pool
from dataset.manifest import Clip
from dataset.quality.confounders import Confounders, examine
from dataset.splitting.assignment import codes_of, components

FOLDS = 5
# What may share no fold, the strictest first. Where that leaves a group with more than MOST of the
# clips (a full grid of speakers and sentences), the next one is taken.
JOINED = (("speaker", "text", "pair"), ("speaker", "pair"), ("pair",))
MOST = 1 / 3
CATEGORIES = 20  # of languages and containers; rarer ones tell few clips

KINDS: dict[str, Callable[[Confounders], tuple[float, ...]]] = {
    "length": lambda n: (n.seconds,),
    "level": lambda n: (n.level, n.peak, n.clipped, n.offset),
    "silence": lambda n: (n.lead, n.tail, n.pauses, n.zeros),
    "noise floor": lambda n: (n.floor, n.snr),
    "bandwidth": lambda n: (n.bandwidth, n.rolloff),
    "codec traces": lambda n: (*n.above, n.holes, *n.frames),
    "file as found": lambda n: (n.rate, n.density),
}
TOGETHER = "all together"

Columns = NDArray[np.float64]


def examined(folder: Path, clips: Sequence[Clip], pool: Pool) -> list[Confounders | Failed]:
    """What there is to say about the clips' files, in their order."""
    paths = [folder / clip.file for clip in clips]
    return list(pool.each(lambda: examine, paths, "confounders"))


def audit(clips: Sequence[Clip], facts: Sequence[Confounders]) -> dict[str, tuple[float, float]]:
    """AUC by which each kind of confounder tells synthetic from human: (among speakers and pairs
    that were not learnt from, among sources that were not).

    0.5 is chance, and below it no better; nan where there are too few groups.
    """
    spoken = [(c, f) for c, f in zip(clips, facts, strict=True) if c.label != "noise"]
    voices = [clip for clip, _ in spoken]
    truth = np.array([clip.label == "synthetic" for clip in voices], np.bool_)
    near, far = near_groups(voices), codes_of([clip.source or "?" for clip in voices])
    return {
        kind: (auc(found, truth, near), auc(found, truth, far))
        for kind, found in columns(voices, [fact for _, fact in spoken]).items()
    }


def columns(clips: Sequence[Clip], facts: Sequence[Confounders]) -> dict[str, Columns]:
    """What each kind of confounder knows of the clips, shape (clips, facts of the kind)."""
    found = {kind: np.array([of(fact) for fact in facts], np.float64) for kind, of in KINDS.items()}
    container = _categories([fact.container for fact in facts])
    found["file as found"] = np.hstack([found["file as found"], container])
    found["language"] = _categories([clip.language for clip in clips])
    return {**found, TOGETHER: np.hstack(list(found.values()))}


def auc(facts: NDArray[np.float64], truth: NDArray[np.bool_], groups: NDArray[np.generic]) -> float:
    """Area under the curve of boosted trees, cross-validated over groups.

    `facts` has shape (clips, facts). Nan where there are fewer than two groups, or where no fold
    leaves both classes to learn from.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # seconds
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold

    folds = min(FOLDS, len(set(groups.tolist())))
    if folds < 2:
        return math.nan
    guess = np.full(len(truth), math.nan)
    for learnt, asked in GroupKFold(folds).split(facts, truth, groups):
        known = np.isfinite(facts[learnt]).any(axis=0)  # scikit-learn can't bin an empty column
        if known.any() and _both(truth[learnt]):  # else there is nothing to learn from
            trees = HistGradientBoostingClassifier(max_iter=60, max_depth=3, random_state=1)
            trees.fit(facts[learnt][:, known], truth[learnt])
            guess[asked] = trees.predict_proba(facts[asked][:, known])[:, 1]
    said = np.isfinite(guess)
    return float(roc_auc_score(truth[said], guess[said])) if _both(truth[said]) else math.nan


def _both(truth: NDArray[np.bool_]) -> bool:
    return bool(truth.any() and not truth.all())


def near_groups(clips: Sequence[Clip]) -> NDArray[np.int64]:
    """Clips that share a speaker, sentence or pair are in one group, shape (clips,)."""
    for keys in JOINED:
        codes = [codes_of([getattr(clip, key) for clip in clips]) for key in keys]
        groups = components(codes, len(clips))
        if np.bincount(groups, minlength=1).max() <= MOST * len(clips):
            break
    return groups


def _categories(values: Sequence[str]) -> Columns:
    """One column a value, the most frequent ones: 1 where it is so, shape (clips, values)."""
    names, counts = np.unique(np.array(values, dtype=np.str_), return_counts=True)
    frequent = names[np.argsort(-counts, kind="stable")[:CATEGORIES]]
    return np.asarray(np.array(values)[:, None] == frequent, np.float64)
