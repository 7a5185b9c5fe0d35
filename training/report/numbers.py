"""Every figure of a measurement as JSON, so that whoever quotes one takes it from a file.

`figures.json` holds rates as shares, 0..1, null where a class is missing; "low" and "high" are the
ends of the 95 % interval of the equal error rate, whole sources drawn anew.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dataset.files import sha256
from inference.detector import Detector
from training.evaluation import baselines
from training.evaluation.figures import (
    by,
    change,
    figures,
    interval,
    leans,
    length,
    quiet,
    turned,
    with_all_humans,
)
from training.evaluation.robustness import Conditions
from training.evaluation.scoring import Answer
from training.evaluation.slices import collections, named

FILE = "figures.json"
OF_SCORES = (  # what depends on no threshold
    "human",
    "synthetic",
    "human_sources",
    "synthetic_sources",
    "sources",
    "eer",
    "low",
    "high",
    "auc",
    "least_cost",
)

Numbers = dict[str, Any]


def write(
    model: Path,
    part: str,
    answers: list[Answer],
    folder: Path,
    conditions: Conditions,
    others: Mapping[str, Mapping[str, float]],
    known: set[str],
) -> None:
    """Leave figures.json in a folder.

    Args:
        model: the file that answered.
        part: the split that it answered.
        answers: those to the clips as they are.
        folder: where the file goes; it is made.
        conditions: answers by kind and condition.
        others: scores of other detectors by name and file.
        known: systems that the model has learnt from; none where that is not known.
    """
    card = Detector(model).card
    compared = baselines.beside(answers, card.title, others) if others else {}
    told = {
        "model": card.title,
        "sha256": sha256(model),
        "split": part,
        "thresholds": card.thresholds,
        "band": card.training.get("band"),
        "slices": _all(named(answers)),
        "leans": {name: asdict(leans(some)) for name, some in named(answers).items()},
        "by": {name: _all(groups) for name, groups in _groups(answers, known).items()},
        "conditions": {kind: _changed(groups) for kind, groups in conditions.items()},
        "peers": {who: _all(named(some), scores_only=True) for who, some in compared.items()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_without_nan(told), indent=1, ensure_ascii=False, allow_nan=False)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def numbers(answers: Sequence[Answer]) -> Numbers:
    """All figures of some answers, with the interval of the equal error rate."""
    low, high = interval(answers)
    sources = len({a.clip.source for a in answers})
    return {**asdict(figures(answers)), "sources": sources, "low": low, "high": high}


def _groups(answers: list[Answer], known: set[str]) -> dict[str, dict[str, list[Answer]]]:
    met = {True: "met in training", False: "never met"}
    return {
        "collection": collections(answers),
        "family": with_all_humans(answers, lambda a: a.clip.family, 1),
        "systems": with_all_humans(answers, lambda a: met[a.clip.system in known]) if known else {},
        "language": by(answers, lambda a: a.clip.language or "?", 20),
        "speech": by(answers, length),
        "speech over noise": by(answers, quiet),
    }


def _all(groups: Mapping[str, Sequence[Answer]], scores_only: bool = False) -> dict[str, Numbers]:
    """Of a peer only what its scores alone say."""
    found = {name: numbers(some) for name, some in groups.items()}
    if not scores_only:
        return found
    return {name: {key: some[key] for key in OF_SCORES} for name, some in found.items()}


def _changed(groups: Mapping[str, Sequence[Answer]]) -> dict[str, Numbers]:
    """Each condition, with what rises from the first one on; see `tables.changes`."""
    reference = next(iter(groups))
    before, found = groups[reference], _all(groups)
    for name, some in groups.items():
        if name != reference:
            people, machines = turned(before, some)
            low, high = change(before, some)
            found[name] |= {
                "compared_with": reference,
                "eer_change": found[name]["eer"] - found[reference]["eer"],
                "eer_change_low": low,
                "eer_change_high": high,
                "more_people_called_machines": people,
                "more_machines_called_people": machines,
            }
    return found


def _without_nan(value: Any) -> Any:
    """The same with null for every number that is none, which JSON does not know."""
    if isinstance(value, Mapping):
        return {name: _without_nan(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value
