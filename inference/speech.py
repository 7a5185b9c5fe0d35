"""Samples go in, measures of the speech in them and the reasons not to judge it come out."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from inference.decoding.audio import SAMPLE_RATE, Samples, floats
from inference.verdict import Reason

FRAME = SAMPLE_RATE // 50  # samples; 20 ms, one of the three lengths that webrtcvad takes
CHUNK = 50 * 60  # frames that are float32 at a time: a minute, 4 MB
MODE = 2  # of 0 (takes much for speech) .. 3 (little)
LOUD = -20.0  # dBFS to which the loud frames are brought: webrtcvad misses quiet notes
MAX_GAIN = 40.0  # dB; the hiss of an empty recording is not to become a voice
FLOOR = -100.0  # dBFS; below the last bit of 16
SPECTRUM = 512  # samples of a spectrum, bins of 31 Hz
MAX_SPECTRA = 256  # of them, spread over the speech: more do not move the band's edge
LOWEST = 100  # Hz; hum and wind below it may be louder than the voice
RUMBLE = 80  # Hz; an engine, wind or mains hum below it covers no voice
AUDIBLE = -60.0  # dB below its strongest frequency at which the voice's band ends
# A recorder that is overdriven cuts the tops of the loudest swings off flat, a swing being what
# lies between two crossings of zero. Turned down afterwards, they stay flat; a lossy encoder makes
# them ripple, but leaves most of a swing close to its own peak.
TOP = 0.8  # of its peak; what is above is the swing's top
FLAT = 0.6  # share of a swing's samples in its top; 0.41 in a sine's, less in a voice's
LOUD_SWING = 0.6  # of the recording's own peak; lower swings did not reach the end of the scale
SHORTEST_SWING = 5  # samples; fewer have no shape

ANY_SPEECH = 0.3  # s; a cough, a click or a door make webrtcvad say yes for less
MIN_SPEECH = 1.0  # s; a syllable or two hold too few traces either way
MIN_SNR = 12.0  # dB as measured here, which is speech about 11 dB over steady noise
# dBFS; what an encoder is given so weakly it mostly drops. Of clips at a peak of 0 dB, turned down
# by 45 dB and written as Opus, 99.7 % are below, by 30 dB 0.7 %; of 1,145 clips of people none is.
MIN_LEVEL = -55.0
# Share of the speech. More have 0.2 % of 1,145 clips of people and 0.2 % of 1,808 of machines; of
# the same at a peak of 0 dB, driven 13 dB over full scale, turned down by 12 and written as Opus at
# 24 kbit/s 97 % (driven by 20 dB: 99 %, 10: 77 %, 6: 18 %, 3: none).
MAX_CLIPPED = 0.01
# Hz; of 100 recordings made at 8 kHz 98 measure less, of 300 made at 16 kHz or more one does.
MIN_BANDWIDTH = 4_700.0


@dataclass(frozen=True)
class Measures:
    """What a recording holds, before any model hears it."""

    speech_seconds: float
    level: float  # dBFS, RMS of the speech; of everything when there is none
    snr: float  # dB between the speech and the quietest tenth of the recording; rumble left out
    bandwidth: float  # Hz, the highest frequency that the voice reaches
    clipped: float  # share of the speech in loud swings with a flat top, 0..1
    active: NDArray[np.bool_]  # one a frame of 20 ms: somebody speaks (or sings)


def measure(samples: Samples, active: NDArray[np.bool_] | None = None) -> Measures:
    """Find the speech in 16 kHz samples, unless it is given a frame, and measure it.

    A minute at a time is float32.
    """
    mean = constant(samples)
    everything = np.ones(len(samples) // FRAME, np.bool_)
    levels = _levels(_chunks(samples, everything, mean))
    if active is None:
        active = _active(_chunks(samples, everything, mean), levels)
    heard = active if active.any() else everything
    snr = _snr(levels, active)
    if active.any() and snr < MIN_SNR:  # filtering takes as long as all the rest, so only here
        filtered = map(_without_rumble, _chunks(samples, everything, mean))
        snr = max(snr, _snr(_levels(filtered), active))
    return Measures(
        speech_seconds=float(active.sum()) * FRAME / SAMPLE_RATE,
        level=_mean(levels[heard]),
        snr=snr,
        bandwidth=_bandwidth(samples, heard, mean),
        clipped=_clipped(samples, heard, mean),
        active=active,
    )


def constant(samples: Samples) -> np.float32:
    """What cheap cards add to each sample: the mean."""
    if not len(samples):
        return np.float32(0.0)
    scale = 32_768.0 if samples.dtype == np.int16 else 1.0
    return np.float32(np.mean(samples, dtype=np.float64) / scale)


def joined(
    samples: Samples, heard: NDArray[np.bool_], positions: NDArray[np.integer]
) -> NDArray[np.float32]:
    """The samples at these positions of the heard frames put one behind the other; same shape."""
    frames = np.flatnonzero(heard)[positions // FRAME]
    return floats(samples[frames * FRAME + positions % FRAME])


def _chunks(
    samples: Samples, heard: NDArray[np.bool_], mean: np.float32
) -> Iterator[NDArray[np.float32]]:
    """The heard frames without their mean, (n, FRAME), those of a minute at a time."""
    for first in range(0, len(heard), CHUNK):
        here = heard[first : first + CHUNK]
        piece = floats(samples[first * FRAME : (first + len(here)) * FRAME]).reshape(-1, FRAME)
        yield piece[here] - mean


def reasons(measures: Measures) -> tuple[Reason, ...]:
    """What speaks against judging; nothing for an ordinary voice note."""
    if measures.speech_seconds < ANY_SPEECH:
        return (Reason.NO_SPEECH,)  # the rest would be measures of something else
    found = {
        Reason.TOO_SHORT: measures.speech_seconds < MIN_SPEECH,
        Reason.NOISY: measures.snr < MIN_SNR,
        Reason.TOO_QUIET: measures.level < MIN_LEVEL,
        Reason.CLIPPED: measures.clipped > MAX_CLIPPED,
        Reason.NARROW_BAND: measures.bandwidth < MIN_BANDWIDTH,
    }
    return tuple(reason for reason, is_so in found.items() if is_so)


def _active(
    chunks: Iterator[NDArray[np.float32]], levels: NDArray[np.float32]
) -> NDArray[np.bool_]:
    if not len(levels):
        return np.zeros(0, np.bool_)
    gain = min(LOUD - float(np.quantile(levels, 0.95)), MAX_GAIN)
    scale, detector = 32_767 * 10 ** (gain / 20), webrtcvad.Vad(MODE)
    found: list[bool] = []
    for frames in chunks:
        pcm = np.clip(frames * scale, -32_768, 32_767).astype(np.int16)
        found += [detector.is_speech(frame.tobytes(), SAMPLE_RATE) for frame in pcm]
    return np.array(found, np.bool_)


def _levels(chunks: Iterable[NDArray[np.float32]]) -> NDArray[np.float32]:
    """dBFS of each frame."""
    powers = [np.einsum("ij,ij->i", frames, frames) / FRAME for frames in chunks]
    together = np.concatenate(powers or [np.zeros(0, np.float32)])
    levels: NDArray[np.float32] = 10 * np.log10(together + 10 ** (FLOOR / 10))
    return levels


def _without_rumble(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """The frames without what is below RUMBLE; same shape."""
    spectrum = np.fft.rfft(frames.reshape(-1))
    spectrum[: RUMBLE * frames.size // SAMPLE_RATE] = 0.0
    return np.fft.irfft(spectrum, frames.size).reshape(frames.shape).astype(np.float32)


def _mean(levels: NDArray[np.float32]) -> float:
    """The level of a stretch whose frames have these levels."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else FLOOR


