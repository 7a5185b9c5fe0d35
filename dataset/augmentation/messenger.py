"""The presets `level` and `messenger`: a pair comes in, its files as they arrive go out."""

import functools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from dataset import manifest
from dataset.augmentation import channels, codecs, levelling, matching
from dataset.augmentation.codecs import Codec
from dataset.augmentation.matching import Profile
from dataset.augmentation.pairs import Pair, arrived, usable, write
from dataset.augmentation.recordings import Recording, read
from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE

FOREIGN = 0.5  # of the pairs take on the channel of a note that is not theirs


class Level:
    """Makes the clips of a pair alike and writes them by one encoder; lives in a worker."""

    def __init__(self, source: Path, target: Path) -> None:
        self._source, self._target = source, target

    def __call__(self, pair: Pair) -> list[Clip]:
        recordings = usable(self._source, pair)
        random = np.random.default_rng(pair.seed)
        cut = levelling.cut_alike([one.speech for one in recordings], random.uniform())
        alike = levelling.limit_band_alike(cut)
        levelled = levelling.level_alike(alike, float(random.uniform(*levelling.LEVELS)))
        files = [codecs.encode(samples, codecs.LEVELLED) for samples in levelled]
        seconds = len(levelled[0]) / SAMPLE_RATE
        return _written(self._target, pair, recordings, files, codecs.LEVELLED, "", seconds)


class Messenger:
    """Gives a pair one channel, drawn from its seed, and writes what arrives; lives in a worker."""

    def __init__(self, source: Path, target: Path, notes: Path | None) -> None:
        self._source, self._target, self._folder = source, target, notes
        listed = manifest.read(notes) if notes else []
        self._notes = [clip for clip in listed if clip.label == "human"]
        self._names = {Path(clip.file).name for clip in self._notes}

    def __call__(self, pair: Pair) -> list[Clip]:
        recordings = usable(self._source, pair)
        random = np.random.default_rng(pair.seed)
        channel, note = channels.draw(random), self._note(pair, random)
        if note:
            loudness = float(20 * np.log10(note.scale))
            channel = replace(channel, level=float(np.clip(loudness, *levelling.LEVELS)))
        profiles = [matching.profile(one.samples) for one in recordings]
        cut = levelling.cut_alike([one.speech for one in recordings], random.uniform())
        matched = matching.match(cut, profiles, homes(recordings, profiles), note, random)
        files = channels.send(levelling.limit_band_alike(matched), channel)
        seconds = len(cut[0]) / SAMPLE_RATE
        name = f"note+{channel.name}" if note else channel.name
        return _written(self._target, pair, recordings, files, channel.codec, name, seconds)

    def _note(self, pair: Pair, random: np.random.Generator) -> Profile | None:
        """Of the same side of the split. A pair whose human is a note keeps that one's channel."""
        clip = pair.clips[0]
        own = any(Path(c.file).name in self._names for c in pair.clips if c.label == "human")
        there = [note for note in self._notes if note.split == clip.split or not clip.split]
        if own or not there or random.uniform() >= FOREIGN:
            return None
        assert self._folder
        return _profile(self._folder / there[int(random.integers(len(there)))].file)


@functools.lru_cache(maxsize=4_096)  # 4 kB each
def _profile(note: Path) -> Profile:
    return matching.profile(read(note))


def homes(recordings: Sequence[Recording], profiles: Sequence[Profile]) -> list[Profile]:
    """Of each recording the channel it should have: that of its pair's human recording.

    A human recording's is its own. Of several humans the counterpart's own speaker goes first.
    """
    people = [i for i, one in enumerate(recordings) if one.clip.label == "human"]
    found = []
    for place, one in enumerate(recordings):
        same = [i for i in people if recordings[i].clip.speaker == one.clip.speaker]
        home = place if place in people or not people else (same or people)[0]
        found.append(profiles[home])
    return found


def _written(
    target: Path,
    pair: Pair,
    recordings: Sequence[Recording],
    files: Sequence[bytes],
    codec: Codec,
    channel: str,
    seconds: float,
) -> list[Clip]:
    made = []
    for one, data in zip(recordings, files, strict=True):
        file = pair.file(one.clip, codec.suffix)
        write(target, file, data)
        made.append(arrived(one.clip, file, channel or codec.name, seconds))
    return made
