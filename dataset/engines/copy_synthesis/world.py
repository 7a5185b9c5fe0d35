"""WORLD takes a recording apart into pitch, envelope and breath, and puts it together again.

Morise et al., "WORLD: a vocoder-based high-quality speech synthesis system", IEICE 2016.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.engines import recordings
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser

FRAME = 5.0  # ms
PITCH = (65.0, 700.0)  # Hz, lowest voice of a man to a child's cry
NEEDS = "pip's pyworld-prebuilt (in the extra dataset)"


@dataclass(frozen=True)
class Parts:
    """Parameters that WORLD finds in a recording, a row a frame of 5 ms."""

    pitch: NDArray[np.float64]  # (n_frames,) Hz, 0 where there is no voice
    envelope: NDArray[np.float64]  # (n_frames, n_bins) power
    breath: NDArray[np.float64]  # (n_frames, n_bins) share of noise, 0..1
    rate: int  # Hz


def make(options: Options) -> Synthesiser:
    check()
    return _say


def check() -> None:
    try:
        import pyworld  # noqa: F401
    except ImportError as error:
        raise NotReady(f"needs {NEEDS}: {error}") from error


def take_apart(samples: NDArray[np.float32], rate: int) -> Parts:
    """DIO with StoneMask finds the pitch in a fifth of Harvest's time (0.02 s a second)."""
    import pyworld

    sound = samples.astype(np.float64)
    floor, ceiling = PITCH
    pitch, times = pyworld.dio(
        sound, rate, f0_floor=floor, f0_ceil=ceiling, channels_in_octave=2.0, frame_period=FRAME
    )
    pitch = pyworld.stonemask(sound, pitch, times, rate)
    envelope = pyworld.cheaptrick(sound, pitch, times, rate, f0_floor=floor)
    size = 2 * (envelope.shape[1] - 1)
    breath = pyworld.d4c(sound, pitch, times, rate, fft_size=size)
    return Parts(pitch, envelope, breath, rate)


def put_together(parts: Parts, n_samples: int) -> NDArray[np.float32]:
    """Samples in [-1, 1], as many as asked for."""
    import pyworld

    sound = pyworld.synthesize(parts.pitch, parts.envelope, parts.breath, parts.rate, FRAME)
    if not np.isfinite(sound).all():
        raise Refused("WORLD made something that isn't sound of it")
    loudest = max(1.0, float(np.abs(sound).max()))  # phases differ, so peaks do
    return np.asarray(sound[:n_samples] / loudest, np.float32)


def _say(job: Job) -> Speech:
    samples, rate = recordings.read(job.recording)
    made = put_together(take_apart(samples, rate), len(samples))
    return Speech(made, rate, system="world", speaker=job.clip.speaker)


ENGINE = Engine(
    name="world",
    family="vocoder",
    languages=(),
    licence="MIT",
    needs=NEEDS,
    make=make,
)
