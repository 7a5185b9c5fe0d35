"""Answers out of nothing: what a model would have said, for counting its errors."""

import numpy as np

from dataset.manifest import Clip
from inference.speech import Measures
from inference.verdict import Reason, Verdict, Window
from training.evaluation.scoring import Answer

BAND = (0.3, 0.7)


def answer(
    label: str,
    score: float,
    source: str = "page",
    *,
    language: str = "en",
    family: str = "",
    refused: bool = False,
    file: str = "x.ogg",
    collection: str = "",
) -> Answer:
    """One clip of 5 s of speech, answered with the thresholds of BAND."""
    found = (Reason.NOISY,) if refused else ()
    if not refused and BAND[0] < score < BAND[1]:
        found = (Reason.UNSURE,)
    windows = (Window(0.0, 4.1, score),)
    verdict = Verdict(score, BAND, found, 5.0, windows, "test-1")
    measures = Measures(5.0, -20.0, 30.0, 7000.0, 0.0, np.ones(250, np.bool_))
    clip = Clip(file, label, label, family or label, language, source=source, collection=collection)
    return Answer(clip, verdict, 6.0, 0.5, measures)


def crowd(apart: float, *, drift: float = 0.0, seed: int = 1, clips: int = 300) -> list[Answer]:
    """Clips of 30 sources, every third a telephone without a synthetic clip, every fourth in
    Portuguese; logits are normal, `apart` standard deviations between the classes, those of a
    source moved together by `drift`."""
    rng = np.random.default_rng(seed)
    moved = rng.normal(0.0, drift, 30)
    found = []
    for number in range(clips):
        source = number % 30
        for label in ("human", "synthetic"):
            if label == "synthetic" and source % 3 == 0:
                continue
            side = apart / 2.0 if label == "synthetic" else -apart / 2.0
            logit = side + moved[source] + rng.normal()
            score = float(np.clip(1.0 / (1.0 + np.exp(-logit)), 0.01, 0.99))
            language = "pt-BR" if source % 4 == 0 else "en"
            file = f"{label}/{number}.ogg"
            found.append(answer(label, score, f"page {source}", language=language, file=file))
    return found
