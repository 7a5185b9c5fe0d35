"""Batches are drawn from arrays that stay on disk, however large they are."""

from pathlib import Path

import numpy as np
import pytest

from dataset import manifest, spectrograms
from dataset.manifest import Clip
from inference.features import FeatureSpec
from training.data.arrays import Arrays
from training.data.batches import Batches, Recipe

COLUMNS = 8000  # of a clip
GIGABYTES = 2.0
SMALL = 0.05  # GB: a batch, and what NumPy keeps


def anonymous() -> float:
    """Memory of this process that is no mapped file, GB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1e6
    raise AssertionError("no RssAnon")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_drawing_from_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    spec = FeatureSpec()
    clips = int(GIGABYTES * 1e9 / (2 * spec.n_bins * COLUMNS))
    shape = (clips * COLUMNS, spec.n_bins)
    np.lib.format.open_memmap(tmp_path / spectrograms.ARRAY, "w+", "f2", shape)  # holes: no disk
    np.save(tmp_path / spectrograms.OFFSETS, np.arange(clips + 1) * COLUMNS)
    (tmp_path / spectrograms.SPEC).write_text(spec.to_json())
    labels = ("human", "synthetic", "noise")
    manifest.write((Clip(f"{i}", labels[i % 3], split="train") for i in range(clips)), tmp_path)
    batches = Batches(Arrays.read(tmp_path), Recipe(batch=32, widths=(96,)))
    batches[0]
    before = anonymous()
    for step in range(1, 15):
        batches[step]
    assert anonymous() - before < SMALL
