"""What is written beside the weights of a run: how it was made, and how it went."""

import csv
import hashlib
import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from dataset import manifest
from training.arrays import Arrays

RUN, BEST, CURVE = "run.json", "best.weights.h5", "curve.csv"
FINAL = "final.weights.h5"  # the best ones with the head fitted again


def curve(run: Path) -> list[dict[str, str]]:
    path = run / CURVE
    return list(csv.DictReader(path.read_text().splitlines())) if path.exists() else []


def write_run(
    run: Path,
    settings: dict[str, Any],
    folders: Sequence[Path],
    arrays: Arrays,
    start: Path | None,
) -> None:
    """Write what the run is made of: settings, spectrograms, data, the run before it, versions."""
    manifests = b"".join((folder / manifest.NAME).read_bytes() for folder in folders)
    facts = {
        **settings,
        "spec": asdict(arrays.spec),
        "data": {
            "manifest_sha256": hashlib.sha256(manifests).hexdigest(),
            "clips": len(arrays.clips),
        },
        "start": json.loads((start / RUN).read_text()) if start else None,
        "commit": _commit(),
        "versions": {
            "python": platform.python_version(),
            "tensorflow": tf.__version__,
            "keras": keras.__version__,
            "numpy": np.__version__,
        },
    }
    (run / RUN).write_text(json.dumps(facts, indent=2) + "\n")


def _commit() -> str:
    """The commit this runs from, "+" after it when something is changed; empty outside git."""
    here = Path(__file__).parent
    try:
        call = ["git", "describe", "--always", "--dirty=+", "--abbrev=40"]
        return subprocess.run(
            call, cwd=here, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
