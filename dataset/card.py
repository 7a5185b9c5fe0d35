"""A folder of clips becomes its card: what it holds and what gives the classes away."""

import csv
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dataset import manifest
from dataset.execution import checkpoint
from dataset.execution.pool import Failed, Pool
from dataset.files import unfinished
from dataset.manifest import LABELS, SPLITS, Clip
from dataset.quality.audit import audit, examined
from dataset.quality.confounders import Confounders
from dataset.reporting.page import Plot, Section, as_html, as_markdown
from dataset.reporting.plots import bars, histogram
from dataset.splitting.split import KEYS

ROWS = 30  # of a table; the rest is one row
AUDIT = (
    "How well a plain classifier (boosted trees) tells synthetic from human clips by facts that "
    "say nothing about who speaks. AUC, cross-validated: 0.5 is chance, 1 tells every clip; "
    "below 0.5 is chance too. Known sources: speakers, sentences and pairs that were not learnt "
    "from; new sources: none of the source was."
)
HISTOGRAMS: tuple[tuple[str, str, Callable[[Confounders], float]], ...] = (
    ("Length", "s", lambda n: n.seconds),
    ("Level of the speech", "dBFS", lambda n: n.level),
    ("Silence before the first speech", "s", lambda n: n.lead),
    ("Noise floor", "dBFS", lambda n: n.floor),
    ("Highest frequency that the voice reaches", "Hz", lambda n: n.bandwidth),
)


@dataclass(frozen=True)
class Measured:
    """The clips whose files could be read, and what was found in them."""

    clips: list[Clip]
    facts: list[Confounders]
    failed: list[tuple[str, str]]  # file, reason


def write(source: Path, target: Path, before: Path | None, pool: Pool) -> tuple[int, str]:
    """Leave `card.html` and `card.md`; with `before`, that folder's audit stands beside.

    Returns how many clips could be read, and what went wrong.
    """
    clips = manifest.read(source)
    measured = _measured(source, clips, pool)
    audits = {"this set": audit(measured.clips, measured.facts)}
    if before is not None:
        earlier = _measured(before, manifest.read(before), pool)
        audits = {"before": audit(earlier.clips, earlier.facts), **audits}
    told = [("card", reason) for _, reason in measured.failed] + _told(source)
    sections = [*_contents(clips), *_sound(measured), _audited(audits), _failures(told)]
    title = f"Data card: {source.resolve().name}"
    pages = {"card.html": as_html(title, sections), "card.md": as_markdown(title, sections)}
    for name, page in pages.items():
        with unfinished(target / name) as file:
            file.write_text(page, encoding="utf-8")
    failed = "\n".join(f"{name}: {reason}" for name, reason in measured.failed[:5])
    return len(measured.clips), failed and f"{len(measured.failed)} cannot be read:\n{failed}"


def _measured(folder: Path, clips: Sequence[Clip], pool: Pool) -> Measured:
    found = examined(folder, clips, pool)
    both = [(c, f) for c, f in zip(clips, found, strict=True) if not isinstance(f, Failed)]
    return Measured(
        clips=[clip for clip, _ in both],
        facts=[facts for _, facts in both],
        failed=[
            (clip.file, fact.reason)
            for clip, fact in zip(clips, found, strict=True)
            if isinstance(fact, Failed)
        ],
    )


def _contents(clips: Sequence[Clip]) -> Iterator[Section]:
    yield _by("Contents", "class", clips, lambda clip: clip.label)
    yield _by(
        "Splits", "split", clips, lambda clip: clip.split or "none (set aside)", _apart(clips)
    )
    spoken = [clip for clip in clips if clip.label == "synthetic"]
    yield _by("Engine families", "family", spoken, lambda clip: clip.family or "?")
    yield _by("Engines", "engine", spoken, lambda clip: clip.system or "?")
    yield _by("Languages", "language", clips, lambda clip: clip.language or "?")
    yield _by("Channels", "channel", clips, lambda clip: clip.channel or "as it was spoken")
    yield _by("Sources", "source", clips, lambda clip: clip.source or "?")
    yield _by("Licences", "licence", clips, lambda clip: clip.licence or "unknown")


