"""Measure memory and time: of a training process, and of a process that serves a file."""

import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from inference.detector import Detector, probe

CALLS = 20


def peak_memory() -> float:
    """The most that this process has held at once, MB; what it read of mapped files counts."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage tells of whatever process started this one, too
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1000.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def serve(model: Path) -> tuple[float, float]:
    """Processor ms for a window of 4 s, constant-Q and all, and MB of a process that serves.

    Call it in a process of its own.
    """
    detector = Detector(model)
    window = np.ascontiguousarray(probe()[: detector.card.spec.hop_length * 255])
    took = []
    for _ in range(CALLS):
        began = time.process_time()
        detector.analyse(window)
        took.append(1000.0 * (time.process_time() - began))
    return statistics.median(took), peak_memory()
