"""The colours of the picture: people warm, machines cold.

The three answers differ in luminance too, for colour-blind eyes and on grey paper.
"""

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]

BACKGROUND: Colour = (14, 13, 24)
PANEL: Colour = (24, 23, 38)
TEXT: Colour = (226, 224, 236)
FAINT: Colour = (150, 147, 168)
PERSON: Colour = (232, 126, 32)
MACHINE: Colour = (64, 224, 255)
UNSURE: Colour = (112, 110, 130)
UNSURE_PANEL: Colour = (42, 41, 56)

# Every 17th colour of "magma" (S. van der Walt and N. Smith, CC0): equal steps look equally large.
MAGMA = (
    "000004 0b0924 20114b 3b0f70 57157e 721f81 8c2981 a8327d c43c75 de4968 f1605d fa7f5e fe9f6d "
    "febf84 fddea0 fcfdbf"
)


def magma() -> NDArray[np.uint8]:
    """The 256 colours from silent to loud, shape (256, 3)."""
    stops = np.frombuffer(bytes.fromhex(MAGMA), np.uint8).reshape(-1, 3)
    places = np.linspace(0, 255, len(stops))
    channels = [np.interp(np.arange(256), places, stops[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=1).round().astype(np.uint8)


def of_scores(scores: NDArray[np.floating], thresholds: tuple[float, float]) -> NDArray[np.uint8]:
    """The colour of each score, shape (n, 3): grey between the thresholds, then soon all colour."""
    low, high = thresholds
    places = [low - 0.06, low, high, high + 0.06]
    stops = np.array([PERSON, UNSURE, UNSURE, MACHINE])
    channels = [np.interp(scores, places, stops[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=1).round().astype(np.uint8)
