"""Are long recordings called mixed by chance? Windows of many notes of people, one after the other.

No clip is longer than 8 s, so the scores of windows are joined and not the sounds. The speakers and
recordings change every few windows, which a real recording of one person does not do: shares are
too high rather than too low.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dataset.markdown import percent, table
from inference.segments import SegmentRule, segments
from inference.speech import ANY_SPEECH
from training.interpretability.note_scores import Scored

MINUTES = (1, 2, 5, 10, 30)
DRAWN = 200  # recordings of each length
HOP = 2.048  # s between the beginnings of two windows
WINDOW = 4.096  # s


def report(notes: Sequence[Scored], rule: SegmentRule, seed: int = 1) -> str:
    """A table: the share of joined recordings that are called mixed, by their length."""
    random = np.random.default_rng(seed)
    heard = [
        (note.logits[spoke], note.spoken[spoke]) for note in notes if (spoke := _spoke(note)).any()
    ]
    lines = []
    for minutes in MINUTES:
        count = int(minutes * 60 / HOP)
        spans = np.arange(count)[:, None] * HOP + np.array([0.0, WINDOW])
        mixed = 0
        for _ in range(DRAWN):
            parts: list[int] = []
            while sum(len(heard[part][0]) for part in parts) < count:
                parts.append(int(random.integers(len(heard))))
            logits, spoken = (
                np.concatenate([heard[part][i] for part in parts])[:count] for i in (0, 1)
            )
            mixed += bool(segments(logits, spans, spoken, rule))
        lines.append(
            (minutes, DRAWN, f"{rule.least_in(60.0 * minutes):.2f}", percent(mixed / DRAWN))
        )
    head = ("minutes", "recordings", "least strength", "called mixed")
    return f"windows of {len(heard)} notes of people, joined\n\n{table(head, lines)}"


def _spoke(note: Scored) -> NDArray[np.bool_]:
    return note.spoken >= ANY_SPEECH
