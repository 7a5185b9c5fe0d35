"""A corpus becomes a folder of recordings with a manifest; what is wrong is told file by file."""

import filecmp
import functools
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from dataset import manifest
from dataset.acquisition.corpus import Corpus, CorpusError, Remark
from dataset.acquisition.obtain import obtain
from dataset.acquisition.probe import Unplayable, probe, shape
from dataset.execution.checkpoint import NAME as JOURNAL
from dataset.execution.checkpoint import Journal
from dataset.execution.pool import Pool
from dataset.files import link
from dataset.manifest import Clip

TAKEN = "taken all the same"
HIGHEST_RATE = 48_000  # Hz; what records speech at more is worth a remark


@dataclass(frozen=True)
class Wanted:
    """Which clips of a corpus to take; empty: all."""

    language: str = ""  # "pt" takes pt-BR and pt-PT as well
    label: str = ""
    split: str = ""

    def __call__(self, clip: Clip) -> bool:
        languages = ("", clip.language, clip.language.partition("-")[0])
        return (
            self.language in languages
            and self.label in ("", clip.label)
            and self.split in ("", clip.split)
        )


@dataclass(frozen=True)
class Outcome:
    taken: int
    seconds: float  # of sound
    left_out: int
    summary: str  # remarks by their kind, a line each


def collect(
    corpus: Corpus, source: Path | None, target: Path, wanted: Wanted, pool: Pool
) -> Outcome:
    """Leave the clips of a corpus and their manifest in `target`.

    Raises CorpusError where nothing can be had. A run that was stopped is continued.
    """
    step = f"collect {corpus.name} from {(source or target).resolve()}"
    _refuse_another(target, step)
    folder, remarks = obtain(corpus, source, target)
    found = list(corpus.clips(folder))
    clips = [clip for clip in found if isinstance(clip, Clip) and wanted(clip)]
    remarks += [remark for remark in found if isinstance(remark, Remark)]
    if not clips:
        raise CorpusError(f"{folder} has no clip of {corpus.name} that is wanted")
    remarks += duplicates(clips, folder)
    twice = {remark.file for remark in remarks if not remark.taken}
    clips = [clip for clip in clips if clip.file not in twice]
    journal = Journal(target, step)
    make = functools.partial(_Probe, folder.resolve())  # workers may stand elsewhere
    heard = journal.work_through(make, clips, lambda clip: clip.file, pool)
    failed = [Remark(file, reason) for file, reason in journal.failed]
    seconds = {clip.file: clip.seconds for clip in heard}  # the tables may have been mended since
    clips = [replace(c, seconds=seconds[c.file]) for c in clips if c.file in seconds]
    remarks += odd_shapes(clips, folder)
    for remark in remarks:
        journal.note(remark.file, f"{TAKEN}: " * remark.taken + remark.reason)
    journal.close(len(clips))
    placed = [_placed(clip, folder, target) for clip in clips]
    manifest.write(placed, target)
    everything = [*failed, *remarks]
    left_out = sum(not remark.taken for remark in everything)
    total = sum(clip.seconds for clip in placed)
    return Outcome(len(placed), total, left_out, summary(everything))


class _Probe:
    """Measure one clip's seconds; an instance lives in a worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, clip: Clip) -> list[Clip]:
        try:
            clip.file.encode()
        except UnicodeEncodeError:  # no table could hold it
            raise Unplayable("misnamed: its name is not UTF-8") from None
        return [replace(clip, seconds=round(probe(self._folder / clip.file), 3))]


def duplicates(clips: Sequence[Clip], folder: Path) -> list[Remark]:
    """The second and further copies of a recording; all of them when they contradict each other.

    CETUC has a few recordings under two numbers, so that one of two texts must be wrong.
    """
    sizes: dict[int, list[Clip]] = defaultdict(list)
    for clip in clips:
        sizes[(folder / clip.file).stat().st_size].append(clip)
    suspects = [clip for alike in sizes.values() if len(alike) > 1 for clip in alike]
    same: dict[bytes, list[Clip]] = defaultdict(list)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # hashing lets other threads run
        digests = threads.map(_digest, (folder / clip.file for clip in suspects))
        for clip, digest in zip(suspects, digests, strict=True):
            same[digest].append(clip)
    remarks = []
    for first, *others in same.values():
        agree = {(clip.label, clip.speaker, clip.text) for clip in (first, *others)}
        if len(agree) == 1:
            remarks += [Remark(clip.file, f"duplicate: of {first.file}") for clip in others]
        else:
            remarks += [
                Remark(clip.file, f"contradiction: one recording, two descriptions ({other.file})")
                for clip, other in zip((first, *others), (*others, first), strict=True)
            ]
    return remarks


def odd_shapes(clips: Sequence[Clip], folder: Path) -> list[Remark]:
    """Recordings that are taken but are stereo or sampled faster than speech needs."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        shapes = threads.map(shape, (folder / clip.file for clip in clips))
        return [
            Remark(clip.file, f"odd shape: {channels} channels at {rate} Hz", taken=True)
            for clip, (channels, rate) in zip(clips, shapes, strict=True)
            if channels > 1 or rate > HIGHEST_RATE
        ]


def summary(remarks: Iterable[Remark]) -> str:
    """Count the remarks by their kind, the commonest first, a line each."""
    kinds = Counter(
        (TAKEN if remark.taken else "left out", remark.reason.partition(":")[0])
        for remark in remarks
    )
    return "\n".join(f"  {count} {fate}: {kind}" for (fate, kind), count in kinds.most_common())


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()


def _placed(clip: Clip, folder: Path, target: Path) -> Clip:
    """The clip below the target: where it was unpacked, or linked there."""
    path = folder.resolve() / clip.file
    if path.is_relative_to(target.resolve()):
        return replace(clip, file=path.relative_to(target.resolve()).as_posix())
    link(path, target / clip.file)
    if not filecmp.cmp(path, target / clip.file, shallow=False):
        raise CorpusError(f"{target / clip.file} is another recording: take a new folder")
    return clip


def _refuse_another(target: Path, step: str) -> None:
    """One corpus a folder: two would write one manifest."""
    journal = target / JOURNAL
    if not journal.exists():
        return
    with journal.open(encoding="utf-8") as file:
        first = file.readline()
    before = json.loads(first)["step"] if first.endswith("\n") else step
    if before != step:
        raise CorpusError(f"{target} is the work of “{before}”: take a new folder")
