"""What is counted for Prometheus: events by kind, never by person, chat or note.

Whoever knows of an event counts it with one line; `bot.web.app` shows the sums at /metrics.
"""

import os
from pathlib import Path
from typing import Protocol

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, Info, disable_created_metrics

from bot.scale import is_judged
from inference.verdict import Label, Verdict

# Else each count has a second series that nobody reads. (The library left out the types.)
disable_created_metrics()  # type: ignore[no-untyped-call]

STEPS = (0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12, 30, 60, 120, 300)  # s

UPDATES = Counter("ouvido_updates", "Updates that were taken up, by their kind", ["kind"])
ANSWERS = Counter("ouvido_answers", "Verdicts, by label and the first reason", ["label", "reason"])
SCORES = Histogram(
    "ouvido_score", "P(machine) of verdicts that rest on it", buckets=[n / 10 for n in range(1, 11)]
)
ERRORS = Counter("ouvido_errors", "Notes and updates without an answer, by code", ["code"])
SECONDS = Histogram(
    "ouvido_note_seconds", "Of one step of a note, or one request", ["step"], buckets=STEPS
)
CACHE = Counter("ouvido_cache", "Notes looked up: known by name, by content, or new", ["found"])
RETRIES = Counter("ouvido_retries", "Requests sent again to Telegram", ["method", "problem"])
RESTARTS = Counter("ouvido_listener_restarts", "Listening processes that had to be replaced")
MODEL = Info("ouvido_model", "The model that answers")
QUEUE = Gauge("ouvido_queue_length", "Notes in work and waiting")
OWED = Gauge("ouvido_updates_owed", "Updates that wait or are being answered")
WAITING = Gauge("ouvido_waiting_seconds", "For how long the oldest of them has waited")
LISTENERS = Gauge("ouvido_listeners_resident_memory_bytes", "Of the listening processes together")

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Watched(Protocol):
    """What is asked whenever the sums are read: the worker."""

    @property
    def waiting(self) -> int: ...

    @property
    def processes(self) -> list[int]: ...


def watch(worker: Watched) -> None:
    """Let the gauges show what is the case when they are read."""
    QUEUE.set_function(lambda: worker.waiting)
    LISTENERS.set_function(lambda: sum(map(resident, worker.processes)))


def answered(verdict: Verdict) -> None:
    """Count a verdict that somebody got, and its score where the answer rests on it."""
    ANSWERS.labels(verdict.label, verdict.reasons[0] if verdict.reasons else "").inc()
    if is_judged(verdict):
        SCORES.observe(verdict.score)


def resident(process: int) -> int:
    """Bytes of memory that a process of this machine has; 0 when it has ended."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * PAGE_BYTES


def answers_of(label: Label) -> int:
    """How many verdicts with this label somebody got, whatever the reason."""
    samples = (sample for metric in ANSWERS.collect() for sample in metric.samples)
    return int(sum(sample.value for sample in samples if sample.labels.get("label") == label))


def total(name: str, **labels: str) -> float:
    """The sum of one count; 0 for what never happened."""
    return REGISTRY.get_sample_value(name, labels) or 0.0
