"""Voices swapped as faces are: one encoder for all speakers, one decoder for each.

preprocess → preprocess.py, spectra.py · train → training.py, network.py, augment.py · convert →
conversion.py. The engine converts every clip of a run's speaker into the run's other voice.
"""

import os
from pathlib import Path

from dataset.engines.copy_synthesis import world
from dataset.engines.engine import Engine, Job, NotReady, Options, Refused, Speech, Synthesiser
from inference.decoding.audio import SAMPLE_RATE


def make(options: Options) -> Synthesiser:
    """Load the run that `--model` names."""
    if not options.model:
        raise NotReady("swap needs --model RUN, the folder of a `swap train`")
    world.check()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # One thread a worker: there is a worker a core.
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
    try:
        from dataset.engines.swap.conversion import Converter
    except ImportError as error:
        raise NotReady(f"needs {ENGINE.needs}: {error}") from error
    converter = Converter(Path(options.model))

    def say(job: Job) -> Speech:
        a = job.clip.speaker
        others = [speaker for speaker in converter.speakers if speaker != a]
        if a not in converter.speakers:
            raise Refused(f"the run knows {', '.join(others)}, and not {a or 'an unnamed speaker'}")
        b = others[job.seed % len(others)]
        samples, _ = converter.convert(job.recording, a, b)
        return Speech(samples, SAMPLE_RATE, system="swap", speaker=b)

    return say


ENGINE = Engine(
    name="swap",
    family="vc",
    languages=(),
    licence="MIT",
    needs="a run of `python -m dataset swap train`; TensorFlow (in the extra training) and "
    + world.NEEDS,
    make=make,
    environment="training",
)
