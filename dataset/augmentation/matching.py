"""A recording takes on the channel of another: long-term spectrum, level and noise floor.

Speech keeps what is quick (the vocal tract, the synthesiser's traces) and loses what is slow (the
microphone, the room's hiss), because only third octaves of long averages are matched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.augmentation.levelling import filtered
from dataset.augmentation.recordings import Samples
from inference.decoding.audio import SAMPLE_RATE

WINDOW = 512  # samples, 32 ms
HOP = 256
LOUD = 30.0  # dB below the loudest frames: quieter ones are no speech
QUIET = 0.1  # share of the frames, the quietest, in which the room is heard
BANDS = 32
LOWEST = 60.0  # Hz
STEEPEST = 24.0  # dB that a filter may add or take in a band
CLEAREST = 12.0  # dB by which a noise floor stays below the speech, in total
COVER = 3.0  # dB above the highest floor, so that every recording of the pair gets new noise
MOST_ADDED = 10.0  # dB above the wanted floor that one noisy recording may ask of the others
SILENT = 1e-12

_HANN = np.hanning(WINDOW).astype(np.float32)
Spectrum = NDArray[np.float32]  # power in 257 bins; white noise of unit variance has 1 in each


@dataclass(frozen=True)
class Profile:
    """How a recording sounds on average, with its speech brought to an RMS of 1."""

    speech: Spectrum
    floor: Spectrum
    scale: float  # RMS of the speech as it was


def profile(samples: Samples) -> Profile:
    """Of a recording with its pauses: measure it before its ends are trimmed."""
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(samples, WINDOW // 2), WINDOW)[::HOP]
    powers = np.abs(np.fft.rfft(frames * _HANN)) ** 2 / np.sum(_HANN**2)
    loudness = powers.mean(axis=1)
    loud = loudness > np.quantile(loudness, 0.95) * 10 ** (-LOUD / 10)
    quiet = loudness <= np.quantile(loudness, QUIET)
    floor = powers[quiet].mean(axis=0)
    speech = np.maximum(powers[loud].mean(axis=0) - floor, 0.01 * floor)
    power = _total(speech) + SILENT
    highest = 10 ** (-CLEAREST / 10) * power
    floor = floor * min(1.0, highest / (_total(floor) + SILENT))
    return Profile(
        np.asarray(speech / power, np.float32),
        np.asarray(floor / power, np.float32),
        float(np.sqrt(power)),
    )


def match(
    recordings: Sequence[Samples],
    profiles: Sequence[Profile],
    homes: Sequence[Profile],
    note: Profile | None,
    random: np.random.Generator,
) -> list[Samples]:
    """Each recording takes on its home's channel, and then all that of the note.

    The home of a synthetic counterpart is its own human recording. Recordings of the pair that had
    less noise than the noisiest get the difference; the noise is the same in all of them.
    """
    shaped, floors = [], []
    for samples, own, home in zip(recordings, profiles, homes, strict=True):
        gain = _towards(own.speech, home.speech)
        if note:
            gain = gain + _towards(home.speech, note.speech)
        shaped.append(filtered(samples / np.float32(own.scale), response(gain)))
        floors.append(own.floor * 10 ** (gain / 10))
    wanted = np.max([home.floor for home in homes] if not note else [note.floor], axis=0)
    highest = np.minimum(np.max(floors, axis=0), wanted * 10 ** (MOST_ADDED / 10))
    common = np.maximum(wanted, highest) * 10 ** (COVER / 10)
    hiss = random.standard_normal(max(map(len, shaped))).astype(np.float32)
    return [
        samples + filtered(hiss[: len(samples)], response(_db(np.maximum(common - floor, SILENT))))
        for samples, floor in zip(shaped, floors, strict=True)
    ]


def response(gain: Spectrum) -> Samples:
    """The filter with this gain in dB in 257 bins, WINDOW + 1 samples around its middle."""
    whole = np.fft.fftshift(np.fft.irfft(10 ** (gain / 20)))
    symmetric = np.append(whole, whole[0])
    return np.asarray(symmetric * np.hanning(WINDOW + 1), np.float32)


def _towards(own: Spectrum, other: Spectrum) -> Spectrum:
    """Gain in dB, smooth in third octaves."""
    return np.asarray(np.clip(_smooth(other) - _smooth(own), -STEEPEST, STEEPEST), np.float32)


def _smooth(spectrum: Spectrum) -> Spectrum:
    bands = _db(_BAND_WEIGHTS @ spectrum)
    return np.asarray(np.interp(_FREQUENCIES, _CENTRES, bands), np.float32)


def _db(power: Spectrum) -> Spectrum:
    return np.asarray(10 * np.log10(np.maximum(power, SILENT)), np.float32)


def _total(spectrum: Spectrum) -> float:
    return float(spectrum.mean())


def _weights() -> NDArray[np.float32]:
    """Shape (BANDS, 257): each band's bell over the logarithm of the frequency, summing to 1."""
    width = np.log(_CENTRES[1] / _CENTRES[0])
    octaves = np.log(np.maximum(_FREQUENCIES, LOWEST / 2)[None] / _CENTRES[:, None])
    resolution = 0.5 * SAMPLE_RATE / WINDOW / _CENTRES[:, None]  # one bin is wider than a low band
    bells = np.exp(-0.5 * (octaves / np.maximum(width, resolution)) ** 2)
    return np.asarray(bells / bells.sum(axis=1, keepdims=True), np.float32)


_FREQUENCIES = np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE)
_CENTRES = np.geomspace(LOWEST, SAMPLE_RATE / 2, BANDS)
_BAND_WEIGHTS = _weights()
