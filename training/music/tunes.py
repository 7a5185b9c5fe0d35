"""Music made by formula: chords, a melody and a beat, no two pieces alike; float32 at 16 kHz."""

import numpy as np
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE

SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))  # semitones
NYQUIST = SAMPLE_RATE / 2

Floats = NDArray[np.float64]


def tune(seconds: float, random: np.random.Generator) -> NDArray[np.float32]:
    """A piece of so many seconds, sometimes under noise; its RMS is 0.1."""
    sound = np.zeros(round(seconds * SAMPLE_RATE))
    scale, key = SCALES[random.integers(len(SCALES))], random.uniform(40, 64)
    beat = random.uniform(0.25, 0.7)  # s
    strength = 10 ** random.uniform(-4, -1.3, 8)  # of the harmonics, of one instrument
    fading = random.uniform(0.3, 6.0)  # 1/s
    for bar, start in enumerate(np.arange(0.0, seconds, beat * 4)):
        degree = int(random.integers(len(scale))) if bar else 0
        for step in (0, 2, 4):  # a chord
            _add(sound, start, _note(_pitch(scale, key, degree + step), beat * 4, strength, fading))
        for number in range(4):  # a melody, and a drum
            at = start + number * beat
            pitch = _pitch(scale, key + 12, int(random.integers(2 * len(scale))))
            _add(sound, at, 1.5 * _note(pitch, beat, strength, fading))
            _add(sound, at, random.uniform(0, 2) * _hit(random))
    under = random.standard_normal(len(sound)) * 10 ** random.uniform(-3, -0.5)
    mixed = sound / (sound.std() + 1e-9) + under
    return np.asarray(0.1 * mixed / mixed.std(), np.float32)


def _pitch(scale: tuple[int, ...], key: float, degree: int) -> float:
    """Hz of a degree of the scale, whose keys are counted as in MIDI."""
    octave, within = divmod(degree, len(scale))
    return float(440 * 2 ** ((key + 12 * octave + scale[within] - 69) / 12))


def _note(pitch: float, seconds: float, strength: Floats, fading: float) -> Floats:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = 1 + np.arange(len(strength))
    heard = harmonics[harmonics * pitch < NYQUIST]
    waves = np.sin(2 * np.pi * pitch * heard[:, None] * times)
    weights = np.concatenate([[1.0], 10 * strength[1:]])[: len(heard)]
    attack = np.minimum(times / 0.01, 1.0) * np.minimum((seconds - times) / 0.01, 1.0)
    return np.asarray(weights @ waves * np.exp(-fading * times) * attack)


def _hit(random: np.random.Generator) -> Floats:
    """A drum: noise that dies away within a tenth of a second."""
    times = np.arange(SAMPLE_RATE // 8) / SAMPLE_RATE
    return np.asarray(random.standard_normal(len(times)) * np.exp(-40 * times))


def _add(sound: Floats, start: float, note: Floats) -> None:
    first = round(start * SAMPLE_RATE)
    room = max(0, len(sound) - first)
    sound[first : first + len(note)] += note[:room]