def _snr(levels: NDArray[np.float32], active: NDArray[np.bool_]) -> float:
    # The quietest tenth, not the frames between the speech: there may be none, and without pauses
    # the closures of p, t and k let the room be heard as well.
    if not active.any():
        return 0.0
    noise = np.sort(levels)[: max(1, len(levels) // 10)]
    return _mean(levels[active]) - _mean(noise)


def _clipped(samples: Samples, heard: NDArray[np.bool_], mean: np.float32) -> float:
    """Share of the speech that lies in loud swings with a flat top."""
    length = int(heard.sum()) * FRAME
    peak = _peak(_chunks(samples, heard, mean), length)
    if peak <= 0.0:
        return 0.0
    flat, rest = 0, np.zeros(0, np.float32)
    for frames in _chunks(samples, heard, mean):
        speech = np.concatenate([rest, frames.reshape(-1)])
        starts = np.append(0, np.flatnonzero(np.diff(speech >= 0.0)) + 1)
        # The last swing may go on in the next minute; one that began in the last minute ends here.
        end = int(starts[-1]) or len(speech)
        flat += _flat(speech[:end], starts[starts < end], peak)
        rest = speech[end:]
    if len(rest):
        flat += _flat(rest, np.zeros(1, np.int64), peak)
    return flat / length


def _peak(chunks: Iterator[NDArray[np.float32]], length: int) -> float:
    """The 0.999 quantile of the heights of so many samples: a click is no swing."""
    if not length:
        return 0.0
    place = 0.999 * (length - 1)
    highest, most = np.zeros(0, np.float32), length - math.floor(place)
    for frames in chunks:  # only the highest thousandth of all is kept
        heights = np.concatenate([highest, np.abs(frames).reshape(-1)])
        highest = np.partition(heights, max(0, len(heights) - most))[-most:]
    lower, upper = np.sort(highest)[[0, min(1, most - 1)]].tolist()
    return float(lower + (upper - lower) * (place % 1.0))


def _flat(speech: NDArray[np.float32], starts: NDArray[np.integer], peak: float) -> int:
    """Samples in loud swings with a flat top; `starts`: where each swing begins."""
    heights = np.abs(speech)
    lengths = np.diff(starts, append=len(speech))
    peaks = np.maximum.reduceat(heights, starts)
    in_top = np.add.reduceat(heights >= TOP * np.repeat(peaks, lengths), starts, dtype=np.int64)
    loud = (peaks >= LOUD_SWING * peak) & (lengths >= SHORTEST_SWING)
    return int(lengths[loud & (in_top >= FLAT * lengths)].sum())


def _bandwidth(samples: Samples, heard: NDArray[np.bool_], mean: np.float32) -> float:
    frames = int(heard.sum())
    if frames < 2:
        return 0.0
    starts = np.linspace(0, frames * FRAME - SPECTRUM, min(MAX_SPECTRA, frames)).astype(int)
    cut = joined(samples, heard, starts[:, None] + np.arange(SPECTRUM)) - mean
    powers = np.abs(np.fft.rfft(cut * np.hanning(SPECTRUM).astype(np.float32))) ** 2
    # What the voice reaches now and then: an "s" is rare and the only sound above 5 kHz.
    reached = np.quantile(powers, 0.95, axis=0)
    reached = np.convolve(reached, np.full(5, 0.2), "same")
    reached[: SPECTRUM * LOWEST // SAMPLE_RATE] = 0.0
    audible = np.flatnonzero(reached > reached.max() * 10 ** (AUDIBLE / 10))
    return float(audible[-1]) * SAMPLE_RATE / SPECTRUM if len(audible) else 0.0
