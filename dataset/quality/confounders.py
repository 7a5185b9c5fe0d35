"""A file goes in, facts come out that say nothing about who speaks: length, level, silence, codec.

If a plain classifier can tell the classes apart by them, so may a detector, without listening.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE, decode
from inference.decoding.containers import sniff
from inference.speech import FRAME, measure

MAX_SECONDS = 60.0  # of one clip
FLOOR = 1e-10  # of full scale squared, −100 dB; below the last bit of 16
WINDOW = 512  # samples of a spectrum, bins of 31 Hz
HOP = 80  # samples between spectra: 5 ms, four in the shortest frame of a codec
SHORT_WINDOW = 128  # samples, 8 ms, for what changes between two frames
CUTS = (3_400.0, 4_000.0, 5_500.0, 7_000.0, 7_600.0)  # Hz at which telephones and codecs end
HOLES = (1_000.0, 7_000.0)  # Hz, where encoders leave out what is not heard
HOLE = 1e-8  # of the spectrum's strongest bin; −80 dB
FRAMES = (0.02, 0.024, 0.036, 0.06, 0.064)  # s: AMR and Opus, MP3 at two rates, Opus, AAC


@dataclass(frozen=True)
class Confounders:
    """Measures of a recording that say nothing about who speaks."""

    seconds: float
    level: float  # dBFS, RMS of the speech
    peak: float  # dBFS
    clipped: float  # share of the samples, 0..1
    offset: float  # mean over RMS
    lead: float  # s before the first speech
    tail: float  # s after the last speech
    pauses: float  # share of the frames without speech, 0..1
    zeros: float  # share of the samples that are exactly 0, 0..1
    floor: float  # dBFS, the quietest tenth
    snr: float  # dB between the speech and that
    bandwidth: float  # Hz, the highest that the voice reaches
    rolloff: float  # Hz below which 99 % of the power is
    above: tuple[float, ...]  # dB, power above each of CUTS re all of it
    holes: float  # share of the bins that are empty, 0..1
    frames: tuple[float, ...]  # dB by which changes repeat at each of FRAMES rather than nearby
    container: str  # of the file as found
    rate: float  # Hz, of the file as found; nan when only ffmpeg can tell
    density: float  # bytes a second of the file as found


def examine(path: Path) -> Confounders:
    """Measure a sound file; raises inference.errors.DetectionError and OSError."""
    data = path.read_bytes()
    samples = decode(data, MAX_SECONDS)
    measures = measure(samples)
    spoken = np.flatnonzero(measures.active)
    frames = len(measures.active)
    first, last = (spoken[0], spoken[-1]) if len(spoken) else (frames, -1)
    rms = float(np.sqrt(np.mean(samples**2)))
    powers = _powers(samples, WINDOW)
    mean = powers.mean(axis=0)
    frequencies = np.fft.rfftfreq(WINDOW, 1.0 / SAMPLE_RATE)
    total = float(mean.sum()) + FLOOR
    seconds = len(samples) / SAMPLE_RATE
    return Confounders(
        seconds=seconds,
        level=measures.level,
        peak=_decibels(float(np.abs(samples).max()) ** 2),
        clipped=measures.clipped,
        offset=float(np.mean(samples)) / max(rms, 1e-5),
        lead=float(first) * FRAME / SAMPLE_RATE,
        tail=float(frames - 1 - last) * FRAME / SAMPLE_RATE,
        pauses=1.0 - len(spoken) / max(1, frames),
        zeros=float(np.mean(samples == 0.0)),
        floor=measures.level - measures.snr,
        snr=measures.snr,
        bandwidth=measures.bandwidth,
        rolloff=float(frequencies[np.searchsorted(np.cumsum(mean), 0.99 * mean.sum())]),
        above=tuple(_decibels(float(mean[frequencies >= cut].sum()) / total) for cut in CUTS),
        holes=_holes(powers, frequencies),
        frames=_frames(_powers(samples, SHORT_WINDOW)),
        container=sniff(data) or "",
        rate=_rate(data),
        density=len(data) / seconds,
    )


def _powers(samples: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """Power spectra of `length` samples every HOP, shape (columns, length // 2 + 1)."""
    padded = np.pad(samples, (0, max(0, length - len(samples))))
    cut = np.lib.stride_tricks.sliding_window_view(padded, length)[::HOP]
    window = np.hanning(length).astype(np.float32)
    spectra = np.fft.rfft(cut * (window / window.sum()), axis=1)
    return np.asarray(np.abs(spectra) ** 2, np.float32)


def _holes(powers: NDArray[np.float32], frequencies: NDArray[np.floating]) -> float:
    audible = powers.max(axis=1) > 100.0 * FLOOR
    inside = (frequencies >= HOLES[0]) & (frequencies < HOLES[1])
    heard = powers[audible]
    if not len(heard):
        return 0.0
    return float(np.mean(heard[:, inside] < HOLE * heard.max(axis=1, keepdims=True)))


def _frames(powers: NDArray[np.float32]) -> tuple[float, ...]:
    """A codec decides anew every frame, so that its sound changes in step with them."""
    loudness = np.log10(powers + FLOOR)
    changes = np.abs(np.diff(loudness, axis=0)).mean(axis=1)
    if len(changes) < SAMPLE_RATE // HOP:  # a second, else the lines are too wide to be told apart
        return (0.0,) * len(FRAMES)
    lines = np.abs(np.fft.rfft((changes - changes.mean()) * np.hanning(len(changes))))
    every = HOP / SAMPLE_RATE
    found = []
    for period in FRAMES:
        at = round(len(changes) * every / period)
        near = np.r_[lines[max(1, at - 12) : at - 2], lines[at + 3 : at + 13]]
        line = lines[max(1, at - 1) : at + 2].max(initial=0.0)
        found.append(_decibels(float((line / max(float(np.median(near)), 1e-9)) ** 2)))
    return tuple(found)


def _rate(data: bytes) -> float:
    try:
        return float(soundfile.info(io.BytesIO(data)).samplerate)
    except soundfile.LibsndfileError:
        return float("nan")


def _decibels(power: float) -> float:
    return float(10.0 * np.log10(power + FLOOR))
