"""What an engine is asked to do: human clips in, one job each out, with recordings of the voice.

A job never crosses the sides of a split: references and the voice to become are of the clip's own.
"""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from dataset.engines.engine import Engine, Job
from dataset.manifest import Clip

REFERENCES = 8  # recordings of a voice that a cloning engine is given, the longest ones


def jobs(clips: Sequence[Clip], source: Path, engine: Engine, seed: int) -> list[Job]:
    """One for each human clip; a converter's has another speaker to become."""
    human = [clip for clip in clips if clip.label == "human"]
    voices = _Voices(human)
    made = []
    for clip in human:
        own = int.from_bytes(hashlib.sha256(f"{seed} {clip.file}".encode()).digest()[:4], "big")
        target = voices.another(clip, own) if engine.converts else None
        references = _references(clip, voices.of(clip), source)
        theirs = _references(clip, voices.of(target), source) if target else ()
        made.append(Job(clip, source / clip.file, references, own, target, theirs))
    return made


class _Voices:
    """The speakers of each side of a split, with their recordings."""

    def __init__(self, clips: Iterable[Clip]) -> None:
        self._recordings: dict[tuple[str, str], list[Clip]] = defaultdict(list)
        speakers: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for clip in sorted(clips, key=lambda clip: (-clip.seconds, clip.file)):
            if clip.speaker:
                self._recordings[clip.split, clip.speaker].append(clip)
                speakers[clip.split, clip.language].add(clip.speaker)
                speakers[clip.split, None].add(clip.speaker)
        self._speakers = {key: sorted(names) for key, names in speakers.items()}

    def of(self, clip: Clip) -> Sequence[Clip]:
        """All recordings of the clip's speaker, the longest first."""
        return self._recordings.get((clip.split, clip.speaker), ())

    def another(self, clip: Clip, seed: int) -> Clip | None:
        """Another speaker's clip, of the same language where there is one."""
        for language in (clip.language, None):
            names = self._speakers.get((clip.split, language), [])
            own = bisect_left(names, clip.speaker)
            known = own < len(names) and names[own] == clip.speaker
            if others := len(names) - known:
                place = seed % others
                name = names[place + (known and place >= own)]
                return self._recordings[clip.split, name][0]
        return None


def _references(clip: Clip, voice: Sequence[Clip], source: Path) -> tuple[Path, ...]:
    return tuple(islice((source / other.file for other in _others(clip, voice)), REFERENCES))


def _others(clip: Clip, voice: Sequence[Clip]) -> Iterator[Clip]:
    """Of a voice, without the clip itself and without its sentence."""
    for other in voice:
        same_text = clip.text and other.text == clip.text
        same_pair = clip.pair and other.pair == clip.pair
        if other.file != clip.file and not same_text and not same_pair:
            yield other
