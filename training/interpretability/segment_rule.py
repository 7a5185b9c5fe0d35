"""How far must a stretch stand out? Chosen on half of the sources, measured on the other half."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from scipy.stats import binomtest

from dataset.markdown import between, percent, table
from inference.segments import SegmentRule, segments, strongest
from inference.speech import ANY_SPEECH
from inference.verdict import Label, Segment
from training.interpretability.mixed_notes import (
    INSERTED,
    LENGTHS,
    MACHINES,
    PEOPLE,
    REVERSED,
    Kind,
)
from training.interpretability.note_scores import Scored

MOST = {PEOPLE: 0.02, MACHINES: 0.1}  # share of notes of one kind that may be called mixed
OVERLAP = 0.5  # share of the insert that its segment must hold
RESAMPLES = 1_000

Notes = Sequence[Scored]
Which = Callable[[Scored], bool]
IsSo = Callable[[Scored, SegmentRule], bool]


def strength(note: Scored) -> float:
    """Of its strongest stretch; minus infinity where something speaks against judging."""
    heard = note.spoken >= ANY_SPEECH
    found = None if note.reasons else strongest(note.logits[heard], note.spoken[heard])
    return found.strength if found else -math.inf


def judged(note: Scored, rule: SegmentRule) -> tuple[Segment, ...]:
    """Its segments, as the service finds them."""
    heard = note.spoken >= ANY_SPEECH
    if note.reasons or not heard.any():
        return ()
    return segments(note.logits[heard], note.spans[heard], note.spoken[heard], rule)


def found(note: Scored, rule: SegmentRule) -> bool:
    """Whether it is called mixed, and segments of the insert's kind hold half of the insert."""
    label = Label(note.plan.kind.insert)
    shared = sum(
        max(0.0, min(one.end, note.end) - max(one.start, note.start))
        for one in judged(note, rule)
        if one.label is label
    )
    return shared >= OVERLAP * (note.end - note.start)


def choose(notes: Notes, model: str) -> SegmentRule:
    """The lowest strength at which no kind of note is called mixed more often than it may be.

    Raises ValueError without notes of people.
    """
    if not _of(notes, PEOPLE):
        raise ValueError("there are no notes of people to choose the rule with")
    least = 0.0
    for kind, most in MOST.items():
        strengths = sorted((strength(note) for note in _of(notes, kind)), reverse=True)
        allowed = math.floor(most * len(strengths))
        if len(strengths) > allowed:
            least = max(least, math.nextafter(strengths[allowed], math.inf))
    return SegmentRule(model, math.ceil(1_000 * least) / 1_000)


def measured(rule: SegmentRule, halves: tuple[Notes, Notes]) -> SegmentRule:
    """The rule with its figures, each half's by the rule that was chosen on the other one."""
    rows: dict[str, float] = {}
    chosen = _chosen(halves, rule.model)
    for name, which, is_so in _rows():
        share, _, count = _share(halves, chosen, which, is_so)
        rows[name], rows[f"{name}: notes"] = round(share, 4), count
    return replace(rule, measured={name: value for name, value in rows.items() if value == value})


def report(halves: tuple[Notes, Notes], model: str) -> str:
    """A table of what is found and of false alarms, and the rules that were chosen."""
    lines = []
    chosen = _chosen(halves, model)
    for name, which, is_so in _rows():
        share, interval, count = _share(halves, chosen, which, is_so)
        sources = {note.plan.source for half in halves for note in half if which(note)}
        lines.append((name, count, len(sources), percent(share), between(*interval)))
    head = ("notes", "number", "sources", "share", "95 % interval over sources")
    first, second = (rule.least for rule in chosen)
    last = f"least strength: {first} and {second} on the halves; the larger one is shipped"
    return f"{table(head, lines)}\n\n{last}"


def _rows() -> list[tuple[str, Which, IsSo]]:
    """Names of figures, of which notes they are, and what is counted."""

    def those(kind: Kind, length: float = 0.0, alike: bool | None = None) -> Which:
        return lambda note: (
            note.plan.kind == kind
            and length in (0.0, note.plan.insert_seconds)
            and alike in (None, note.plan.alike)
        )

    def is_mixed(note: Scored, rule: SegmentRule) -> bool:
        return bool(judged(note, rule))

    origins = ((True, "of the same source"), (False, "of another source"))
    rows: list[tuple[str, Which, IsSo]] = []
    for kind, name in ((INSERTED, "machine in people"), (REVERSED, "person in a machine's")):
        for length in LENGTHS:
            rows.append((f"{name}, {length:g} s: mixed", those(kind, length), is_mixed))
            rows.append((f"{name}, {length:g} s: found", those(kind, length), found))
            if kind == INSERTED:
                rows += [
                    (f"{name}, {length:g} s {where}: found", those(kind, length, alike), found)
                    for alike, where in origins
                ]
    rows.append(("people: mixed", those(PEOPLE), is_mixed))
    rows.append(("people, one voice: mixed", those(PEOPLE, alike=True), is_mixed))
    rows.append(("people of two sources: mixed", those(PEOPLE, alike=False), is_mixed))
    rows.append(("machines: mixed", those(MACHINES), is_mixed))
    return rows


def _chosen(halves: tuple[Notes, Notes], model: str) -> tuple[SegmentRule, SegmentRule]:
    return choose(halves[0], model), choose(halves[1], model)


def _share(
    halves: tuple[Notes, Notes],
    chosen: tuple[SegmentRule, SegmentRule],
    which: Which,
    is_so: IsSo,
) -> tuple[float, tuple[float, float], int]:
    """A share, its interval over sources, and of how many notes."""
    of_source: dict[str, list[bool]] = defaultdict(list)
    for half, rule in zip(halves, chosen[::-1], strict=True):
        for note in filter(which, half):
            of_source[note.plan.source].append(is_so(note, rule))
    counts = np.array([(sum(some), len(some)) for some in of_source.values()]).reshape(-1, 2)
    hits, number = (int(total) for total in counts.sum(axis=0))
    if not number:
        return math.nan, (math.nan, math.nan), 0
    if hits in (0, number):  # drawing sources anew would say that it is known for certain
        low, high = binomtest(hits if hits == 0 else len(counts), len(counts)).proportion_ci()
        return hits / number, (float(low), float(high)), number
    random = np.random.default_rng(1)
    drawn = counts[random.integers(len(counts), size=(RESAMPLES, len(counts)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    return hits / number, (float(low), float(high)), number


def _of(notes: Notes, kind: Kind) -> list[Scored]:
    return [note for note in notes if note.plan.kind == kind]
