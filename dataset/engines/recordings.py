"""The human recording that an engine works on, at its own rate as far as synthesis needs it."""

from pathlib import Path

import librosa
import numpy as np
import soundfile
from numpy.typing import NDArray

from dataset.engines.engine import Refused
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.errors import DetectionError

HIGHEST_RATE = (
    24_000  # Hz, what neural vocoders of speech write; clips are levelled to 16 kHz later
)
MAX_SECONDS = 60.0  # corpora have sentences, and WORLD's spectra take 120 MB a minute


def read(path: Path) -> tuple[NDArray[np.float32], int]:
    """Samples in [-1, 1], mono, and their rate in Hz: the file's own, at most HIGHEST_RATE."""
    try:
        samples, rate = _samples(path)
    except (DetectionError, OSError) as error:
        raise Refused(f"the recording can't be read: {error}") from error
    seconds = len(samples) / rate
    if not 0.1 <= seconds <= MAX_SECONDS:
        raise Refused(f"the recording is {seconds:.2f} s long; 0.1 to {MAX_SECONDS:.0f} s are done")
    if not samples.any():
        raise Refused("the recording is silent")
    return (
        (at(HIGHEST_RATE, samples, rate), HIGHEST_RATE) if rate > HIGHEST_RATE else (samples, rate)
    )


def at(wanted: int, samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The same sound at the rate wanted, in Hz."""
    sound = librosa.resample(samples, orig_sr=rate, target_sr=wanted, res_type="soxr_hq")
    return np.asarray(sound, np.float32)


def _samples(path: Path) -> tuple[NDArray[np.float32], int]:
    try:
        channels, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:  # m4a, amr, webm: ffmpeg reads them
        return decode(path.read_bytes(), MAX_SECONDS + 1.0), SAMPLE_RATE
    return np.asarray(channels.mean(axis=1), np.float32), int(rate)