def _by(
    title: str, what: str, clips: Sequence[Clip], key: Callable[[Clip], str], words: str = ""
) -> Section:
    """A row a group, the largest first."""
    groups: dict[str, list[Clip]] = {}
    for clip in clips:
        groups.setdefault(key(clip), []).append(clip)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    if len(ordered) > ROWS:
        rest = [clip for _, group in ordered[ROWS - 1 :] for clip in group]
        ordered = [*ordered[: ROWS - 1], (f"{len(ordered) - ROWS + 1} others", rest)]
    return Section(
        title,
        words,
        (what, *LABELS, "hours", "speakers", "sentences"),
        [(name, *_counts(group)) for name, group in ordered],
    )


def _counts(clips: Sequence[Clip]) -> Iterator[str]:
    labels = Counter(clip.label for clip in clips)
    yield from (f"{labels[label]:,}" for label in LABELS)
    yield f"{sum(clip.seconds for clip in clips) / 3600:.2f}"
    for key in ("speaker", "text"):
        yield f"{len({getattr(clip, key) for clip in clips} - {''}):,}"


def _apart(clips: Sequence[Clip]) -> str:
    """Count values that are in two splits, and name the families that only test has."""
    shared = []
    for key in KEYS:
        sides: dict[str, set[str]] = {}
        for clip in clips:
            if clip.split and getattr(clip, key):
                sides.setdefault(getattr(clip, key), set()).add(clip.split)
        shared.append(f"{key} {sum(len(on) > 1 for on in sides.values())}")
    spoken = [clip for clip in clips if clip.label == "synthetic" and clip.split]
    seen = {clip.family for clip in spoken if clip.split != SPLITS[-1]}
    unseen = sorted({clip.family for clip in spoken} - seen)
    return f"On more than one side: {', '.join(shared)}. Only in test: {', '.join(unseen) or '–'}."


def _sound(measured: Measured) -> Iterator[Section]:
    plots = []
    for number, (caption, unit, of) in enumerate(HISTOGRAMS):
        values: dict[str, list[float]] = {}
        for label in LABELS:
            every = zip(measured.clips, measured.facts, strict=True)
            values[label] = [of(fact) for clip, fact in every if clip.label == label]
        plots.append(Plot(f"{caption}, {unit}", histogram(values, unit, f"sound{number}")))
    containers = Counter((fact.container, f"{fact.rate:g}") for fact in measured.facts)
    found = ", ".join(
        f"{count:,} {container} at {rate} Hz" if rate != "nan" else f"{count:,} {container}"
        for (container, rate), count in containers.most_common(8)
    )
    yield Section("Sound", f"Files as found: {found}.", plots=plots)


def _audited(audits: dict[str, dict[str, tuple[float, float]]]) -> Section:
    kinds = list(next(iter(audits.values())))
    head = ["told from"]
    for name in audits:
        head += [f"{name}, known sources", f"{name}, new sources"]
    rows = [
        (kind, *(_two(value) for found in audits.values() for value in found[kind]))
        for kind in kinds
    ]
    shown = {name: [found[kind][0] for kind in kinds] for name, found in audits.items()}
    plot = Plot("AUC of each kind of confounder, known sources", bars(shown, kinds, "audit"))
    return Section("Nuisance audit", AUDIT, tuple(head), rows, [plot])


def _failures(told: Sequence[tuple[str, str]]) -> Section:
    counts = Counter(told).most_common(ROWS)
    rows = [(step, reason, str(count)) for (step, reason), count in counts]
    words = "" if rows else "Nothing failed."
    return Section("Failures", words, ("step", "reason", "clips"), rows)


def _told(source: Path) -> list[tuple[str, str]]:
    """Step and reason of what earlier steps could not do."""
    path = source / checkpoint.FAILED
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [(row["step"], row["reason"]) for row in csv.DictReader(file)]


def _two(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
