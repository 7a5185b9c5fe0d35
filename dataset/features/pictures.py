"""Spectrograms become the study's pictures: grey 256 × 256, colour 512 × 256 (time × frequency)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inference.features import FeatureSpec

RANGE = 80.0  # dB below the strongest cell that are drawn, as matplotlib drew them for the study


@dataclass(frozen=True)
class Kind:
    """Width in columns of the spectrogram, and whether it has colours."""

    columns: int
    coloured: bool


KINDS = {"grey": Kind(256, False), "colour": Kind(512, True)}
# One row of a picture a bin: 36 bins an octave from 55 Hz end at 7,456 Hz. A column lasts 16 ms
# whatever the clip's length or sample rate, which gave the class away in the study's own pictures.
SPEC = FeatureSpec(fmin=55.0, n_bins=256, bins_per_octave=36)


def picture(decibels: NDArray[np.float32], kind: Kind) -> Image.Image:
    """The middle of a spectrogram of shape (columns, n_bins), the low bins below.

    A clip that is too short goes round, so that its length does not show.
    """
    start = max(0, (len(decibels) - kind.columns) // 2)
    columns = np.arange(start, start + kind.columns)
    window = np.take(decibels, columns, axis=0, mode="wrap")
    top = float(window.max())
    brightness = np.clip((window - top) / RANGE + 1.0, 0.0, 1.0)
    upright = np.round(255.0 * brightness.T[::-1]).astype(np.uint8)
    if not kind.coloured:
        return Image.fromarray(upright)
    import matplotlib  # half a second, which grey ones need not wait

    colours = matplotlib.colormaps["viridis"](upright, bytes=True)[..., :3]
    return Image.fromarray(np.ascontiguousarray(colours))
