"""Noise suppressors of telephones, browsers and editors: samples at 16 kHz in, as many out."""

import ctypes
import functools
import importlib.util
from pathlib import Path

import numpy as np
import soxr
from scipy import signal

from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE

TEN_MS = SAMPLE_RATE // 100  # samples; what WebRTC's processor takes at once
RNNOISE_RATE = 48_000  # Hz
RNNOISE_FRAME = 480  # samples
RNNOISE_DELAY = 2 * RNNOISE_FRAME  # samples at 48 kHz by which its output lags
FULL_SCALE = 32_767.0


def webrtc(samples: Samples, suppression: int, gain: int = 0) -> Samples:
    """WebRTC's suppressor, as in browsers and calls.

    Args:
        samples: float32 mono at 16 kHz, full scale 1.
        suppression: 0 (off) to 4 (strongest).
        gain: 0 (off) to 31; dBFS, negated, that its automatic gain control aims at.
    """
    from webrtc_noise_gain import AudioProcessor

    processor = AudioProcessor(gain, suppression)
    padded = np.pad(samples, (0, -len(samples) % TEN_MS))
    pcm = np.asarray(np.clip(padded, -1.0, 1.0) * FULL_SCALE, "<i2").reshape(-1, TEN_MS)
    heard = b"".join(processor.Process10ms(frame.tobytes()).audio for frame in pcm)
    return np.asarray(np.frombuffer(heard, "<i2")[: len(samples)] / FULL_SCALE, np.float32)


def rnnoise(samples: Samples) -> Samples:
    """RNNoise (Valin 2018), which rebuilds the voice band by band with a small network."""
    library = _rnnoise_library()
    at_48 = soxr.resample(samples, SAMPLE_RATE, RNNOISE_RATE, quality="HQ") * FULL_SCALE
    padded = np.pad(at_48, (0, RNNOISE_DELAY + -len(at_48) % RNNOISE_FRAME)).astype(np.float32)
    state = library.rnnoise_create(None)
    try:
        for start in range(0, len(padded), RNNOISE_FRAME):
            frame = ctypes.c_void_p(padded[start:].ctypes.data)
            library.rnnoise_process_frame(state, frame, frame)
    finally:
        library.rnnoise_destroy(state)
    heard = soxr.resample(padded[RNNOISE_DELAY:], RNNOISE_RATE, SAMPLE_RATE, quality="HQ")
    return _as_long(heard / FULL_SCALE, len(samples))


def spectral_gate(samples: Samples, strength: float) -> Samples:
    """Editors' classic: what lies near the level of the quietest tenth is turned down.

    Args:
        samples: float32 mono at 16 kHz.
        strength: dB taken off what is judged to be noise.
    """
    _, _, spectrum = signal.stft(samples, SAMPLE_RATE, nperseg=512, noverlap=384)
    level = 20.0 * np.log10(np.abs(spectrum) + 1e-9)
    floor = np.quantile(level, 0.1, axis=1, keepdims=True)
    gain = np.clip((level - floor - 6.0) / 12.0, 0.0, 1.0)  # 0 at the floor, 1 from 18 dB above
    gain = signal.convolve2d(gain, np.full((3, 5), 1.0 / 15.0), "same", "symm")
    _, heard = signal.istft(
        spectrum * 10.0 ** (-strength * (1.0 - gain) / 20.0), SAMPLE_RATE, nperseg=512, noverlap=384
    )
    return _as_long(heard, len(samples))


def _as_long(samples: Samples, length: int) -> Samples:
    return np.asarray(np.pad(samples, (0, max(0, length - len(samples))))[:length], np.float32)


@functools.cache
def _rnnoise_library() -> ctypes.CDLL:
    """The library inside the package, whose own Python would load an audio framework first."""
    found = importlib.util.find_spec("pyrnnoise")
    if not found or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'pyrnnoise'")
    library = ctypes.CDLL(str(Path(found.submodule_search_locations[0]) / "librnnoise.so"))
    library.rnnoise_create.restype = ctypes.c_void_p
    library.rnnoise_create.argtypes = [ctypes.c_void_p]
    library.rnnoise_destroy.argtypes = [ctypes.c_void_p]
    library.rnnoise_process_frame.restype = ctypes.c_float
    library.rnnoise_process_frame.argtypes = [ctypes.c_void_p] * 3
    return library
