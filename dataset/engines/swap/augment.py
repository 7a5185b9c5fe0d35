"""Spectrograms bent in time and frequency, as the pictures are from which face swaps learn.

The network sees the bent one and must answer the straight one: so it learns what is said and how
this speaker looks saying it, and not to copy. A shorter throat bends a spectrogram likewise.
"""

import numpy as np
from numpy.typing import NDArray

from dataset.engines.swap.spectra import Array

HANDLES = 5  # places along an axis that are pulled, as in the face swaps' grid of 5 × 5
ALONG_TIME = 2.0  # frames (10 ms), standard deviation of a pull
ALONG_FREQUENCY = 2.0  # bands, of a pull: about 6 % at 1 kHz
SHIFT = 2.0  # bands, of all of a segment's pulls together: the length of a throat


def warped(segments: Array, rng: np.random.Generator) -> Array:
    """Each segment of shape (n, n_frames, n_bands) bent in its own way."""
    count, n_frames, n_bands = segments.shape
    across = _places(count, n_frames, ALONG_TIME, 0.0, rng)
    upward = _places(count, n_bands, ALONG_FREQUENCY, SHIFT, rng)
    return _read_at(_read_at(segments, across, 1), upward, 2)


def _places(
    count: int, length: int, pull: float, shift: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Where on the axis each point of the bent segments is read, shape (count, length)."""
    pulls = rng.normal(0.0, pull, (count, HANDLES)) + rng.normal(0.0, shift, (count, 1))
    handles = np.linspace(0, length - 1, HANDLES)
    points = np.arange(length)
    bent = points + np.stack([np.interp(points, handles, row) for row in pulls])
    return np.asarray(np.clip(bent, 0, length - 1))


def _read_at(segments: Array, places: NDArray[np.float64], axis: int) -> Array:
    """Between two neighbours the values are drawn straight."""
    below = np.minimum(places.astype(int), segments.shape[axis] - 2)
    part = places - below
    shape = [len(segments), 1, 1]
    shape[axis] = -1
    lower, upper = (
        np.take_along_axis(segments, index.reshape(shape), axis) for index in (below, below + 1)
    )
    return np.asarray(lower + part.reshape(shape) * (upper - lower), np.float32)
