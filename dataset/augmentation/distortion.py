"""RawBoost: distortions of the telephone line, without any other data (Tak et al. 2022).

The three algorithms of arXiv 2111.04433, with the ranges of its table 1.
"""

import numpy as np
from scipy import signal

from dataset.augmentation.levelling import filtered
from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE

BANDS = 5  # notches of a filter
CENTRES = (20.0, 8_000.0)  # Hz
WIDTHS = (100.0, 1_000.0)  # Hz
TAPS = (10, 100)
ORDERS = 5  # highest power of the non-linear part
FAINTER = (5.0, 20.0)  # dB that each higher power is below the linear part
IMPULSES = 0.10  # share of the samples hit, at most
STRENGTH = 2.0  # of an impulse against the sample it hits
SNR = (10.0, 40.0)  # dB


def convolutive(samples: Samples, random: np.random.Generator) -> Samples:
    """Linear and non-linear: powers of the signal, each through notches of its own."""
    peak = float(np.abs(samples).max()) + 1e-9
    unit = samples / np.float32(peak)
    total = np.zeros_like(unit)
    fainter = 0.0
    for order in range(1, ORDERS + 1):
        notches = _notches(random, -fainter)
        total += filtered(unit**order, notches)
        fainter = random.uniform(*FAINTER)
    total -= total.mean()
    return np.asarray(total * (peak / (np.abs(total).max() + 1e-9)), np.float32)


def impulsive(samples: Samples, random: np.random.Generator) -> Samples:
    """Signal-dependent: some samples jump by a part of their own value."""
    count = round(random.uniform(0.0, IMPULSES) * len(samples))
    places = random.choice(len(samples), count, replace=False)
    jumps = random.uniform(-1.0, 1.0, count) * random.uniform(-1.0, 1.0, count)
    hit = samples.copy()
    hit[places] += (STRENGTH * jumps * samples[places]).astype(np.float32)
    return hit


def stationary(samples: Samples, random: np.random.Generator) -> Samples:
    """Signal-independent: noise of one colour over everything."""
    hiss = random.standard_normal(len(samples)).astype(np.float32)
    hiss = filtered(hiss, _notches(random, 0.0))
    loudness = np.linalg.norm(samples) / (np.linalg.norm(hiss) + 1e-9)
    return np.asarray(samples + hiss * loudness * 10 ** (-random.uniform(*SNR) / 20), np.float32)


def _notches(random: np.random.Generator, gain: float) -> Samples:
    """A filter with BANDS notches; `gain` dB where it is strongest."""
    response = np.ones(1)
    for _ in range(BANDS):
        centre, width = random.uniform(*CENTRES), random.uniform(*WIDTHS)
        low = max(centre - width / 2, 1.0)
        high = min(centre + width / 2, SAMPLE_RATE / 2 - 1.0)
        taps = int(random.integers(*TAPS)) | 1  # a band-stop needs an odd number
        stop = signal.firwin(taps, (low, high), window="hamming", fs=SAMPLE_RATE)
        response = np.convolve(stop, response)
    strongest = np.abs(np.fft.rfft(response, 1_024)).max()
    return np.asarray(response * 10 ** (gain / 20) / strongest, np.float32)
