"""Provenance of a run: the commit and the versions of the libraries."""

import platform
import subprocess
from pathlib import Path


def commit() -> str:
    """The commit this runs from, "+" after it when something is changed; empty outside git."""
    call = ["git", "describe", "--always", "--dirty=+", "--abbrev=40"]
    try:
        return subprocess.run(
            call, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def versions() -> dict[str, str]:
    """Versions of Python, TensorFlow, Keras and NumPy."""
    import keras
    import numpy as np
    import tensorflow as tf

    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }
