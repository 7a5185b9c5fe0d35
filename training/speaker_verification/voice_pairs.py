"""Clips become pairs whose voices are compared: of one person, of two people, of clones.

A clone is a synthetic voice made after a person of whom there are recordings, too.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset.manifest import Clip
from inference.decoding.audio import decode
from inference.errors import DetectionError
from inference.speaker.comparison import MIN_SPEECH
from inference.speaker.verifier import Voices, obstacles
from inference.speech import measure

MOST_CLIPS = 12  # of a person and a kind, so that nobody makes up most of the pairs
MOST_OTHERS = 60  # pairs of a clip with clips of other people
MAX_SECONDS = 60.0  # of a clip that are heard
DUPLICATE = 0.995  # as alike is only a recording to itself: two pages may show the same one


@dataclass(frozen=True)
class Voice:
    """A clip and who was heard in it."""

    clip: Clip
    voice: NDArray[np.float32]  # (256,), of length 1


@dataclass(frozen=True)
class Pair:
    """Two clips: the one in question, and one that is known to be this person's."""

    suspicious: Clip
    known: Clip
    similarity: float

    @property
    def person(self) -> str:
        return self.known.speaker


Pairs = Sequence[Pair]


def chosen(clips: Sequence[Clip], split: str) -> list[Clip]:
    """The clips of a split that can be paired: people, and synthetic voices made after them."""
    inside = [c for c in clips if c.split == split and c.speaker and c.seconds >= MIN_SPEECH]
    if split != "train":
        met = {clip.speaker for clip in clips if clip.split == "train"}
        inside = [clip for clip in inside if clip.speaker not in met]
    people = {clip.speaker for clip in inside if clip.label == "human"}
    groups: dict[tuple[str, str], list[Clip]] = defaultdict(list)
    for clip in sorted(inside, key=lambda clip: clip.file):
        if clip.speaker in people:
            groups[clip.speaker, clip.family].append(clip)
    return [clip for group in groups.values() for clip in _spread(group)]


def _spread(group: list[Clip]) -> list[Clip]:
    """At most so many clips, of as many sources and systems as there are."""
    rounds: dict[tuple[str, str], int] = defaultdict(int)
    ranks = []
    for clip in group:
        ranks.append(rounds[clip.source, clip.system])
        rounds[clip.source, clip.system] += 1
    order = sorted(range(len(group)), key=lambda place: ranks[place])
    return [group[place] for place in order[:MOST_CLIPS]]


def hear(network: Voices, folder: Path, clips: Sequence[Clip]) -> list[Voice]:
    """Speaker embeddings of the clips, without those that the bot would refuse to compare."""
    heard = []
    for clip in tqdm(clips, unit="clip", disable=None):
        try:
            samples = decode((folder / clip.file).read_bytes(), MAX_SECONDS)
        except (DetectionError, OSError):
            continue
        measures = measure(samples)
        if not obstacles(measures):
            heard.append(Voice(clip, network.voice(samples, measures)))
    return heard


def same_person(heard: Sequence[Voice]) -> list[Pair]:
    """Two recordings of one person in one source, each saying something else."""
    pairs = [
        _pair(one, other)
        for one, other in combinations(_people(heard), 2)
        if one.clip.speaker == other.clip.speaker and _alike(one.clip, other.clip)
    ]
    return [pair for pair in pairs if pair.similarity < DUPLICATE]


def two_people(heard: Sequence[Voice]) -> list[Pair]:
    """Recordings of two people in one source and language, so that no channel tells them apart."""
    people = _people(heard)
    random = np.random.default_rng(0)
    pairs = []
    for known in people:
        others = [
            one
            for one in people
            if one.clip.speaker != known.clip.speaker and _alike(one.clip, known.clip)
        ]
        for place in random.permutation(len(others))[:MOST_OTHERS]:
            pairs.append(_pair(others[place], known))
    return pairs


def clones(heard: Sequence[Voice]) -> list[Pair]:
    """A synthetic voice and the person after whom it was made, each saying something else."""
    people: dict[str, list[Voice]] = defaultdict(list)
    for one in _people(heard):
        people[one.clip.speaker].append(one)
    return [
        _pair(machine, known)
        for machine in heard
        if machine.clip.label == "synthetic"
        for known in people[machine.clip.speaker]
        if machine.clip.language == known.clip.language and _other_words(machine.clip, known.clip)
    ]


def _people(heard: Sequence[Voice]) -> list[Voice]:
    return [one for one in heard if one.clip.label == "human"]


def _alike(one: Clip, other: Clip) -> bool:
    same = one.source == other.source and one.language == other.language
    return same and _other_words(one, other)


def _other_words(one: Clip, other: Clip) -> bool:
    return not one.pair or one.pair != other.pair


def _pair(suspicious: Voice, known: Voice) -> Pair:
    return Pair(suspicious.clip, known.clip, float(suspicious.voice @ known.voice))
