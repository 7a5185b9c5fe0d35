"""Arrays of a data set become balanced batches of network inputs."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset import manifest, spectrograms
from dataset.manifest import Clip
from inference.features import FeatureSpec

Spectrograms = NDArray[np.float32]  # (batch, columns, n_bins), dB


@dataclass(frozen=True)
class Arrays:
    """Clips and their spectrograms, as `dataset spectrograms` left them in one or more folders.

    They stay on disk: only what is looked at is read.
    """

    spec: FeatureSpec
    clips: list[Clip]
    rows: tuple[NDArray[np.float16], ...]  # of each folder (all columns, n_bins), dB
    where: NDArray[np.int64]  # (n_clips, 3): folder, first column, column after the last

    @classmethod
    def read(cls, *folders: Path) -> "Arrays":
        """Raises ValueError when a folder has no arrays, or they were made in different ways."""
        for folder in folders:
            if not (folder / spectrograms.SPEC).is_file():
                raise ValueError(
                    f"no arrays in {folder}: `python -m dataset spectrograms` makes some"
                )
        specs = [FeatureSpec.from_json((f / spectrograms.SPEC).read_text()) for f in folders]
        if len(set(specs)) > 1:
            raise ValueError(f"different spectrograms: {' '.join(map(str, folders))}")
        where = []
        for number, folder in enumerate(folders):
            offsets = np.load(folder / spectrograms.OFFSETS)
            where.append(
                np.stack([np.full(len(offsets) - 1, number), offsets[:-1], offsets[1:]], 1)
            )
        return cls(
            spec=specs[0],
            clips=[clip for folder in folders for clip in manifest.read(folder)],
            rows=tuple(np.load(f / spectrograms.ARRAY, mmap_mode="r") for f in folders),
            where=np.concatenate(where),
        )

    def spectrogram(self, index: int) -> NDArray[np.float16]:
        """Columns of one clip, shape (columns, n_bins)."""
        folder, start, end = self.where[index]
        columns: NDArray[np.float16] = self.rows[folder][start:end]
        return columns

    def of(self, split: str, *labels: str) -> NDArray[np.int64]:
        """Indices of the clips of a split that have one of these labels."""
        return np.array(
            [i for i, c in enumerate(self.clips) if c.split == split and c.label in labels],
            dtype=np.int64,
        )

    def length(self, index: int) -> int:
        """Columns of one clip."""
        return int(self.where[index, 2] - self.where[index, 1])

    def crop(self, index: int, columns: int, place: float) -> NDArray[np.float32]:
        """A stretch of a clip, its place in 0..1; a clip that is too short goes round."""
        whole = self.spectrogram(index)
        if len(whole) < columns:
            start = int(place * len(whole))
            return np.take(whole, np.arange(start, start + columns), 0, mode="wrap").astype("f4")
        start = int(place * (len(whole) - columns + 1))
        return whole[start : start + columns].astype("f4")

    def middle(self, index: int, columns: int) -> NDArray[np.float32]:
        """The middle of a clip; one that is too short goes round."""
        whole = self.spectrogram(index)
        start = max(0, (len(whole) - columns) // 2)
        window = np.take(whole, np.arange(start, start + columns), 0, mode="wrap")
        return window.astype(np.float32)


def balance(clips: list[Clip], power: float = 0.5) -> NDArray[np.float64]:
    """Sampling weights of clips: sources, and the systems of a source, by their size^power.

    At 1 every clip counts the same, so that one page with 1,400 clips rules; at 0 every source
    does, so that a source of two clips is heard as often.
    """
    sources = Counter(clip.source for clip in clips)
    systems = Counter((clip.source, clip.system) for clip in clips)
    within = dict.fromkeys(sources, 0.0)
    for (source, _), count in systems.items():
        within[source] += count**power
    weights: NDArray[np.float64] = np.array(
        [
            sources[clip.source] ** power
            * systems[clip.source, clip.system] ** power
            / within[clip.source]
            / systems[clip.source, clip.system]
            for clip in clips
        ]
    )
    weights /= weights.sum()
    return weights
