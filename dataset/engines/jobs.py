"""Make an engine's jobs: one for each human clip, with recordings of the voice to take.

A job never crosses the sides of a split: references and the voice to become are of the clip's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from dataset.engines.conversion_targets import partners
from dataset.engines.engine import Engine, Job
from dataset.execution.seeds import seed_of
from dataset.manifest import Clip

REFERENCES = 8  # recordings of a voice that a cloning engine is given, the longest ones


def jobs(clips: Sequence[Clip], source: Path, engine: Engine, seed: int) -> list[Job]:
    """One for each human clip; a converter's has another speaker to become."""
    human = [clip for clip in clips if clip.label == "human"]
    voices = _Voices(human, seed)
    made = []
    for clip in human:
        own = seed_of(f"{seed} {clip.file}")
        target = voices.another(clip, own) if engine.converts else None
        references = _references(clip, voices.of(clip), source)
        theirs = _references(clip, voices.of(target), source) if target else ()
        made.append(Job(clip, source / clip.file, references, own, target, theirs))
    return made


class _Voices:
    """The speakers of each side of a split, with their recordings."""

    def __init__(self, clips: Sequence[Clip], seed: int) -> None:
        self._recordings: dict[tuple[str, str], list[Clip]] = defaultdict(list)
        for clip in sorted(clips, key=lambda clip: (-clip.seconds, clip.file)):
            if clip.speaker:
                self._recordings[clip.split, clip.speaker].append(clip)
        self._names: dict[str, list[str]] = defaultdict(list)
        for split, speaker in sorted(self._recordings):
            self._names[split].append(speaker)
        self._partners = partners(clips, seed)

    def of(self, clip: Clip) -> Sequence[Clip]:
        """All recordings of the clip's speaker, the longest first."""
        return self._recordings.get((clip.split, clip.speaker), ())

    def another(self, clip: Clip, seed: int) -> Clip | None:
        """A clip of its speaker's partner; of anyone on its side when its speaker is not known."""
        name = self._partners.get((clip.split, clip.speaker))
        if not clip.speaker and (names := self._names[clip.split]):
            name = names[seed % len(names)]
        return self._recordings[clip.split, name][0] if name else None


def _references(clip: Clip, voice: Sequence[Clip], source: Path) -> tuple[Path, ...]:
    return tuple(islice((source / other.file for other in _others(clip, voice)), REFERENCES))


def _others(clip: Clip, voice: Sequence[Clip]) -> Iterator[Clip]:
    """Recordings of a voice without the clip itself and without its sentence."""
    for other in voice:
        same_text = clip.text and other.text == clip.text
        same_pair = clip.pair and other.pair == clip.pair
        if other.file != clip.file and not same_text and not same_pair:
            yield other
