"""A voice in a room, and a voice from a loudspeaker in a room.

Impulse responses by the image-source method of pyroomacoustics (Scheibler et al. 2018).
"""

import functools

import numpy as np
from scipy import signal

from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE

ROOMS = 200  # as many different ones; each is computed once in a process
MAX_ORDER = 17  # reflections; more cost much and are far below the first ones
DECAYS = (0.15, 0.7)  # s for 60 dB: a car or a bedroom to a classroom
SMALLEST, LARGEST = (2.0, 2.0, 2.2), (8.0, 6.0, 3.5)  # m
NEAR = (0.15, 1.2)  # m from mouth to microphone: a telephone in the hand or on the table
WALL = 0.3  # m that everybody keeps from the walls


@functools.lru_cache(maxsize=ROOMS)
def impulse_response(number: int) -> Samples:
    """Of room `number`, 0 .. ROOMS - 1; begins with the direct sound, which has a peak of 1."""
    import pyroomacoustics  # takes a second, which `--help` need not wait

    random = np.random.default_rng(number)
    size = random.uniform(SMALLEST, LARGEST)
    decay = random.uniform(*DECAYS)
    absorption = _absorption(size, decay)
    room = pyroomacoustics.ShoeBox(
        size,
        fs=SAMPLE_RATE,
        materials=pyroomacoustics.Material(absorption),
        max_order=MAX_ORDER,
        air_absorption=False,
    )
    mouth = random.uniform(WALL, size - WALL)
    direction = random.standard_normal(3)
    distance = random.uniform(*NEAR) * direction / np.linalg.norm(direction)
    room.add_source(mouth)
    room.add_microphone(np.clip(mouth + distance, 0.5 * WALL, size - 0.5 * WALL))
    room.compute_rir()
    response = np.asarray(room.rir[0][0], np.float32)
    start = int(np.argmax(np.abs(response)))
    return np.asarray(response[start:] / response[start], np.float32)


def reverberate(samples: Samples, number: int) -> Samples:
    """In room `number`, as long as it was."""
    return _convolved(samples, impulse_response(number))


def replay(samples: Samples, number: int, random: np.random.Generator) -> Samples:
    """From a small loudspeaker, through room `number`, into another microphone."""
    lowest = random.uniform(150.0, 500.0)  # Hz, of a telephone's or a laptop's loudspeaker
    highest = random.uniform(5_500.0, 7_500.0)
    band = signal.butter(2, (lowest, highest), "bandpass", fs=SAMPLE_RATE, output="sos")
    peaks = [
        signal.iirpeak(frequency, 2.0, fs=SAMPLE_RATE)
        for frequency in random.uniform(600.0, 4_500.0, 2)
    ]
    sound = signal.sosfilt(band, samples.astype(np.float32)).astype(np.float32)
    for peak in peaks:  # resonances of the case, up to 6 dB
        sound = sound + np.float32(random.uniform(0.2, 1.0)) * signal.lfilter(*peak, sound)
    drive = random.uniform(0.3, 1.5) / (float(np.abs(sound).max()) + 1e-9)
    return _convolved(np.tanh(drive * sound).astype(np.float32), impulse_response(number))


def _absorption(size: np.ndarray, decay: float) -> float:
    """Of the walls, after Sabine; a room that cannot ring so long absorbs almost nothing."""
    volume = float(np.prod(size))
    surface = 2.0 * float(size[0] * size[1] + size[0] * size[2] + size[1] * size[2])
    return float(np.clip(0.161 * volume / (surface * decay), 0.05, 0.95))


def _convolved(samples: Samples, response: Samples) -> Samples:
    return np.asarray(signal.oaconvolve(samples, response)[: len(samples)], np.float32)
