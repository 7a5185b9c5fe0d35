"""How well can the classes be told apart, or the model's score be guessed, without listening?"""

import numpy as np
from numpy.typing import NDArray

from dataset.audit import auc
from training.served import Answer

NUISANCES = ("length", "lead", "level", "noise", "bandwidth", "clipping", "speech share")


def nuisances(answers: list[Answer]) -> NDArray[np.float64]:
    """Facts of a recording that say nothing about who speaks, shape (n, len(NUISANCES))."""
    return np.array(
        [
            (
                a.seconds,
                a.lead,
                a.measures.level,
                a.measures.snr,
                a.measures.bandwidth,
                a.measures.clipped,
                a.measures.speech_seconds / max(a.seconds, 0.02),
            )
            for a in answers
        ]
    )


def audit(answers: list[Answer]) -> dict[str, tuple[float, float]]:
    """AUC by which nuisances tell (the class, the model's own yes or no): alone and together.

    Cross-validated over sources; 0.5 is chance, and below it no better.
    """
    facts = nuisances(answers)
    truth = np.array([a.clip.label == "synthetic" for a in answers])
    scores = np.array([a.verdict.score for a in answers])
    said = scores > np.median(scores)
    sources = np.array([a.clip.source for a in answers])
    columns = {name: [i] for i, name in enumerate(NUISANCES)}
    columns["all together"] = list(range(len(NUISANCES)))
    return {
        name: (auc(facts[:, which], truth, sources), auc(facts[:, which], said, sources))
        for name, which in columns.items()
    }
