"""The same clips, answered again after codecs, cuts, noises and handling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from dataset import manifest
from training.evaluation.conditions import KINDS, LENGTHS, Shortened, codecs, drawn, joined, noises
from training.evaluation.handled import handlings
from training.evaluation.scoring import Answer, Task, answered, together

AS_THEY_ARE = "as they are"
PIECES = tuple(length for length in LENGTHS if length <= 4.0)  # s; one clip may hold so much speech

Conditions: TypeAlias = dict[str, dict[str, list[Answer]]]  # kind, condition: answers
Named: TypeAlias = tuple[str, str, Task]  # kind, condition, task


@dataclass(frozen=True)
class RobustnessConfig:
    """Which conditions, and on how many clips; raises ValueError for a kind nobody knows."""

    kinds: tuple[str, ...] = ()  # of conditions.KINDS
    limit: int = 300  # clips of each, half of each class
    noises: tuple[Path, ...] = ()  # recorded ones

    def __post_init__(self) -> None:
        if unknown := set(self.kinds) - set(KINDS):
            raise ValueError(f"{sorted(unknown)} are none of {', '.join(KINDS)}")


def scored_under_conditions(
    model: Path,
    folder: Path,
    plain: Sequence[Answer],
    robustness: RobustnessConfig,
    jobs: int,
    memory: Path | None = None,
) -> Conditions:
    """Answers by kind and condition; `plain` are those of the untouched clips, which go first.

    Besides the kinds of `robustness`, "joined": several clips heard as one long recording. What is
    refused under a condition is missing there.
    """
    named = list(_tasks(plain, robustness))
    results = answered(model, folder, [task for _, _, task in named], jobs, memory)
    found: Conditions = {}
    for kind in dict.fromkeys(kind for kind, _, _ in named):
        asked = {task.clips for of, _, task in named if of == kind}
        found[kind] = {AS_THEY_ARE: [answer for answer in plain if (answer.clip,) in asked]}
    for (kind, name, _), result in zip(named, results, strict=True):
        if isinstance(result, Answer):
            found[kind].setdefault(name, []).append(result)
    found.get("joined", {}).pop(AS_THEY_ARE, None)  # nobody was asked about them uncut
    return found


def recorded(folder: Path, split: str) -> tuple[Path, ...]:
    """The noise clips of a split, or those of all splits where it has none."""
    noise = [clip for clip in manifest.read(folder) if clip.label == "noise"]
    here = [clip for clip in noise if clip.split == split]
    return tuple(folder / clip.file for clip in sorted(here or noise, key=lambda clip: clip.file))


def _tasks(plain: Sequence[Answer], robustness: RobustnessConfig) -> Iterator[Named]:
    few = drawn([answer.clip for answer in plain], robustness.limit)
    if "codecs" in robustness.kinds:
        for codec in codecs():
            yield from (("codecs", codec.name, Task((clip,), codec)) for clip in few)
    if "noise" in robustness.kinds:
        for clip in few:
            for noise in noises(clip, list(robustness.noises)):
                yield "noise", noise.name, Task((clip,), noise)
    if "handling" in robustness.kinds:
        for clip in few:
            yield from (("handling", how.name, Task((clip,), how)) for how in handlings(clip))
    if "lengths" in robustness.kinds:
        yield from _cut(plain, robustness.limit)


def _cut(plain: Sequence[Answer], limit: int) -> Iterator[Named]:
    """Pieces of clips that hold enough speech for the longest, and of clips that were joined."""
    speech = {answer.clip.file: answer.measures.speech_seconds for answer in plain}
    clips = [answer.clip for answer in plain]
    long = drawn([clip for clip in clips if speech[clip.file] >= PIECES[-1]], limit)
    whole = {together(some).file: some for some in joined(clips, speech)}
    recordings = drawn([together(some) for some in whole.values()], limit)
    for length in PIECES:
        cut = Shortened(length)
        yield from (("lengths", cut.name, Task((clip,), cut)) for clip in long)
    for length in LENGTHS:
        cut = Shortened(length)
        for recording in recordings:
            yield "joined", cut.name, Task(whole[recording.file], cut)
