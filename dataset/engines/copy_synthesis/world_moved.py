"""WORLD with another pitch and other formants: the same words from a throat that isn't there."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dataset.engines import draws, recordings
from dataset.engines.copy_synthesis import world
from dataset.engines.copy_synthesis.world import Parts
from dataset.engines.engine import Engine, Job, Options, Speech, Synthesiser

LEAST, MOST = 2.0, 6.0  # semitones: fewer leave the speaker as he is, more sound like a cartoon
FORMANTS_SHARE = 0.35  # of the pitch's way: a woman's formants lie 15 to 20 % over a man's, her
# pitch 60 to 80 % (Peterson and Barney 1952)
MELODY = (0.8, 1.25)  # how far the pitch moves about its middle, against the recording


def make(options: Options) -> Synthesiser:
    world.check()

    def say(job: Job) -> Speech:
        samples, rate = recordings.read(job.recording)
        rng = draws.for_speaker(job, options)
        up = 1.0 if rng.uniform() < 0.5 else -1.0
        semitones = up * rng.uniform(LEAST, MOST)
        shifts = semitones, semitones * FORMANTS_SHARE * rng.uniform(0.7, 1.3)
        parts = move(world.take_apart(samples, rate), *shifts, melody=rng.uniform(*MELODY))
        made = world.put_together(parts, len(samples))
        speaker = f"{job.clip.speaker}-moved" if job.clip.speaker else ""
        return Speech(made, rate, system="world-moved", speaker=speaker)

    return say


def move(parts: Parts, pitch: float, formants: float, melody: float) -> Parts:
    """Pitch and formants higher by semitones, and the pitch's way about its middle stretched."""
    voiced = parts.pitch > 0.0
    moved = np.zeros_like(parts.pitch)
    if voiced.any():
        steps = np.log2(parts.pitch[voiced])
        middle = np.median(steps)
        moved[voiced] = 2.0 ** (middle + melody * (steps - middle) + pitch / 12.0)
    ratio = 2.0 ** (formants / 12.0)
    return replace(
        parts,
        pitch=moved,
        envelope=np.exp(_stretch(np.log(parts.envelope), ratio)),
        breath=_stretch(parts.breath, ratio),
    )


def _stretch(spectra: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    """Every row drawn out along its frequencies: what lay at f lies at f × ratio."""
    n_bins = spectra.shape[1]
    places = np.minimum(np.arange(n_bins) / ratio, n_bins - 1.0)
    below = np.minimum(places.astype(int), n_bins - 2)
    part = places - below
    return np.ascontiguousarray(spectra[:, below] * (1.0 - part) + spectra[:, below + 1] * part)


ENGINE = Engine(
    name="world-moved",
    family="vc",
    languages=(),
    licence="MIT",
    needs=world.NEEDS,
    make=make,
)
