"""Arrays from a formula for the tests of networks: a brighter octave is what is synthetic."""

from pathlib import Path

import numpy as np

from dataset import manifest, spectrograms
from dataset.manifest import Clip
from inference.features import FeatureSpec


def make(folder: Path, clips: int = 120, columns: tuple[int, int] = (60, 300)) -> Path:
    """A folder as `dataset spectrograms` leaves it: a third of the clips each is of one label."""
    folder.mkdir(parents=True, exist_ok=True)
    spec, rng = FeatureSpec(), np.random.default_rng(1)
    made, rows, offsets = [], [], [0]
    for number in range(clips):
        label = ("human", "synthetic", "noise")[number % 3]
        picture = rng.normal(-50.0, 4.0, (int(rng.integers(*columns)), spec.n_bins))
        if label != "noise":
            picture[:, 20:44] += 15.0 * np.sin(np.arange(len(picture)) / 5.0)[:, None]
        if label == "synthetic":
            picture[:, 96:120] += 10.0
        rows.append(picture.astype("f2"))
        offsets.append(offsets[-1] + len(picture))
        split = "dev" if number % 5 == 0 else "train"
        made.append(Clip(f"{number}", label, split=split, source=f"s{number // 3 % 2}"))
    np.save(folder / spectrograms.ARRAY, np.concatenate(rows))
    np.save(folder / spectrograms.OFFSETS, np.array(offsets))
    (folder / spectrograms.SPEC).write_text(spec.to_json())
    manifest.write(made, folder)
    return folder
