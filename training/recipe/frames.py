"""Copies of the clips become what the frozen speech encoder hears in them, kept on disk.

`FRAMES/0/part-000.npy` … stand beside those of `copies.py`: float16, 50 frames a second of 512
numbers. The head learns on them in minutes, because the encoder need not run in each step.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tqdm import tqdm

from inference.decoding.audio import SAMPLE_RATE
from training.networks.whisper_encoder import WIDTH, whisper_encoder
from training.networks.whisper_weights import Weights
from training.recipe.copies import (
    LONGEST,
    PART,
    Copies,
    part_file,
    read_rows,
    rows_of,
    write_rows,
)

STEP = SAMPLE_RATE // 2  # samples; lengths are cut to whole half seconds, so that they make batches
BATCH = 32
LONGEST_INPUT = 256  # frames, 50 a second, that the encoder keeps positions for


@dataclass(frozen=True)
class Frames:
    """Frames by clip and copy, read from disk as they are asked for."""

    folder: Path
    clips: int
    count: int  # copies

    @cached_property
    def _parts(self) -> list[list[tuple[NDArray[np.float16], NDArray[np.int64]]]]:
        parts = (self.clips + PART - 1) // PART
        return [
            [read_rows(part_file(self.folder, c, p)) for p in range(parts)]
            for c in range(self.count)
        ]

    def rows(self, index: int, copy: int) -> NDArray[np.float16]:
        """Shape (frames, 512)."""
        return rows_of(*self._parts[copy][index // PART], index % PART)


def make(copies: Copies, out: Path, weights: Weights) -> Frames:
    """Run the encoder over all clips of train whose frames `out` does not hold yet."""
    parts = (len(copies.clips) + PART - 1) // PART
    missing = [
        (copy, part)
        for copy in range(copies.count)
        for part in range(parts)
        if not part_file(out, copy, part).exists()
    ]
    if missing:
        encode = _encoder(weights)
        for copy, part in tqdm(missing, "frames"):
            _write(copies, copy, part, encode, part_file(out, copy, part))
    return Frames(out, len(copies.clips), copies.count)


def _encoder(weights: Weights) -> tf.types.experimental.GenericFunction:
    samples = keras.Input((None,))
    model = keras.Model(samples, whisper_encoder(LONGEST_INPUT, weights)(samples))
    return tf.function(model, input_signature=[tf.TensorSpec((None, None), tf.float32)])


def _write(
    copies: Copies,
    copy: int,
    part: int,
    encode: tf.types.experimental.GenericFunction,
    target: Path,
) -> None:
    indices = range(part * PART, min(len(copies.clips), (part + 1) * PART))
    made: dict[int, NDArray[np.float16]] = {}
    by_length: dict[int, list[int]] = {}
    for index in indices:
        made[index] = np.zeros((0, WIDTH), np.float16)
        clip = copies.clips[index]
        if clip.split == "train" and clip.label != "noise":
            length = min(len(copies.samples(index, copy)), round(LONGEST * SAMPLE_RATE))
            if length // STEP:
                by_length.setdefault(length // STEP * STEP, []).append(index)
    for length, same in by_length.items():
        for start in range(0, len(same), BATCH):
            some = same[start : start + BATCH]
            heard = encode(tf.constant([copies.samples(i, copy)[:length] for i in some]))
            made |= dict(zip(some, heard.numpy().astype(np.float16), strict=True))
    ends = np.cumsum([len(made[index]) for index in indices])
    write_rows(np.concatenate([made[index] for index in indices]), ends, target)
