"""Copies of the clips become constant-Q arrays, a folder a copy, for the CQT branch.

Each folder is as `python -m dataset spectrograms` leaves one: `training fit` reads it.
"""

import multiprocessing
import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from dataset.features.constant_q import ConstantQ
from dataset.files import unfinished
from dataset.spectrograms import SPEC, write_arrays
from inference.decoding.audio import SAMPLE_RATE
from inference.features import FeatureSpec
from training.recipe.copies import PART, Copies, part_file, read_rows, samples_of


@dataclass(frozen=True)
class Part:
    """Clips whose samples and whose columns stand in one file each."""

    samples: Path
    target: Path


def make(copies: Copies, out: Path, spec: FeatureSpec, jobs: int) -> list[Path]:
    """Compute what `out` does not hold yet; the folders, one a copy."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of the children: 7 times the speed
    folders = [out / str(copy) for copy in range(copies.count)]
    with multiprocessing.get_context("spawn").Pool(jobs, _begin, (spec,)) as pool:
        for copy, folder in enumerate(folders):
            if (folder / SPEC).exists():  # written last
                continue
            count = (len(copies.clips) + PART - 1) // PART
            parts = [
                Part(part_file(copies.folder, copy, n), folder / "parts" / f"{n:03d}.npz")
                for n in range(count)
            ]
            missing = [part for part in parts if not part.target.exists()]
            for _ in tqdm(pool.imap(_write, missing), f"spectrograms {copy}", len(missing)):
                pass
            _merge(parts, copies, copy, folder, spec)
    return folders


_constant_q: ConstantQ  # of this process, which a pool can only be given as a global


def _begin(spec: FeatureSpec) -> None:
    global _constant_q
    _constant_q = ConstantQ(spec)


def _write(part: Part) -> None:
    spec = _constant_q.spec
    rows, lengths = [np.zeros((0, spec.n_bins), np.float16)], []
    pcm, ends = read_rows(part.samples)
    for place in range(len(ends)):
        samples = samples_of(pcm, ends, place)
        columns = np.zeros((0, spec.n_bins), np.float16)
        if len(samples):
            padded = np.pad(samples, (0, max(0, 2 * spec.hop_length - len(samples))))
            columns = _constant_q(padded).astype(np.float16)
        rows.append(columns)
        lengths.append(len(columns))
    part.target.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(part.target) as file:
        np.savez(file, rows=np.concatenate(rows), lengths=np.array(lengths, np.int64))


def _merge(parts: list[Part], copies: Copies, copy: int, folder: Path, spec: FeatureSpec) -> None:
    """All parts become one array, one part at a time in memory; then they go."""
    lengths = np.concatenate([_lengths(part.target) for part in parts])
    columns = lengths[lengths > 0].tolist()
    write_arrays((part.target for part in parts), columns, folder, spec)
    clips = [
        replace(clip, seconds=len(copies.samples(index, copy)) / SAMPLE_RATE)
        for index, clip in enumerate(copies.clips)
        if lengths[index]
    ]
    manifest.write(clips, folder)
    with unfinished(folder / SPEC) as file:
        file.write_text(spec.to_json())
    for part in parts:
        part.target.unlink()


def _lengths(path: Path) -> NDArray[np.int64]:
    with np.load(path) as found:
        lengths: NDArray[np.int64] = found["lengths"]
        return lengths
