"""Random generators of engines: the same job always draws the same."""

import zlib

import numpy as np

from dataset.engines.engine import Job, Options


def for_speaker(job: Job, options: Options) -> np.random.Generator:
    """The same for all clips of a speaker, so that one speaker gets one voice. Unknown: a clip."""
    if not job.clip.speaker:
        return np.random.default_rng((options.seed, job.seed))
    return np.random.default_rng((options.seed, zlib.crc32(job.clip.speaker.encode())))
