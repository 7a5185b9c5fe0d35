"""The human recording that an engine works on, at its own rate as far as synthesis needs it."""

from pathlib import Path

import librosa
import numpy as np
import soundfile
from numpy.typing import NDArray

from dataset.engines.engine import Refused
from inference.audio import decode
from inference.errors import DetectionError

HIGHEST_RATE = (
    24_000  # Hz, what neural vocoders of speech write; clips are levelled to 16 kHz later
)
MAX_SECONDS = 60.0  # WORLD holds 40 MB a minute of spectra at this rate; corpora have sentences


def read(path: Path) -> tuple[NDArray[np.float32], int]:
    """Samples in [-1, 1], mono, and their rate in Hz: the file's own, at most HIGHEST_RATE."""
    try:
        samples, rate = _samples(path)
    except (soundfile.LibsndfileError, DetectionError, OSError) as error:
        raise Refused(f"the recording can't be read: {error}") from error
    seconds = len(samples) / rate
    if not 0.1 <= seconds <= MAX_SECONDS:
        raise Refused(f"the recording is {seconds:.2f} s long; 0.1 to {MAX_SECONDS:.0f} s are done")
    if not samples.any():
        raise Refused("the recording is silent")
    if rate > HIGHEST_RATE:
        samples = librosa.resample(
            samples, orig_sr=rate, target_sr=HIGHEST_RATE, res_type="soxr_hq"
        )
        rate = HIGHEST_RATE
    return samples, rate


def _samples(path: Path) -> tuple[NDArray[np.float32], int]:
    if path.suffix.upper().lstrip(".") not in {*soundfile.available_formats(), "OPUS", "OGA"}:
        # m4a, amr, webm: only ffmpeg reads them, and it gives what the detector would hear
        return decode(path.read_bytes(), MAX_SECONDS + 1.0), 16_000
    channels, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return np.asarray(channels.mean(axis=1), np.float32), int(rate)
