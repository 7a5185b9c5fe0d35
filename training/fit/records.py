"""Files beside the weights of a run: run.json, how it was made, and curve.csv, its history."""

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dataset import manifest
from dataset.files import unfinished
from dataset.provenance import commit, versions
from training.data.arrays import Arrays

RUN, BEST, HISTORY = "run.json", "best.weights.h5", "curve.csv"
FINAL = "final.weights.h5"  # the best ones with the head fitted again


def history(run: Path) -> list[dict[str, str]]:
    path = run / HISTORY
    return list(csv.DictReader(path.read_text().splitlines())) if path.exists() else []


def made_of(
    settings: dict[str, Any], folders: Sequence[Path], arrays: Arrays, start: Path | None
) -> dict[str, Any]:
    """What a run is made of: settings, spectrograms, data, the run before it, versions."""
    manifests = b"".join((folder / manifest.NAME).read_bytes() for folder in folders)
    facts: dict[str, Any] = {
        **settings,
        "spec": asdict(arrays.spec),
        "data": {
            "manifest_sha256": hashlib.sha256(manifests).hexdigest(),
            "clips": len(arrays.clips),
        },
        "start": json.loads((start / RUN).read_text()) if start else None,
        "commit": commit(),
        "versions": versions(),
    }
    known: dict[str, Any] = json.loads(json.dumps(facts))  # as it is read again, lists for tuples
    return known


def write_run(run: Path, facts: dict[str, Any]) -> None:
    """Write run.json; one that is there stays, for it tells how the weights beside it began."""
    if not (run / RUN).exists():
        run.mkdir(parents=True, exist_ok=True)
        with unfinished(run / RUN) as file:
            file.write_text(json.dumps(facts, indent=2) + "\n")


def refuse_other(run: Path, facts: dict[str, Any]) -> None:
    """Raise ValueError where a run was begun with other facts; commit and versions may change."""
    if not (run / RUN).exists():
        return
    names = _differences(json.loads((run / RUN).read_text()), facts)
    if other := [name for name in names if name.split(".")[0] not in ("commit", "versions")]:
        raise ValueError(f"{run} was begun with other {', '.join(other)}: name another folder")


def _differences(then: Any, now: Any, name: str = "") -> list[str]:
    """Dotted names of what two JSON values do not have in common."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [
            difference
            for key in {**then, **now}
            for difference in _differences(then.get(key), now.get(key), f"{name}.{key}".strip("."))
        ]
    return [] if then == now else [name]
