"""Clips become the pictures that a preset wants: of which clip, of which class, how disturbed."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dataset import manifest
from dataset.augmentation.study import AMBIENCE, recipe
from dataset.execution.seeds import seed_of
from dataset.manifest import Clip, ManifestError
from training.study.presets import Preset

URBAN = "urbansound8k-"  # how the systems of its clips begin; the kind follows
DRAW = 1  # seed of the copies: every repetition learns from the same pictures


@dataclass(frozen=True)
class Folders:
    """Where clips are found, and how many are taken."""

    clips: Path  # speech in the study's language
    english: Path  # speech that is added
    noise: Path  # ambience, the class "other", UrbanSound8K
    language: str = "pt"  # the beginning of its code
    limit: int | None = None  # speech clips, half of them human, or sounds of UrbanSound8K


@dataclass(frozen=True)
class Picture:
    """One input of the network, before it is drawn."""

    clip: Clip  # its channel says what is laid over it
    sound: Path
    label: str  # its class
    ambience: Path | None = None

    @property
    def name(self) -> str:
        """Stands for all that the picture depends on."""
        facts = f"{self.sound.resolve()} {self.clip.channel} {self.ambience}"
        return hashlib.sha256(facts.encode()).hexdigest()[:20]


def gather(preset: Preset, folders: Folders) -> list[Picture]:
    """The pictures of a preset; ManifestError when the folders lack what it wants."""
    if not preset.classes:
        return _sounds(folders)
    speech = _speech(folders.clips, folders.language, folders.limit)
    found = [(folders.clips, clip, clip.label) for clip in speech]
    if preset.english:
        half = None if folders.limit is None else max(2, folders.limit // 2)
        found += [(folders.english, c, c.label) for c in _speech(folders.english, "en", half)]
    noises = _drawn((c for c in manifest.read(folders.noise) if c.label == "noise"), None)
    if "other" in preset.classes:
        count = max(1, min(len(speech), len(noises)) // 2)  # as many as of each other class
        _must(noises[:count], folders.noise, "noise")
        found += [(folders.noise, clip, "other") for clip in noises[:count]]
        noises = noises[count:]  # what is a class of its own is not laid over the others
    plain = [
        Picture(replace(clip, channel=""), folder / clip.file, label)
        for folder, clip, label in found
    ]
    if not preset.copies:
        return plain
    _must(noises, folders.noise, "noise")
    return [*plain, *_copies(plain, [folders.noise / clip.file for clip in noises])]


def _sounds(folders: Folders) -> list[Picture]:
    noises = manifest.read(folders.noise)
    urban = _drawn((c for c in noises if c.system.startswith(URBAN)), folders.limit)
    _must(urban, folders.noise, "UrbanSound8K")
    return [
        Picture(clip, folders.noise / clip.file, clip.system.removeprefix(URBAN)) for clip in urban
    ]


def _speech(folder: Path, language: str, limit: int | None) -> list[Clip]:
    clips = [c for c in manifest.read(folder) if c.language.startswith(language)]
    half = None if limit is None else max(1, limit // 2)
    chosen = []
    for label in ("human", "synthetic"):
        some = _drawn((clip for clip in clips if clip.label == label), half)
        _must(some, folder, f"{label} {language}")
        chosen += some
    return chosen


def _drawn(clips: Iterable[Clip], count: int | None) -> list[Clip]:
    """Draw clips by a hash of their names: the same ones in whatever order they are listed."""
    return sorted(clips, key=lambda clip: seed_of(clip.file))[:count]


def _must(clips: Sequence[Clip], folder: Path, what: str) -> None:
    if not clips:
        raise ManifestError(f"{folder} lists no {what} clip")


def _copies(plain: Sequence[Picture], ambiences: Sequence[Path]) -> list[Picture]:
    """What `dataset augment --preset study` adds to the clips, for drawing only."""
    originals = {picture.clip.file: picture for picture in plain}
    made = []
    for pair in recipe([picture.clip for picture in plain], DRAW):
        if pair.folder == "plain":
            continue
        random = np.random.default_rng(pair.seed)
        ambience = ambiences[int(random.integers(len(ambiences)))]
        for clip in pair.clips:
            made.append(
                replace(
                    originals[clip.file],
                    clip=replace(clip, channel=pair.folder),
                    ambience=ambience if AMBIENCE in pair.folder else None,
                )
            )
    return made
