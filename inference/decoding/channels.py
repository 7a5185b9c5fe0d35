"""Two channels, 16-bit samples at 16 kHz, go in; one without loss comes out."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

CHUNK = 60 * 16_000  # samples of each channel that are float32 at a time
FRAME = 320  # samples, 20 ms
INVERTED = -0.5  # correlation below which one channel is the other upside down
ALONE = 10.0  # dB that a channel must be over the other to hold a sound of its own
MUCH_WEAKER = 20.0  # dB below the other, from where a channel adds nothing but its noise
AUDIBLE = -60.0  # dBFS of a frame that may be speech
NEAR = 30.0  # dB below the channel's loud frames, where speech ends
RUN = 5  # frames, 100 ms: instruments left and right change faster than syllables
LEAST_ALONE = 1.0  # s of such sound in each channel: less is an accident

Stereo = NDArray[np.int16]  # (n_samples, 2)


def mono(stereo: Stereo) -> NDArray[np.int16]:
    """One channel of both, shape (n_samples,): their mean, as players make it, with two exceptions.

    Where they correlate by less than `INVERTED`, a microphone was wired upside down and the mean
    would be silence, or the residue of a lossy encoder: half their difference is taken. Where one
    is `MUCH_WEAKER` (empty, or only hiss), the stronger one is taken alone.
    """
    moments = sum((_moments(chunk) for chunk in _chunks(stereo)), np.zeros(5))
    left, right, both = _covariance(moments, len(stereo))
    weaker, stronger = sorted((left, right))
    mixed = np.empty(len(stereo), np.int16)
    if weaker <= stronger * 10 ** (-MUCH_WEAKER / 10):
        mixed[:] = stereo[:, 0 if left >= right else 1]
        return mixed
    sign = -1 if both < INVERTED * np.sqrt(left * right) else 1
    for first in range(0, len(stereo), CHUNK):
        chunk = stereo[first : first + CHUNK].astype(np.int32)
        mixed[first : first + CHUNK] = (chunk[:, 0] + sign * chunk[:, 1]) >> 1
    return mixed


def are_apart(stereo: Stereo) -> bool:
    """Whether each channel has a second or more in which it alone is loud, as in a recorded call
    with a person in each channel."""
    return bool((alone(stereo).sum(axis=0) * FRAME >= LEAST_ALONE * 16_000).all())


def alone(stereo: Stereo) -> NDArray[np.bool_]:
    """Where a channel is loud, and much louder than the other, for `RUN` frames or more.

    Shape (n_frames, 2), a frame being 20 ms. One person between two microphones is in both, and
    louder in one of them throughout.
    """
    levels = np.concatenate([_levels(chunk) for chunk in _chunks(stereo)] or [np.zeros((0, 2))])
    if not len(levels):
        return np.zeros((0, 2), np.bool_)
    loud = np.maximum(np.quantile(levels, 0.95, axis=0) - NEAR, AUDIBLE)
    difference = levels[:, 0] - levels[:, 1]
    louder = np.stack([difference > ALONE, difference < -ALONE], axis=1) & (levels > loud)
    return np.stack([_runs(louder[:, side]) for side in (0, 1)], axis=1)


def _runs(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of the frames that stand in a row of `RUN` or more."""
    edges = np.flatnonzero(np.diff(found, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= RUN
    marks = np.zeros(len(found) + 1, np.int64)
    marks[starts[long]] += 1
    marks[ends[long]] -= 1
    return marks[:-1].cumsum() > 0


def _chunks(stereo: Stereo) -> Iterator[NDArray[np.float32]]:
    for first in range(0, len(stereo), CHUNK):
        yield stereo[first : first + CHUNK].astype(np.float32) / np.float32(32_768)


def _moments(chunk: NDArray[np.float32]) -> NDArray[np.float64]:
    """Sums of left, right, their squares and their product."""
    left, right = chunk[:, 0], chunk[:, 1]
    products = (left @ left, right @ right, left @ right)
    return np.array([*chunk.sum(axis=0, dtype=np.float64), *products], np.float64)


def _covariance(moments: NDArray[np.float64], count: int) -> tuple[float, float, float]:
    """Variances of left and right, and their covariance: what cheap cards add is no sound."""
    left, right, *products = moments / max(count, 1)
    means = np.array([left * left, right * right, left * right])
    variances = np.array(products) - means
    return float(variances[0]), float(variances[1]), float(variances[2])


def _levels(chunk: NDArray[np.float32]) -> NDArray[np.float64]:
    """dBFS of each frame of both channels, shape (n_frames, 2)."""
    frames = chunk[: len(chunk) // FRAME * FRAME].reshape(-1, FRAME, 2)
    powers = np.einsum("fsc,fsc->fc", frames, frames) / FRAME
    return np.asarray(10.0 * np.log10(powers.astype(np.float64) + 1e-10), np.float64)
