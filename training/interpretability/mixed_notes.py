"""Long notes made of clips: people with a synthetic stretch, the reverse, and controls of one kind.

All are joined, levelled, cross-faded and encoded alike, with an insert of the same lengths, so that
neither a joint nor a change of the recording gives a class away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from dataset.augmentation.codecs import LEVELLED, transcode
from dataset.augmentation.levelling import level_alike
from dataset.augmentation.recordings import Samples, read, trimmed
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE
from training.interpretability.partial_spoof import FADE, LEVEL, cross_fade

LENGTHS = (2.0, 3.0, 5.0, 10.0)  # s of the insert
HOSTS = (15.0, 60.0)  # s around it
EDGE = 2.0  # s, least of the host before and after the insert
SHORTEST_PIECE = 0.5  # s; a shorter rest is left out
KEPT = 0.75  # of a clip's length is counted upon: pauses at its ends go


@dataclass(frozen=True)
class Kind:
    """What a note is made of."""

    host: str  # "human" or "synthetic"
    insert: str

    @property
    def mixed(self) -> bool:
        return self.host != self.insert


INSERTED = Kind("human", "synthetic")
REVERSED = Kind("synthetic", "human")
PEOPLE = Kind("human", "human")
MACHINES = Kind("synthetic", "synthetic")
# Of the notes, for each of the insert's two origins (of machines alone there is one).
SHARES = {INSERTED: 0.2, PEOPLE: 0.2, REVERSED: 0.05, MACHINES: 0.1}


@dataclass(frozen=True)
class Plan:
    """One note to be made; clips are taken in their order until the length is reached."""

    kind: Kind
    host: tuple[Clip, ...]
    insert: tuple[Clip, ...]
    host_seconds: float
    insert_seconds: float
    place: float  # 0..1, where between the host's ends (less EDGE) the insert lies

    @property
    def source(self) -> str:
        return self.host[0].source

    @property
    def alike(self) -> bool:
        """Whether the insert comes from the source of what is around it."""
        return self.insert[0].source == self.source


@dataclass(frozen=True)
class Note:
    """A made note and where its insert lies."""

    plan: Plan
    samples: Samples
    start: float  # s
    end: float  # s


def halves(clips: Sequence[Clip], seed: int = 1) -> tuple[frozenset[str], frozenset[str]]:
    """The sources dealt out: one half to choose with, one to report; both classes' ones evenly."""
    random = np.random.default_rng(seed)
    labels: dict[str, set[str]] = {}
    for clip in clips:
        labels.setdefault(clip.source, set()).add(clip.label)
    sides: tuple[set[str], set[str]] = (set(), set())
    for kind in ({"human", "synthetic"}, {"human"}, {"synthetic"}):
        alike = sorted(source for source, found in labels.items() if found == kind)
        for turn, index in enumerate(random.permutation(len(alike))):
            sides[turn % 2].add(alike[index])
    return frozenset(sides[0]), frozenset(sides[1])


