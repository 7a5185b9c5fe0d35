"""A spectrogram is disturbed as rooms, telephones and recorders would, whoever speaks in it.

Everything happens on one constant-Q spectrogram in dB, float32 (columns, n_bins): a filter is an
addition, a noise is a sum of powers (the phases are taken as independent).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Spectrogram = NDArray[np.float32]  # (columns, n_bins), dB
Random = np.random.Generator

TENTH = np.float32(np.log(10.0) / 10.0)


@dataclass(frozen=True)
class Disturbance:
    """Probabilities, 0..1, and strengths of the augmentations."""

    pitch: float = 0.3  # share that is shifted
    filtering: float = 0.3  # share that is filtered
    filter_db: float = 3.0  # standard deviation of the slowest wave of the filter
    channel: float = 0.4  # share that takes another clip's channel
    noise: float = 0.15  # share that gets a real noise; as many get a hiss
    snr: tuple[float, float] = (10.0, 50.0)  # dB
    band: float = 0.1  # share whose band is cut
    masks: int = 2  # of each kind


def disturb(
    clip: Spectrogram, other: Spectrogram, noise: Spectrogram, how: Disturbance, rng: Random
) -> Spectrogram:
    """Shift, filter, take the channel of `other`, add noise, cut the band, mask; each sometimes."""
    n_bins = clip.shape[1]
    if rng.uniform() < how.pitch:
        clip = shift_pitch(clip, int(rng.integers(-3, 4)))
    if rng.uniform() < how.filtering:
        clip = clip + random_filter(n_bins, how.filter_db, rng)
    if rng.uniform() < how.channel:
        clip = take_channel(clip, other, rng)
    kind = rng.uniform()
    if kind < how.noise:
        clip = add_noise(clip, noise, rng.uniform(*how.snr))
    elif kind < 2.0 * how.noise:
        level = random_filter(n_bins, how.filter_db, rng)
        clip = add_noise(clip, hiss(level, clip.shape, rng), rng.uniform(*how.snr))
    if rng.uniform() < how.band:
        clip = limit_band(clip, rng)
    return mask(clip, how.masks, rng)


def shift_pitch(clip: Spectrogram, bins: int) -> Spectrogram:
    """Move by some bins; three are an eighth of an octave. Makes new voices."""
    n_bins = clip.shape[1]
    shifted: Spectrogram = clip[:, np.clip(np.arange(n_bins) + bins, 0, n_bins - 1)]
    return shifted


def random_filter(n_bins: int, strength: float, rng: Random) -> NDArray[np.float32]:
    """A smooth curve over the frequencies, some dB up and down, shape (n_bins,)."""
    waves = np.arange(1, 7)
    weights = rng.normal(0.0, strength, len(waves)) / np.sqrt(waves)
    curves = np.cos(np.outer(waves, np.linspace(0.0, np.pi, n_bins)))
    return np.asarray(weights @ curves, np.float32)


def take_channel(clip: Spectrogram, other: Spectrogram, rng: Random) -> Spectrogram:
    """Give a clip the mean spectrum, and often the noise floor, of another.

    The other is drawn from both classes: how a clip was recorded must not say who spoke.
    """
    mine, theirs = _smooth(clip.mean(axis=0)), _smooth(other.mean(axis=0))
    louder = mine.mean() - theirs.mean()
    clip = clip + np.float32(rng.uniform(0.3, 1.0)) * (theirs + louder - mine)
    if rng.uniform() < 0.5:
        few = np.sort(other[::8], axis=0)
        floor = _smooth(few[len(few) // 16]) + louder
        clip = add_powers(clip, hiss(floor, clip.shape, rng))
    return clip


def limit_band(clip: Spectrogram, rng: Random) -> Spectrogram:
    """Cut off what is above 2.3 to 7.5 kHz, or below 60 to 240 Hz, or both."""
    n_bins = clip.shape[1]
    bins = np.arange(n_bins, dtype=np.float32)
    top, low = n_bins - rng.uniform(0.0, 40.0), rng.uniform(0.0, 48.0)
    sides = rng.uniform()
    if sides < 0.7:
        clip = clip - 6.0 * np.maximum(bins - np.float32(top), 0.0)
    if sides > 0.5:
        clip = clip - 1.5 * np.maximum(np.float32(low) - bins, 0.0)
    return clip


def add_noise(clip: Spectrogram, noise: Spectrogram, snr: float) -> Spectrogram:
    """Put noise under the clip, so many dB weaker than its loud parts."""
    return add_powers(clip, noise + np.float32(_loudness(clip) - _loudness(noise) - snr))


def hiss(level: NDArray[np.float32], shape: tuple[int, ...], rng: Random) -> Spectrogram:
    """Noise of a mean level in dB per bin: the power of a cell is exponentially distributed."""
    power = rng.standard_exponential(shape, dtype=np.float32)
    noise: Spectrogram = level + np.log(power + np.float32(1e-6)) / TENTH
    return noise


def add_powers(one: Spectrogram, other: Spectrogram) -> Spectrogram:
    # np.logaddexp takes ten times as long, for a range that decibels of sound do not need
    powers = np.exp(one * TENTH) + np.exp(other * TENTH) + np.float32(1e-20)
    level: Spectrogram = np.log(powers) / TENTH
    return level


def mask(clip: Spectrogram, count: int, rng: Random) -> Spectrogram:
    """Some stretches of time and as many bands take the clip's mean (SpecAverage)."""
    clip = clip.copy()
    mean = clip.mean()
    for axis, widest in ((0, 30), (1, 20)) * count:
        width = int(rng.integers(0, widest + 1))
        start = int(rng.integers(clip.shape[axis] - width))
        np.moveaxis(clip, axis, 0)[start : start + width] = mean
    return clip


def _loudness(clip: Spectrogram) -> float:
    """The level in dB that a twentieth of the cells exceed."""
    few = np.sort(clip[::4, ::4], axis=None)
    return float(few[-len(few) // 20])


def _smooth(curve: NDArray[np.float32], width: int = 9) -> NDArray[np.float32]:
    """Running mean over a third of an octave, shape (n_bins,) kept."""
    padded = np.pad(curve, width // 2, mode="edge")
    return np.convolve(padded, np.full(width, 1.0 / width), "valid").astype(np.float32)
