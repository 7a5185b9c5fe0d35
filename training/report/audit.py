"""How well can the classes be told apart, or the model's score be guessed, without listening?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.quality.audit import FOLDS, auc
from training.evaluation.scoring import Answer

TOGETHER = "all together"
LANGUAGES = 20  # the commonest ones

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """How well a confounder tells; everything but `plain` is cross-validated over sources."""

    truth: float  # AUC for the class; 0.5 is chance, and below it no better
    opinion: float  # AUC for a score in the upper half
    explained: float  # R² of the score; 0 is no better than its mean
    rank: float  # Spearman's correlation of the guessed score with the score
    within: float  # R² of what the score lies above or below the mean of its class
    plain: float  # Spearman's of that and the fact itself; nan for several facts at once


def confounders(answers: Sequence[Answer]) -> dict[str, Floats]:
    """Facts of recordings that say nothing about who speaks, each of shape (n, facts)."""
    sources = Counter(a.clip.source for a in answers)
    alone = {
        "length": [a.seconds for a in answers],
        "speech": [a.measures.speech_seconds for a in answers],
        "lead": [a.lead for a in answers],
        "level": [a.measures.level for a in answers],
        "noise": [a.measures.snr for a in answers],
        "bandwidth": [a.measures.bandwidth for a in answers],
        "clipping": [a.measures.clipped for a in answers],
        "speech share": [a.measures.speech_seconds / max(a.seconds, 0.02) for a in answers],
        "clips of the source": [sources[a.clip.source] for a in answers],
    }
    facts = {name: np.array(values, np.float64)[:, None] for name, values in alone.items()}
    common = [name for name, _ in Counter(a.clip.language for a in answers).most_common(LANGUAGES)]
    facts["language"] = np.array(
        [[a.clip.language == name for name in common] for a in answers], np.float64
    )
    return facts


def audit(answers: Sequence[Answer]) -> dict[str, Told]:
    """What each confounder tells alone, and all of them together."""
    facts = confounders(answers)
    facts[TOGETHER] = np.hstack(list(facts.values()))
    truth = np.array([a.clip.label == "synthetic" for a in answers])
    scores = np.array([a.verdict.score for a in answers])
    sources = np.array([a.clip.source for a in answers])
    said = scores > np.median(scores)
    centred = scores - np.where(truth, _mean(scores[truth]), _mean(scores[~truth]))
    found = {}
    for name, some in facts.items():
        explained, rank = _guessed(some, scores, sources)
        found[name] = Told(
            truth=auc(some, truth, sources),
            opinion=auc(some, said, sources),
            explained=explained,
            rank=rank,
            within=_guessed(some, centred, sources)[0],
            plain=_rank(some[:, 0], centred) if some.shape[1] == 1 else float("nan"),
        )
    return found


def _guessed(facts: Floats, scores: Floats, groups: NDArray[np.str_]) -> tuple[float, float]:
    """R² and Spearman's correlation of boosted trees' guesses, cross-validated over groups."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.metrics import r2_score
    from sklearn.model_selection import GroupKFold

    folds = min(FOLDS, len(set(groups.tolist())))
    if folds < 2 or np.ptp(scores) == 0.0:
        return float("nan"), float("nan")
    guess = np.zeros(len(scores))
    for learnt, asked in GroupKFold(folds).split(facts, scores, groups):
        trees = HistGradientBoostingRegressor(max_iter=60, max_depth=3, random_state=1)
        guess[asked] = trees.fit(facts[learnt], scores[learnt]).predict(facts[asked])
    return float(r2_score(scores, guess)), _rank(guess, scores)


def _rank(one: Floats, other: Floats) -> float:
    """Spearman's correlation; 0 where one of them is the same everywhere, and so tells nothing."""
    from scipy.stats import spearmanr

    spread = min(np.ptp(one), np.ptp(other))
    return float(spearmanr(one, other).statistic) if spread > 0.0 else 0.0


def _mean(scores: Floats) -> float:
    return float(scores.mean()) if len(scores) else 0.0
