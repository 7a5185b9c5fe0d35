"""Training data of the vocoder: the human clips of a folder's train split, one array on disk."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from dataset import manifest
from dataset.engines.vocoder.spectrum import levelled
from dataset.manifest import Clip
from inference.decoding.audio import decode
from inference.errors import DetectionError

LEAST_SECONDS = 1.5  # shorter clips are single words with a click at either end
MAX_SECONDS = 30.0
SAMPLES, INDEX = "samples.npy", "recordings.json"


@dataclass(frozen=True)
class Recordings:
    """Recordings one after the other; recording i is samples[offsets[i] : offsets[i + 1]]."""

    samples: NDArray[np.int16]  # at 16 kHz, every recording at the same peak
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def crops(self, count: int, length: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """Random pieces of random recordings, shape (count, length), at levels over 20 dB."""
        lengths = np.diff(self.offsets)
        usable = np.flatnonzero(lengths >= length)
        # Longer recordings more often, yet not in proportion: the corpora of single words
        # have the most speakers.
        weights = np.sqrt(lengths[usable])
        chosen = rng.choice(usable, count, p=weights / weights.sum())
        starts = self.offsets[chosen] + rng.integers(0, lengths[chosen] - length + 1)
        pieces = np.stack([self.samples[start : start + length] for start in starts])
        gain = 10.0 ** (rng.uniform(-16.0, 4.0, (count, 1)) / 20.0)
        return np.asarray(pieces * (gain / 32_768.0), np.float32)


def gather(source: Path, run: Path, threads: int = 2) -> Recordings:
    """Decode the human train clips of `source` into `run`, or read what stands there."""
    if not (run / INDEX).exists():
        clips = [clip for clip in manifest.read(source) if _teaches(clip)]
        run.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(threads) as pool:  # the work is ffmpeg's
            found = pool.map(lambda clip: _samples(source / clip.file), clips)
            kept = [
                samples
                for samples in tqdm(found, total=len(clips), unit="clip", disable=None)
                if samples is not None
            ]
        np.save(run / SAMPLES, np.concatenate(kept) if kept else np.zeros(0, np.int16))
        lengths = [len(samples) for samples in kept]
        (run / INDEX).write_text(json.dumps({"clips": len(clips), "lengths": lengths}))
    lengths = json.loads((run / INDEX).read_text())["lengths"]
    offsets = np.cumsum([0, *lengths], dtype=np.int64)
    return Recordings(np.load(run / SAMPLES, mmap_mode="r"), offsets)


def _teaches(clip: Clip) -> bool:
    return clip.label == "human" and clip.split == "train" and clip.seconds >= LEAST_SECONDS


def _samples(path: Path) -> NDArray[np.int16] | None:
    try:
        samples, _ = levelled(decode(path.read_bytes(), MAX_SECONDS))
    except (DetectionError, OSError):
        return None  # a corpus has a few broken files; the index says how many were taken
    return np.asarray(np.round(samples * 32_767.0), np.int16)
