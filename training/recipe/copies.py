"""Labelled clips become arrays of samples: each as it is, and handled copies of it.

`COPIES/0/` holds the clips as they are, `COPIES/1/` … the handled copies: files `part-000.npy` of
256 clips, each written whole or not at all, so that whoever was stopped goes on.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from dataset.acquisition import disk
from dataset.augmentation.handling import handle
from dataset.augmentation.transcoding import decoded
from dataset.execution.seeds import seed_of
from dataset.files import unfinished
from dataset.manifest import Clip, ManifestError
from inference.decoding.audio import SAMPLE_RATE
from inference.errors import DetectionError

PART = 256  # clips in a file
LONGEST = 5.0  # s of a clip of train; one network input is 4.1 s
LONGEST_DEV = 30.0  # s of a clip of dev, which is scored as a whole
DEV_COPIES = (0, 1)  # dev is measured as it is and handled
BYTES_PER_SECOND = 32_000 + 25_600 + 42_000  # samples, frames, spectrograms
NOISES = 200  # recorded noises that a process keeps, 5 s each
FULL_SCALE = 32_767.0

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Part:
    """Clips that stand in one file."""

    clips: Path  # folder of the manifest
    which: tuple[Clip, ...]
    copy: int  # 0: as they are
    seed: int
    out: Path
    number: int

    @property
    def target(self) -> Path:
        return part_file(self.out, self.copy, self.number)


@dataclass(frozen=True)
class Copies:
    """The clips and their samples, read from disk as they are asked for."""

    folder: Path
    clips: list[Clip]  # those of train and dev, in the order of the manifest
    count: int  # copies, the untouched one included

    @cached_property
    def _parts(self) -> list[list[tuple[NDArray[np.int16], NDArray[np.int64]]]]:
        parts = (len(self.clips) + PART - 1) // PART
        return [
            [read_rows(part_file(self.folder, c, p)) for p in range(parts)]
            for c in range(self.count)
        ]

    def samples(self, index: int, copy: int) -> Samples:
        """float32 mono at 16 kHz in -1..1; empty where there is no such copy."""
        return samples_of(*self._parts[copy][index // PART], index % PART)


def chosen(folder: Path, most: int = 0) -> list[Clip]:
    """The clips of train and dev, at most so many of a source, label and split; 0: all.

    Raises ManifestError where files or a class are missing.
    """
    clips = [clip for clip in manifest.read(folder) if clip.split in ("train", "dev")]
    if most:
        counts: Counter[tuple[str, str, str]] = Counter()
        few = []
        for clip in sorted(clips, key=lambda clip: seed_of(clip.file)):  # not the first ones listed
            key = clip.source, clip.label, clip.split
            counts[key] += 1
            if counts[key] <= most:
                few.append(clip)
        clips = few
    _, lost = manifest.present(clips, folder)
    if lost:
        raise ManifestError(
            f"{len(lost)} of the {len(clips)} clips that {folder / manifest.NAME} lists are not "
            f"there: {', '.join(lost[:3])}{' …' if len(lost) > 3 else ''}"
        )
    for split in ("train", "dev"):
        for label in ("human", "synthetic"):
            if not any(clip.split == split and clip.label == label for clip in clips):
                raise ManifestError(f"{folder}: no {label} clips in the split {split!r}")
    return clips


def make(folder: Path, clips: list[Clip], out: Path, count: int, seed: int, jobs: int) -> Copies:
    """Decode and handle all clips of `folder` that `out` does not hold yet.

    Raises DiskFull where the samples, the frames and the spectrograms of all copies will not fit.
    """
    if not part_file(out, 0, 0).exists():
        disk.require(out, round(count * len(clips) * LONGEST * BYTES_PER_SECOND))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of the children: 7 times the speed
    noise = [clip for clip in clips if clip.label == "noise" and clip.split == "train"]
    with multiprocessing.get_context("spawn").Pool(jobs, _begin, (folder, noise)) as pool:
        for copy in range(count):  # the copies are made of the first one's samples
            parts = [
                Part(folder, tuple(clips[start : start + PART]), copy, seed, out, number)
                for number, start in enumerate(range(0, len(clips), PART))
            ]
            missing = [part for part in parts if not part.target.exists()]
            for failed in tqdm(pool.imap(write, missing), f"copy {copy}", len(missing)):
                for reason in failed:
                    tqdm.write(f"left out: {reason}")
    return Copies(out, clips, count)


_noises: list[Samples] = []  # of this process, which a pool can only be given as a global


def _begin(folder: Path, noise: Sequence[Clip]) -> None:
    for clip in sorted(noise, key=lambda clip: seed_of(clip.file))[:NOISES]:
        try:
            samples = decoded((folder / clip.file).read_bytes())[: round(LONGEST * SAMPLE_RATE)]
        except (DetectionError, OSError):
            continue
        if np.any(samples):
            _noises.append(samples)


def write(part: Part) -> list[str]:
    """Write one file; what could not be decoded is empty in it and returned with the reason."""
    made = _handled(part) if part.copy else _read(part)
    ends = np.cumsum([len(samples) for samples, _ in made])
    pcm = np.concatenate([np.clip(samples, -1.0, 1.0) for samples, _ in made]) * FULL_SCALE
    write_rows(np.round(pcm).astype(np.int16), ends, part.target)
    return [reason for _, reason in made if reason]


def _read(part: Part) -> list[tuple[Samples, str]]:
    """The clips as they are, each with the reason why it is empty."""
    made = []
    for clip in part.which:
        try:
            samples = decoded((part.clips / clip.file).read_bytes())
            made.append((_cut(samples, clip, _random(part, clip)), ""))
        except (DetectionError, OSError) as error:
            made.append((np.zeros(0, np.float32), f"{clip.file}: {error}"))
    return made


def _cut(samples: Samples, clip: Clip, random: np.random.Generator) -> Samples:
    if clip.split == "dev":
        return samples[: round(LONGEST_DEV * SAMPLE_RATE)]
    longest = round(LONGEST * SAMPLE_RATE)
    start = int(random.integers(max(0, len(samples) - longest) + 1))
    return samples[start : start + longest]


def _handled(part: Part) -> list[tuple[Samples, str]]:
    pcm, ends = read_rows(part_file(part.out, 0, part.number))
    made = []
    for place, clip in enumerate(part.which):
        samples = samples_of(pcm, ends, place)
        if clip.split == "dev" and part.copy not in DEV_COPIES:
            samples = np.zeros(0, np.float32)
        elif clip.label != "noise":
            samples = handle(samples, _random(part, clip), _noises)
        made.append((samples, ""))
    return made


def _random(part: Part, clip: Clip) -> np.random.Generator:
    return np.random.default_rng((part.seed, part.copy, seed_of(clip.file)))


def part_file(folder: Path, copy: int, part: int) -> Path:
    return folder / str(copy) / f"part-{part:03d}.npy"


def write_rows(rows: NDArray[Any], ends: NDArray[np.int64], target: Path) -> None:
    """An array whose first axis runs through several clips, and where each of them ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    np.save(target.with_suffix(".ends.npy"), ends)
    with unfinished(target) as new, new.open("wb") as file:
        np.save(file, rows)


def read_rows(path: Path) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Rows and ends that `write_rows` wrote; the rows are memory-mapped."""
    return np.load(path, mmap_mode="r"), np.load(path.with_suffix(".ends.npy"))


def samples_of(pcm: NDArray[np.int16], ends: NDArray[np.int64], place: int) -> Samples:
    """One clip of a part, float32 in -1..1."""
    return np.asarray(rows_of(pcm, ends, place), np.float32) / np.float32(FULL_SCALE)


def rows_of(rows: NDArray[Any], ends: NDArray[np.int64], place: int) -> NDArray[Any]:
    return rows[ends[place - 1] if place else 0 : ends[place]]