def plans_of_halves(clips: Sequence[Clip], count: int) -> tuple[list[Plan], list[Plan]]:
    """About `count` notes of both halves of the sources together."""
    first, second = (
        plan([clip for clip in clips if clip.source in side], count // 2) for side in halves(clips)
    )
    return first, second


def plan(clips: Sequence[Clip], count: int, seed: int = 1) -> list[Plan]:
    """About `count` notes of these sources: 4 of 10 inserted, 4 of people, 1 of each other kind.

    Sources take turns, lengths and sources of the insert, too. Of a kind for which there is too
    little, none is planned. A larger `count` begins with the notes of a smaller one, per kind.
    """
    cells = [
        (kind, alike, share)
        for kind, share in SHARES.items()
        for alike in ((True, False) if kind != MACHINES else (True,))
    ]
    return [
        made
        for number, (kind, alike, share) in enumerate(cells)
        for made in _of_kind(
            clips, kind, alike, round(count * share), np.random.default_rng([seed, number])
        )
    ]


def _of_kind(
    clips: Sequence[Clip], kind: Kind, alike: bool, count: int, random: np.random.Generator
) -> list[Plan]:
    groups = _groups(clips, kind.host)
    if alike and kind.mixed:
        others = {source for source, _ in _groups(clips, kind.insert, least=LENGTHS[-1])}
        groups = {key: some for key, some in groups.items() if key[0] in others}
    sources = sorted({source for source, _ in groups})
    if not sources:
        return []
    order = random.permutation(len(sources))
    found: list[Plan] = []
    for turn in range(count):
        source = sources[order[turn % len(sources)]]
        keys = [key for key in groups if key[0] == source]
        some = groups[keys[random.integers(len(keys))]]
        length = LENGTHS[(turn // len(sources) + turn) % len(LENGTHS)]
        one = _plan(clips, kind, some, alike, length, random)
        found += [one] if one else []
    return found


def _plan(
    clips: Sequence[Clip],
    kind: Kind,
    group: list[Clip],
    alike: bool,
    length: float,
    random: np.random.Generator,
) -> Plan | None:
    host = _shuffled(group, random)
    known = _seconds(host)
    if kind.mixed or not alike:
        groups = _groups(clips, kind.insert, least=length)
        keys = [key for key in groups if (key[0] == host[0].source) == alike]
        if not keys:
            return None
        insert = _shuffled(groups[keys[random.integers(len(keys))]], random)
    else:  # of the same voice: what the host leaves over
        n = 1
        while n < len(host) and _seconds(host[:n]) < length:
            n += 1
        insert, host = host[:n], host[n:]
        known = _seconds(host)
    if known < HOSTS[0] or _seconds(insert) < length:
        return None
    # As many from 15 to 30 s as from 30 to 60: people's notes are rather short.
    seconds = float(np.exp(random.uniform(*np.log([HOSTS[0], min(HOSTS[1], known)]))))
    return Plan(kind, tuple(host), tuple(insert), seconds, length, float(random.uniform()))


def _groups(
    clips: Sequence[Clip], label: str, least: float = HOSTS[0]
) -> dict[tuple[str, str], list[Clip]]:
    """Clips of one voice, by source and speaker or system; of a source where no voice has enough.

    Each has clips for at least so many seconds.
    """
    voices: dict[tuple[str, str], list[Clip]] = {}
    sources: dict[str, list[Clip]] = {}
    for clip in clips:
        if clip.label == label:
            voice = clip.speaker if label == "human" else clip.system
            voices.setdefault((clip.source, voice), []).append(clip)
            sources.setdefault(clip.source, []).append(clip)
    found = {key: some for key, some in voices.items() if _seconds(some) >= least}
    if label == "human":
        served = {source for source, _ in found}
        for source, some in sources.items():
            if source not in served and _seconds(some) >= least:
                found[source, ""] = some
    return found


def _seconds(clips: Iterable[Clip]) -> float:
    return KEPT * sum(clip.seconds for clip in clips)


def _shuffled(clips: Sequence[Clip], random: np.random.Generator) -> list[Clip]:
    return [clips[index] for index in random.permutation(len(clips))]


def make(one: Plan, folder: Path) -> Note:
    """Join, level, cross-fade and encode once. Raises ValueError where there is too little."""
    host = _pieces(one.host, one.host_seconds, folder)
    insert = _pieces(one.insert, one.insert_seconds, folder)
    levelled = level_alike([*host, *insert], LEVEL)
    host, insert = levelled[: len(host)], levelled[len(host) :]
    around, stretch = cross_fade(host), cross_fade(insert)
    edge = round(EDGE * SAMPLE_RATE)
    at = edge + round(one.place * (len(around) - 2 * edge))
    joined = cross_fade([around[:at], stretch, around[at:]])
    start = at / SAMPLE_RATE - FADE
    end = start + len(stretch) / SAMPLE_RATE
    return Note(one, transcode(joined, LEVELLED), start, end)


def _pieces(clips: Sequence[Clip], seconds: float, folder: Path) -> list[Samples]:
    """Clips without the pauses at their ends, together `seconds` long."""
    left = round(seconds * SAMPLE_RATE)
    found: list[Samples] = []
    for clip in clips:
        piece = _speech(folder / clip.file)[:left]
        if len(piece) >= min(left, SHORTEST_PIECE * SAMPLE_RATE):
            found.append(piece)
            left -= len(piece)
        if left <= SHORTEST_PIECE * SAMPLE_RATE and found:
            return found
    raise ValueError(f"{left / SAMPLE_RATE:.1f} of {seconds:.1f} s are missing")


@lru_cache(maxsize=500)  # 100 MB; each clip stands in several notes
def _speech(path: Path) -> Samples:
    return trimmed(read(path))
