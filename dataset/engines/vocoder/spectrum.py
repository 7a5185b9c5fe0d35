"""The two ends of the vocoder in NumPy: samples → log-mel frames, complex spectrum → samples."""

import functools

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000  # Hz
N_FFT = 640  # samples, 40 ms: several periods of any voice, so that harmonics are told apart
HOP = 160  # samples, 10 ms
N_BINS = N_FFT // 2 + 1
N_MELS = 100
FLOOR = 1e-5  # of a mel band's magnitude, before the logarithm
PEAK = 0.5  # every recording is brought to this peak, and the answer back to its own

Samples = NDArray[np.float32]


def levelled(samples: Samples) -> tuple[Samples, float]:
    """The samples at the peak that the network knows, and the factor that undoes it."""
    peak = float(np.abs(samples).max(initial=0.0))
    factor = peak / PEAK if peak > 0.0 else 1.0
    return np.asarray(samples / factor, np.float32), factor


@functools.cache
def window() -> Samples:
    """The periodic Hann window."""
    return np.asarray(0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(N_FFT) / N_FFT), np.float32)


@functools.cache
def mel_filters(n_fft: int = N_FFT, n_mels: int = N_MELS) -> NDArray[np.float32]:
    """Triangles of one height on HTK's mel scale from 0 to 8 kHz, shape (bins, n_mels)."""
    top = 2595.0 * np.log10(1.0 + SAMPLE_RATE / 2.0 / 700.0)
    corners = 700.0 * (10.0 ** (np.linspace(0.0, top, n_mels + 2) / 2595.0) - 1.0)
    bins = np.linspace(0.0, SAMPLE_RATE / 2.0, n_fft // 2 + 1)[:, None]
    # No triangle is narrower than two bins, or the lowest would lie between bins and be empty.
    width = np.maximum(np.diff(corners), SAMPLE_RATE / n_fft)
    rising = 1.0 - (corners[1:-1] - bins) / width[:-1]
    falling = 1.0 - (bins - corners[1:-1]) / width[1:]
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)), np.float32)


def log_mel(samples: Samples) -> NDArray[np.float32]:
    """Natural logarithm of mel magnitudes, shape (1 + ceil(len(samples) / HOP), N_MELS)."""
    padded = np.pad(samples, (N_FFT // 2, N_FFT // 2 + -len(samples) % HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, N_FFT)[::HOP]
    magnitudes = np.abs(np.fft.rfft(frames * window(), axis=1))
    return np.asarray(np.log(np.maximum(magnitudes @ mel_filters(), FLOOR)), np.float32)


def overlap(frames: int) -> NDArray[np.float32]:
    """What the squared windows of so many frames add up to, which `waveform` divides by."""
    total = np.zeros(N_FFT + (frames - 1) * HOP, np.float32)
    for position in range(frames):
        total[position * HOP : position * HOP + N_FFT] += window() ** 2
    return np.maximum(total, 1e-6)  # the very first sample has none; it is cut off


def waveform(spectrum: NDArray[np.complex64], length: int) -> Samples:
    """Overlap-add the frames of a spectrum of shape (frames, N_BINS) into `length` samples."""
    weight = overlap(len(spectrum))
    sound = np.zeros_like(weight)
    for position, piece in enumerate(np.fft.irfft(spectrum, N_FFT, axis=1) * window()):
        sound[position * HOP : position * HOP + N_FFT] += piece
    middle = slice(N_FFT // 2, N_FFT // 2 + length)
    return sound[middle] / weight[middle]
