"""Clips become constant-Q arrays: the sound of a folder in, `cqt.npy` and its tables out.

`cqt.npy` is float16 dB of shape (columns of all clips, n_bins); `offsets.npy` has n_clips + 1
numbers: clip i is rows offsets[i] to offsets[i + 1]. `features.json` is the FeatureSpec.
"""

import functools
import multiprocessing
from dataclasses import replace
from pathlib import Path

import librosa
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from dataset.manifest import Clip
from inference.audio import decode
from inference.errors import DetectionError
from inference.features import FeatureSpec, decibels

ARRAY, OFFSETS, SPEC, FAILED = "cqt.npy", "offsets.npy", "features.json", "failed.csv"
MAX_SECONDS = 60.0  # of one clip; what is longer is cut, so that no clip fills the memory


def constant_q(samples: NDArray[np.float32], spec: FeatureSpec) -> NDArray[np.float32]:
    """Spectrogram of a whole recording in dB, shape (columns, n_bins): the reference.

    Silence of the margin's length is put around it, as in serving: librosa cuts the ringing of its
    resamplers off at the ends, which reaches 15 columns into a recording that begins abruptly.
    """
    silence = spec.margin * spec.hop_length
    transform = librosa.cqt(
        np.pad(samples, silence),
        sr=spec.sample_rate,
        hop_length=spec.hop_length,
        fmin=spec.fmin,
        n_bins=spec.n_bins,
        bins_per_octave=spec.bins_per_octave,
        tuning=0.0,
        filter_scale=spec.filter_scale,
        norm=spec.norm,
        sparsity=spec.sparsity,
        window=spec.window,
        scale=True,
        pad_mode=spec.pad_mode,  # type: ignore[arg-type]  # one of NumPy's words
        res_type=spec.res_type,
    )
    columns = 1 + len(samples) // spec.hop_length
    return decibels(np.abs(transform[:, spec.margin : spec.margin + columns]), spec.floor).T


def write(source: Path, target: Path, spec: FeatureSpec, jobs: int) -> tuple[int, int]:
    """Compute the arrays of all clips of `source`; returns how many were written and failed."""
    clips = manifest.read(source)
    target.mkdir(parents=True, exist_ok=True)
    work = functools.partial(_read, source, spec)
    written: list[Clip] = []
    failed: list[tuple[str, str]] = []
    offsets = [0]
    raw = target / (ARRAY + ".raw")
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs) as pool, raw.open("wb") as file:
        results = pool.imap(work, clips, chunksize=16)
        for clip, (seconds, array, error) in zip(
            clips,
            tqdm(results, total=len(clips), unit="clip", desc="spectrograms", disable=None),
            strict=True,
        ):
            if array is None:
                failed.append((clip.file, error))
                continue
            file.write(array.tobytes())
            offsets.append(offsets[-1] + len(array))
            written.append(replace(clip, seconds=seconds))
    _finish(raw, target / ARRAY, (offsets[-1], spec.n_bins))
    np.save(target / OFFSETS, np.array(offsets, dtype=np.int64))
    manifest.write(written, target)
    (target / SPEC).write_text(spec.to_json())
    (target / FAILED).write_text("".join(f"{name},{error}\n" for name, error in failed))
    return len(written), len(failed)


def _read(
    source: Path, spec: FeatureSpec, clip: Clip
) -> tuple[float, NDArray[np.float16] | None, str]:
    try:
        samples = decode((source / clip.file).read_bytes(), MAX_SECONDS)
    except (DetectionError, OSError) as error:
        return 0.0, None, str(error)
    shortest = 2 * spec.hop_length
    if len(samples) < shortest:
        samples = np.pad(samples, (0, shortest - len(samples)))
    array = constant_q(samples, spec).astype(np.float16)
    return len(samples) / spec.sample_rate, array, ""


def _finish(raw: Path, target: Path, shape: tuple[int, int]) -> None:
    """Give the rows their header: `np.save` would need all of them in memory."""
    rows = np.memmap(raw, dtype=np.float16, mode="r", shape=shape)
    array = np.lib.format.open_memmap(target, mode="w+", dtype=np.float16, shape=shape)
    for start in range(0, shape[0], 65_536):
        array[start : start + 65_536] = rows[start : start + 65_536]
    array.flush()
    raw.unlink()
