"""What recorders and editors do to loudness and pace: samples at 16 kHz in, samples out."""

import numpy as np
import soxr
from scipy import signal

from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE

SMOOTHING = 0.02  # s; how quickly a compressor follows
WINDOW, SEARCH = 480, 160  # samples, 30 and 10 ms: pieces of the time stretch and their play


def peak_at(samples: Samples, level: float) -> Samples:
    """Turned up or down until the loudest sample is at `level` dBFS; silence stays."""
    peak = float(np.abs(samples).max(initial=0.0))
    return samples * np.float32(10.0 ** (level / 20.0) / peak) if peak > 0.0 else samples


def compress(samples: Samples, threshold: float, ratio: float) -> Samples:
    """A compressor: `threshold` dB below the peak a rise of `ratio` dB becomes one of 1 dB.

    A high ratio is a limiter, a low threshold an automatic gain control.
    """
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return samples
    pole = np.exp(-1.0 / (SMOOTHING * SAMPLE_RATE))
    power = signal.lfilter([1.0 - pole], [1.0, -pole], (samples / peak) ** 2)
    level = 10.0 * np.log10(np.maximum(power, 1e-9)) + 3.0  # of a sine, its peak
    over = np.maximum(level + threshold, 0.0)
    gain = 10.0 ** (-over * (1.0 - 1.0 / ratio) / 20.0)
    return peak_at(np.asarray(samples * gain, np.float32), 20.0 * np.log10(peak))


def overdrive(samples: Samples, by: float, hard: bool) -> Samples:
    """Recorded `by` dB too loudly: flat tops, or rounded ones of an analogue stage."""
    loud = peak_at(samples, by)
    return np.clip(loud, -1.0, 1.0) if hard else np.tanh(loud)


def play_at(samples: Samples, speed: float) -> Samples:
    """Faster (above 1) or slower, with the pitch, as a tape would; the length changes."""
    heard = soxr.resample(samples, SAMPLE_RATE * speed, SAMPLE_RATE, quality="HQ")
    return np.asarray(heard, np.float32)


def stretch(samples: Samples, tempo: float) -> Samples:
    """Faster (above 1) or slower without the pitch (WSOLA, Verhelst 1993), as players do.

    Pieces of 30 ms are laid over each other by half; each is moved by up to 10 ms to where it
    fits best what was there before. Less than 60 ms comes back as it is.
    """
    half = WINDOW // 2
    if len(samples) < 2 * WINDOW:
        return samples
    padded = np.pad(samples, (SEARCH, WINDOW + 2 * SEARCH))
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    count = int(len(samples) / tempo) // half
    heard = np.zeros((count + 1) * half + WINDOW, np.float32)
    wanted = padded[SEARCH : SEARCH + WINDOW]  # what would follow naturally
    for piece in range(count):
        first = min(round(piece * half * tempo), len(samples) - 1)
        around = padded[first : first + WINDOW + 2 * SEARCH]
        fits = signal.correlate(around, wanted, "valid", "fft")
        power = np.convolve(around**2, np.ones(len(wanted), np.float32), "valid")
        start = first + int(np.argmax(fits / np.sqrt(power + 1e-9)))
        heard[piece * half : piece * half + WINDOW] += window * padded[start : start + WINDOW]
        following = padded[start + half : start + half + WINDOW]
        wanted = np.pad(following, (0, WINDOW - len(following)))
    return heard[half : half + max(1, count * half)]
