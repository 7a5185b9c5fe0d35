"""The recordings of a pair become alike in everything that says nothing about who spoke."""

from collections.abc import Sequence

import numpy as np
from scipy import signal

from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE
from inference.speech import measure

# What the resamplers of engines' 22.05 and 24 kHz leave untouched; the CQT ends a little above it.
WIDEST = 7_400.0  # Hz
NARROWEST = 3_300.0  # Hz; a band that seems narrower is a dull voice
TAPS = 255  # of the low-pass: 250 Hz from passing to 60 dB down
PEAK = 0.98  # of full scale
LEVELS = (-36.0, -14.0)  # dBFS of the speech; 9 of 10 voice notes lie between


def cut_alike(recordings: Sequence[Samples], place: float) -> list[Samples]:
    """All as long as the shortest: of longer ones the part that begins at `place`, 0..1."""
    shortest = min(map(len, recordings))
    starts = [round(place * (len(samples) - shortest)) for samples in recordings]
    return [
        samples[start : start + shortest] for samples, start in zip(recordings, starts, strict=True)
    ]


def limit_band_alike(recordings: Sequence[Samples], widest: float = WIDEST) -> list[Samples]:
    """No frequencies above those that the narrowest of the pair has, nor above `widest` Hz."""
    bands = [measure(samples).bandwidth for samples in recordings]
    edge = min(widest, max(NARROWEST, min(bands)))
    low_pass = signal.firwin(TAPS, edge, window=("kaiser", 6.0), fs=SAMPLE_RATE)
    return [filtered(samples, low_pass) for samples in recordings]


def level_alike(recordings: Sequence[Samples], level: float) -> list[Samples]:
    """Speech at `level` dBFS, or as near to it as leaves no recording of the pair clipped."""
    gains = [10 ** ((level - measure(samples).level) / 20) for samples in recordings]
    peaks = [
        gain * float(np.abs(samples).max()) for gain, samples in zip(gains, recordings, strict=True)
    ]
    room = min(1.0, PEAK / max(peaks))
    return [
        np.asarray(samples * np.float32(gain * room), np.float32)
        for gain, samples in zip(gains, recordings, strict=True)
    ]


def filtered(samples: Samples, response: Samples) -> Samples:
    """Through a filter whose middle is its zero: nothing is moved, the length stays."""
    through = signal.oaconvolve(samples, response.astype(np.float32))
    start = len(response) // 2
    return np.asarray(through[start : start + len(samples)], np.float32)
