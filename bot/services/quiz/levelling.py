"""A recording becomes a clip: what could tell people from machines besides the voice is made alike.

Samples are float32, mono, at 16 kHz; a clip is Opus in Ogg.
"""

import subprocess

import numpy as np
from numpy.typing import NDArray

from inference.decoding import ffmpeg
from inference.decoding.audio import SAMPLE_RATE
from inference.speech import measure

Samples = NDArray[np.float32]

BAND = 6_800.0  # Hz; G.722, which some of the recordings come in, ends at 7 kHz
TAPS = 255  # of the low-pass: 250 Hz from passing to 60 dB down
LEVEL = -22.0  # dBFS of the speech
PEAK = 0.98  # of full scale; the speech is less loud rather than clipped
FLOOR = 10 ** (-70 / 20)  # of full scale: no engine's silence is digital
QUIET = 10 ** (-38 / 20)  # of the loudest; below it at the ends there is no speech
MARGIN = 0.2  # s of what was before and after the speech
# Complexity 5 of 10 as in `dataset.augmentation.codecs`; without bitexact Ogg's serial is drawn.
NOTE = ("-c:a", "libopus", "-compression_level", "5", "-b:a", "24k", "-threads", "1")
BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "ogg", "pipe:1")


def alike(samples: Samples) -> Samples:
    """The same silence around the speech, the same band, level and floor of noise for everyone."""
    loud = np.flatnonzero(np.abs(samples) > QUIET * np.abs(samples).max())
    margin = round(MARGIN * SAMPLE_RATE)
    samples = np.pad(samples, margin)[loud[0] : loud[-1] + 2 * margin]
    passed = np.convolve(samples, _low_pass(), "same").astype(np.float32)
    gain = 10 ** ((LEVEL - measure(passed).level) / 20)
    levelled = passed * min(gain, PEAK / float(np.abs(passed).max()))
    noise = np.random.default_rng(1).normal(0.0, FLOOR, len(levelled))
    return np.asarray(levelled + noise, np.float32)


def encode(samples: Samples) -> bytes:
    """Opus at 24 kbit/s in Ogg. Raises RuntimeError with ffmpeg's words where it can't."""
    pcm = np.asarray(np.clip(samples, -1.0, 1.0) * 32_767.0, "<i2").tobytes()
    call = [ffmpeg.program(), "-v", "error", "-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1"]
    call += ["-i", "pipe:0", *NOTE, *BITEXACT]
    run = subprocess.run(call, input=pcm, capture_output=True)
    if run.returncode or not run.stdout:
        raise RuntimeError(f"ffmpeg: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout


def _low_pass() -> NDArray[np.float64]:
    """The response of a low-pass whose middle is its zero: nothing is moved."""
    times = np.arange(TAPS) - TAPS // 2
    response = np.sinc(2 * BAND / SAMPLE_RATE * times) * np.kaiser(TAPS, 6.0)
    return np.asarray(response / response.sum(), np.float64)
