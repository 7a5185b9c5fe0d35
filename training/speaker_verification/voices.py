"""Error rates of comparing two voices, and the calibration in the verifier's card.

Calibrated on the train split, measured on the people of the dev split who are not in train.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from dataset.markdown import table
from inference.speaker.comparison import Comparison, Likeness, Rate, VoicesCard
from inference.speaker.verifier import Voices
from training.evaluation.metrics import equal_error_rate
from training.speaker_verification.voice_pairs import (
    Pair,
    Pairs,
    Voice,
    clones,
    same_person,
    two_people,
)

RESAMPLES = 2000  # of the people, for an interval
FEWEST = 3  # people of a source that has a line of its own

Floats = NDArray[np.float64]


def calibrate(card: VoicesCard, same: Pairs, others: Pairs) -> VoicesCard:
    """Fit P(same person); every person weighs the same, and so do both kinds of pairs."""
    weights = np.concatenate([_weights(same), _weights(others)])
    truth = np.repeat([1, 0], [len(same), len(others)])
    model = LogisticRegression(C=1e6)
    model.fit(similarities([*same, *others])[:, None], truth, sample_weight=weights)
    return replace(card, slope=float(model.coef_[0, 0]), intercept=float(model.intercept_[0]))


def similarities(pairs: Pairs) -> Floats:
    return np.array([pair.similarity for pair in pairs])


def _weights(pairs: Pairs) -> Floats:
    """One for each person, shared out among the pairs; in all one."""
    counts: dict[str, int] = defaultdict(int)
    for pair in pairs:
        counts[pair.person] += 1
    return np.array([1.0 / counts[pair.person] for pair in pairs]) / len(counts)


def rate(network: Voices, pairs: Pairs, said: Likeness) -> Rate:
    """Share of the pairs of which `said` is said: the mean over people, each weighing the same."""
    by_person: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        by_person[pair.person].append(_likeness(network, pair) is said)
    shares = np.array([np.mean(hits) for hits in by_person.values()])
    if not len(shares):
        return Rate(float("nan"), (float("nan"), float("nan")), 0)
    drawn = np.random.default_rng(0).integers(len(shares), size=(RESAMPLES, len(shares)))
    low, high = np.quantile(shares[drawn].mean(axis=1), (0.025, 0.975))
    return Rate(float(shares.mean()), (float(low), float(high)), len(shares))


def _likeness(network: Voices, pair: Pair) -> Likeness:
    chance = network.chance(pair.similarity)
    return Comparison(pair.similarity, chance, network.card.thresholds, (), ()).likeness


def measured(network: Voices, heard: Sequence[Voice]) -> VoicesCard:
    """The card with the rates that the bot tells."""
    same, others, made = same_person(heard), two_people(heard), modern(clones(heard))
    return replace(
        network.card,
        same_as_same=rate(network, same, Likeness.SAME),
        same_as_different=rate(network, same, Likeness.DIFFERENT),
        others_as_same=rate(network, others, Likeness.SAME),
        others_as_different=rate(network, others, Likeness.DIFFERENT),
        clones_as_same=rate(network, made, Likeness.SAME),
        clones_as_different=rate(network, made, Likeness.DIFFERENT),
    )


def modern(pairs: Pairs) -> list[Pair]:
    """Synthetic voices that say something new: speech from text, and one voice made another."""
    return [pair for pair in pairs if pair.suspicious.family in ("tts", "vc")]


def report(network: Voices, heard: Sequence[Voice]) -> str:
    """The error rates as a table in Markdown."""
    same, others, made = same_person(heard), two_people(heard), clones(heard)
    lines = [
        _line(network, "one person", same, others),
        _line(network, "two people", others),
        _line(network, "clone (tts and vc)", modern(made), others),
    ]
    for name, found in _by(made, lambda pair: pair.suspicious.family):
        lines.append(_line(network, f"clone ({name})", found, others))
    for name, found in _by(same, lambda pair: pair.known.source):
        lines.append(_line(network, f"one person, {name}", found))
    for name, found in _by(others, lambda pair: pair.known.source):
        lines.append(_line(network, f"two people, {name}", found))
    for name, found in _by(modern(made), lambda pair: pair.suspicious.system):
        lines.append(_line(network, f"clone, {name}", found))
    head = ("pairs", "people", "pairs", "said: same", "said: different", "EER %")
    equal = f"{100 * _equal(same, others):.1f} %"
    return f"Equal error rate, two recordings of one source: {equal}\n\n{table(head, lines)}"


def _line(network: Voices, name: str, pairs: Pairs, against: Pairs = ()) -> tuple[object, ...]:
    same, different = (rate(network, pairs, said) for said in (Likeness.SAME, Likeness.DIFFERENT))
    equal = f"{100 * _equal(pairs, against):.1f}" if against else ""
    return name, same.speakers, len(pairs), _percent(same), _percent(different), equal


def _percent(found: Rate) -> str:
    low, high = found.interval
    return f"{100 * found.share:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


def _equal(pairs: Pairs, others: Pairs) -> float:
    return equal_error_rate(similarities(others), similarities(pairs))


def _by(pairs: Pairs, key: Callable[[Pair], str]) -> list[tuple[str, list[Pair]]]:
    """Groups of enough people, the largest first."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair)].append(pair)
    enough = [g for g in groups.items() if len({pair.person for pair in g[1]}) >= FEWEST]
    return sorted(enough, key=lambda group: -len(group[1]))
