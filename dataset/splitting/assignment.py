"""Assign clips to splits: whole connected components, or their keys one by one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dataset.manifest import SPLITS

TEST = SPLITS.index("test")
FREE, ASIDE = -1, -2  # in place of a side: not dealt yet; may be on none

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Dealer:
    """Deals clips, given what each shares with others, so that every side gets its share of each
    stratum (say, a label)."""

    def __init__(
        self,
        codes: dict[str, Ints],
        strata: Ints,
        held_out: Bools,
        shares: Sequence[float],
        seed: int,
    ) -> None:
        """`codes` of each key, `strata` and `held_out` (belongs into test) have shape (clips,)."""
        self._codes = codes
        self._shares = np.array(shares)
        self._rng = np.random.default_rng(seed)
        self._held_out = held_out
        self._strata = strata

    def deal(self, parts: Ints, divided: Ints, given: Ints) -> Ints:
        """Side of each clip, or ASIDE: whole components, but for the divided ones."""
        votes = _votes(parts, given)
        apart = np.isin(parts, divided) | (np.count_nonzero(votes, axis=1) > 1)[parts]
        fixed = np.where(votes.any(axis=1), votes.argmax(axis=1), FREE)
        pure = np.bincount(parts, self._held_out) > np.bincount(parts) / 2
        fixed[pure & (fixed == FREE)] = TEST
        weights = self._weights(parts, ~apart)
        sides = self._place(weights, fixed, self._shares)[parts]
        for part in np.unique(parts[apart]):
            sides[parts == part] = self._divide(np.flatnonzero(parts == part), given)
        for codes in self._codes.values():  # whatever was dealt how: nothing stays on two sides
            known = np.flatnonzero((codes >= 0) & (sides >= 0))
            keeps = _votes(codes[known], sides[known]).argmax(axis=1)[codes[known]]
            sides[known[sides[known] != keeps]] = ASIDE
        return sides

    def _divide(self, members: Ints, given: Ints) -> Ints:
        sides = given[members].copy()
        for key in ("speaker", "text", "pair", "source"):
            codes = self._codes.get(key, np.full(len(given), -1))[members]
            known = np.flatnonzero(codes >= 0)
            if len(known):
                values, local = np.unique(codes[known], return_inverse=True)
                votes = _votes(local, sides[known], len(values))
                drawn = key in ("speaker", "text")  # pairs and sources follow most of their clips
                settled = (np.count_nonzero(votes, axis=1) == 1) | (votes.any(axis=1) & (not drawn))
                fixed = np.where(settled, votes.argmax(axis=1), FREE)
                weights = self._weights(local, np.ones(len(local), np.bool_), members[known])
                shares = self._shares ** self._power(key, members)
                wanted = self._place(weights, fixed, shares / shares.sum())[local]
                clash = (sides[known] >= 0) & (sides[known] != wanted)
                sides[known] = np.where(sides[known] == FREE, wanted, sides[known])
                sides[known[clash]] = ASIDE
        alone = sides == FREE
        sides[alone] = self._rng.choice(len(SPLITS), int(alone.sum()), p=self._shares)
        return sides

    def _power(self, key: str, members: Ints) -> float:
        """Exponent of the shares: 1 for a key alone, 1/2 for speakers crossed with sentences."""
        if not {"speaker", "text"} <= set(self._codes) or key not in ("speaker", "text"):
            return 1.0
        if key == "text":
            return 0.5
        speakers, texts = self._codes["speaker"][members], self._codes["text"][members]
        both = np.unique(np.stack([texts, speakers])[:, (texts >= 0) & (speakers >= 0)], axis=1)
        speakers_of = np.bincount(both[0], minlength=int(texts.max(initial=-1)) + 2)
        return 1.0 - float(np.mean(speakers_of[texts] > 1)) / 2.0

    def _weights(self, groups: Ints, counted: Bools, at: Ints | None = None) -> Floats:
        """Clips of each group by stratum, shape (groups, strata)."""
        strata = self._strata if at is None else self._strata[at]
        weights = np.zeros((int(groups.max(initial=-1)) + 1, int(self._strata.max(initial=0)) + 1))
        np.add.at(weights, (groups[counted], strata[counted]), 1.0)
        return weights

    def _place(self, weights: Floats, fixed: Ints, shares: Floats) -> Ints:
        """Sides of groups: the largest first, each where it brings the strata nearest to shares."""
        targets = np.maximum(shares[:, None] * weights.sum(axis=0), 1e-9)
        filled = np.zeros_like(targets)
        np.add.at(filled, fixed[fixed >= 0], weights[fixed >= 0])
        sides = fixed.copy()
        order = self._rng.permutation(len(weights))
        order = order[np.argsort(-weights[order].sum(axis=1), kind="stable")]
        for group in order[fixed[order] < 0]:
            weight = weights[group]
            growth = weight * (2.0 * (filled - targets) + weight) / targets  # of chi square
            sides[group] = int(growth.sum(axis=1).argmin())
            filled[sides[group]] += weight
        return sides


def _votes(groups: Ints, sides: Ints, count: int | None = None) -> Ints:
    """Clips of each group in each split, shape (groups, 3)."""
    votes = np.zeros((int(groups.max(initial=-1)) + 1 if count is None else count, 3), np.int64)
    np.add.at(votes, (groups[sides >= 0], sides[sides >= 0]), 1)
    return votes


def codes_of(values: Sequence[str]) -> Ints:
    """Values as numbers from 0, shape (n,); an empty one, which joins nothing, is -1."""
    names, codes = np.unique(np.array(values, dtype=np.str_), return_inverse=True)
    shift = int(len(names) > 0 and names[0] == "")
    return np.asarray(codes - shift, np.int64)


def components(keys: Sequence[Ints], count: int) -> Ints:
    """Which connected component each of `count` clips is in: any shared code of any key joins."""
    from scipy.sparse import coo_matrix  # a second, which `--help` need not wait
    from scipy.sparse.csgraph import connected_components

    rows, columns, nodes = [], [], count
    for codes in keys:
        known = np.flatnonzero(codes >= 0)
        rows.append(known)
        columns.append(nodes + codes[known])
        nodes += int(codes.max(initial=-1)) + 1
    joined = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    to = np.concatenate(columns) if columns else np.zeros(0, np.int64)
    graph = coo_matrix((np.ones(len(joined), np.int8), (joined, to)), shape=(nodes, nodes))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(np.unique(labels[:count], return_inverse=True)[1], np.int64)
