"""Made notes are scored as the service scores; what the rule for segments needs is kept in a file.

So trying other rules costs nothing.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.detector import Detector, logit
from inference.errors import DetectionError
from inference.pipeline import judge_samples, speech_seconds
from inference.speech import reasons
from inference.verdict import Reason
from training.interpretability.mixed_notes import Note, Plan, make

Facts = dict[str, Any]  # of a note, as JSON keeps them


@dataclass(frozen=True)
class Scored:
    """A note's plan, where its insert lies, and what the model says of its windows."""

    plan: Plan
    start: float  # s, the insert
    end: float
    score: float  # P(synthetic) of the whole note
    thresholds: tuple[float, float]
    reasons: tuple[Reason, ...]  # what spoke against judging, whatever the score
    spans: NDArray[np.float64]  # (windows, 2), s
    logits: NDArray[np.float64]  # (windows,)
    branches: NDArray[np.float64]  # (windows, 2)
    spoken: NDArray[np.float64]  # (windows,), s of speech


def scored(plans: Sequence[Plan], folder: Path, model: Path, cache: Path | None) -> list[Scored]:
    """Make and score those notes that are not in the cache; says how many could not be made."""
    detector = Detector(model)
    known = _read(cache)
    found: list[Scored] = []
    for one in tqdm(plans, "notes", disable=None):
        key = _key(one, model)
        if key not in known:
            try:
                known[key] = _facts(make(one, folder), detector)
            except (ValueError, DetectionError, OSError) as error:
                known[key] = {"lacks": str(error)}
            _keep(cache, key, known[key])
        if "lacks" not in known[key]:
            found.append(_scored(one, known[key]))
    if not found:
        raise ValueError("no note could be made of these clips")
    print(f"{len(found)} of {len(plans)} notes made", file=sys.stderr)
    return found


def _facts(note: Note, detector: Detector) -> Facts:
    judgement = judge_samples(note.samples, detector)
    analysis, verdict, measures = judgement.analysis, judgement.verdict, judgement.measures
    return {
        "start": note.start,
        "end": note.end,
        "score": verdict.score,
        "thresholds": verdict.thresholds,
        "reasons": [*verdict.reasons, *reasons(measures)],
        "spans": [(w.start, w.end) for w in analysis.windows],
        "logits": [logit(w.score) for w in analysis.windows],
        "branches": analysis.branches.tolist(),
        "spoken": speech_seconds(analysis, measures).tolist(),
    }


def _scored(one: Plan, facts: Facts) -> Scored:
    low, high = facts["thresholds"]
    return Scored(
        plan=one,
        start=facts["start"],
        end=facts["end"],
        score=facts["score"],
        thresholds=(low, high),
        reasons=tuple(Reason(r) for r in facts["reasons"] if r != Reason.UNSURE),
        spans=np.array(facts["spans"], np.float64),
        logits=np.array(facts["logits"], np.float64),
        branches=np.array(facts["branches"], np.float64),
        spoken=np.array(facts["spoken"], np.float64),
    )


def _key(one: Plan, model: Path) -> str:
    whole = json.dumps([asdict(one), model.name, model.stat().st_size], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _read(cache: Path | None) -> dict[str, Facts]:
    if cache is None or not cache.exists():
        return {}
    return dict(json.loads(line) for line in cache.read_text().splitlines())


def _keep(cache: Path | None, key: str, facts: Facts) -> None:
    if cache is not None:
        with cache.open("a") as file:
            file.write(json.dumps([key, facts]) + "\n")
