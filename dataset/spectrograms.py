"""Clips become constant-Q arrays, which training reads, or pictures of them.

`cqt.npy` is float16 dB of shape (columns of all clips, n_bins); `offsets.npy` has n_clips + 1
numbers: clip i is rows offsets[i] to offsets[i + 1]. `features.json` is the FeatureSpec.
On the way each worker leaves parts of some clips, which an interrupted run does not make again.
"""

import functools
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset import manifest
from dataset.augmentation.study import noisy
from dataset.execution.checkpoint import Journal, Outcome
from dataset.execution.pool import Failed, Pool
from dataset.features import pictures
from dataset.features.constant_q import ConstantQ
from dataset.files import unfinished
from dataset.manifest import Clip
from inference.decoding.audio import decode
from inference.errors import DetectionError
from inference.features import FeatureSpec

ARRAY, OFFSETS, SPEC, PARTS = "cqt.npy", "offsets.npy", "features.json", "parts"
STEP = "spectrograms"
MAX_SECONDS = 60.0  # of one clip; what is longer is cut, so that no clip fills the memory
PART = 64  # clips; of 60 s each they are 80 MB


@dataclass(frozen=True)
class Part:
    """Some clips and where their arrays go; the name stands for all that the arrays depend on."""

    file: Path
    clips: tuple[Clip, ...]


def write(source: Path, target: Path, spec: FeatureSpec, pool: Pool) -> Outcome:
    """Compute the arrays of all clips of `source`; the parts go when all of them are there."""
    journal = Journal(target, STEP)
    folder = target / PARTS
    folder.mkdir(exist_ok=True)
    parts = list(_parts(source, folder, spec))
    missing = [part for part in parts if not part.file.exists()]
    make = functools.partial(_Arrays, source, spec)
    for part, result in zip(missing, pool.each(make, missing, STEP), strict=True):
        if isinstance(result, Failed):
            for clip in part.clips:
                journal.note(clip.file, result.reason)
    undone = any(not part.file.exists() for part in parts)
    clips = _merge([part for part in parts if part.file.exists()], target, spec, journal)
    outcome = journal.close(len(clips))
    if not undone:
        shutil.rmtree(folder)
    return outcome


def draw(source: Path, target: Path, kind: str, pool: Pool) -> Outcome:
    """A PNG of each clip of `source`, `kind` being one of pictures.KINDS."""
    clips = manifest.read(source)
    journal = Journal(target, f"pictures {kind}", writes=True)
    make = functools.partial(_Pictures, source, target, pictures.KINDS[kind])
    drawn = journal.work_through(make, clips, lambda clip: clip.file, pool)
    outcome = journal.close(len(drawn))
    # The clip's own facts may have changed since it was drawn, e.g. its split.
    facts = {_png(clip): clip for clip in clips}
    manifest.write([replace(facts[one.file], file=one.file) for one in drawn], target)
    (target / SPEC).write_text(pictures.SPEC.to_json())
    return outcome


class _Arrays:
    """Makes one part; lives in a worker."""

    def __init__(self, source: Path, spec: FeatureSpec) -> None:
        self._source, self._constant_q = source, ConstantQ(spec)

    def __call__(self, part: Part) -> None:
        spec = self._constant_q.spec
        arrays, seconds, reasons = [np.zeros((0, spec.n_bins), np.float16)], [], []
        for clip in part.clips:
            try:
                samples = _samples(self._source / clip.file, spec)
            except (DetectionError, OSError) as error:
                seconds.append(0.0)
                reasons.append(str(error) or type(error).__name__)
                continue
            arrays.append(noisy(self._constant_q(samples), clip).astype(np.float16))
            seconds.append(len(samples) / spec.sample_rate)
            reasons.append("")
        with unfinished(part.file) as file:
            np.savez(
                file,
                rows=np.concatenate(arrays),
                columns=[len(array) for array in arrays[1:]],
                seconds=seconds,
                reasons=np.array(reasons, dtype=np.str_),
            )


class _Pictures:
    """Draws one clip; lives in a worker."""

    def __init__(self, source: Path, target: Path, kind: pictures.Kind) -> None:
        self._source, self._target, self._kind = source, target, kind
        self._constant_q = ConstantQ(pictures.SPEC)

    def __call__(self, clip: Clip) -> list[Clip]:
        samples = _samples(self._source / clip.file, pictures.SPEC)
        decibels = noisy(self._constant_q(samples), clip)
        drawn = replace(clip, file=_png(clip))
        with unfinished(self._target / drawn.file) as file:
            pictures.picture(decibels, self._kind).save(file, "PNG")
        return [drawn]


def _samples(path: Path, spec: FeatureSpec) -> NDArray[np.float32]:
    samples = decode(path.read_bytes(), MAX_SECONDS)
    return np.pad(samples, (0, max(0, 2 * spec.hop_length - len(samples))))


def _png(clip: Clip) -> str:
    return f"{clip.file}.png"  # a.wav and a.ogg are two clips


def _parts(source: Path, folder: Path, spec: FeatureSpec) -> Iterator[Part]:
    clips = manifest.read(source)
    for start in range(0, len(clips), PART):
        some = tuple(clips[start : start + PART])
        facts = [spec.to_json(), str(source.resolve()), *((c.file, c.channel) for c in some)]
        name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
        yield Part(folder / f"{start:09}-{name}.npz", some)


def write_arrays(
    parts: Iterable[Path], lengths: Sequence[int], target: Path, spec: FeatureSpec
) -> None:
    """Write the rows of all parts as one array, one part at a time in memory, and its offsets.

    Args:
        parts: npz files whose `rows` are (columns, n_bins).
        lengths: columns of each clip that has any, in order.
    """
    offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)
    with unfinished(target / ARRAY) as file, file.open("wb") as array:
        # By hand: np.save would need all rows in memory, and a memmap cannot be empty.
        shape = (int(offsets[-1]), spec.n_bins)
        header = {"descr": "<f2", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(array, header)
        for part in parts:
            with np.load(part) as found:
                array.write(found["rows"].astype("<f2").tobytes())
    np.save(target / OFFSETS, offsets)


def _merge(parts: Sequence[Part], target: Path, spec: FeatureSpec, journal: Journal) -> list[Clip]:
    """All parts become one array, one part at a time in memory."""
    clips: list[Clip] = []
    lengths: list[int] = []
    for part in parts:
        with np.load(part.file) as found:
            good = [i for i, reason in enumerate(found["reasons"]) if not reason]
            clips += [replace(part.clips[i], seconds=float(found["seconds"][i])) for i in good]
            lengths += found["columns"].astype(int).tolist()
            for clip, reason in zip(part.clips, found["reasons"], strict=True):
                if reason:
                    journal.note(clip.file, str(reason))
    write_arrays((part.file for part in parts), lengths, target, spec)
    manifest.write(clips, target)
    (target / SPEC).write_text(spec.to_json())
    return clips
