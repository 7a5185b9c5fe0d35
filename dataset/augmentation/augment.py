"""The step `augment`: a folder of clips becomes a folder of what arrives, by one of the presets."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dataset import manifest
from dataset.augmentation import PRESETS
from dataset.augmentation.messenger import Level, Messenger
from dataset.augmentation.pairs import Pair, pairs
from dataset.augmentation.recordings import read_pair
from dataset.augmentation.study import Study, recipe
from dataset.execution.checkpoint import Journal, Outcome
from dataset.execution.pool import Pool
from dataset.manifest import Clip, ManifestError


@dataclass(frozen=True)
class Choice:
    """Options of `augment`, from the command line."""

    preset: str  # one of PRESETS
    notes: Path | None = None  # folder of human voice notes whose channels are taken on
    noise: Path | None = None  # folder of ambience
    copies: int = 1  # of every pair, each through a channel of its own
    seed: int = 1


def augment(source: Path, target: Path, choice: Choice, pool: Pool) -> Outcome:
    """Send the clips of `source` through a preset; what is there already is kept."""
    clips = manifest.read(source)
    items, make = _work(clips, source, target, choice)
    sounds = choice.notes or choice.noise or ""
    step = f"augment {choice.preset} seed {choice.seed} {sounds}".strip()
    journal = Journal(target, step, writes=True)
    made = journal.work_through(make, items, lambda pair: pair.key, pool)
    failed = {key for key, _ in journal.failed}
    for file, reason in _left_out(source, [pair for pair in items if pair.key not in failed], made):
        journal.note(file, reason)
    outcome = journal.close(len(made))
    manifest.write(made, target)
    return outcome


def _work(
    clips: Sequence[Clip], source: Path, target: Path, choice: Choice
) -> tuple[list[Pair], Callable[[], Callable[[Pair], Sequence[Clip]]]]:
    if choice.preset == "study":
        if choice.noise is None:
            raise ManifestError("the preset study needs --noise: a folder of ambience, e.g. ESC-50")
        return recipe(clips, choice.seed), functools.partial(Study, source, target, choice.noise)
    items = [
        pair
        for copy in range(choice.copies)
        for pair in pairs(clips, f"{choice.preset}-{choice.seed}-{copy}", choice.seed)
    ]
    if choice.preset == "level":
        return items, functools.partial(Level, source, target)
    if choice.preset not in PRESETS:
        raise ManifestError(f"no preset {choice.preset}; there are {', '.join(PRESETS)}")
    return items, functools.partial(Messenger, source, target, choice.notes)


def _left_out(
    source: Path, items: Sequence[Pair], made: Sequence[Clip]
) -> Iterator[tuple[str, str]]:
    """Clips of no use in pairs that otherwise are: looked at again for the reason."""
    there = {name for clip in made for name in (clip.file, str(Path(clip.file).with_suffix("")))}
    for pair in items:
        if not all(f"{pair.folder}/{clip.file}" in there for clip in pair.clips):
            yield from read_pair(source, pair.clips)[1]
