"""What every engine is asked for and what it answers: the synthetic counterpart of a human clip."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.manifest import Clip


class Refused(Exception):
    """This clip can't get a counterpart from this engine; the message is a plain reason."""


class NotReady(Exception):
    """The engine can't work here; the message says what must be installed or answered."""


@dataclass(frozen=True)
class Options:
    """What the operator chose for an engine."""

    model: str | None = None  # a name or a path, where the engine has a choice
    accept_licence: bool = False  # of weights that are not free to use, e.g. XTTS's CPML
    seed: int = 1
    device: str = "cpu"  # or "cuda"
    check_words: bool = False  # let Whisper hear whether the text is said
    share: float = 1.0  # of the human clips, drawn by seed, that get a counterpart


@dataclass(frozen=True)
class Job:
    """A human clip whose counterpart is wanted."""

    clip: Clip
    recording: Path
    references: tuple[Path, ...]  # other recordings of its speaker, none of the same sentence
    seed: int  # of this clip alone, so that no worker or order matters
    target: Clip | None = None  # whose voice a converter is to give it; None: the engine decides
    target_recordings: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Speech:
    """What an engine said."""

    samples: NDArray[np.float32]  # mono, in [-1, 1]
    sample_rate: int  # Hz
    system: str  # e.g. "kokoro", "world-moved"
    speaker: str  # whose voice it is, e.g. that of the clip, or "kokoro-pf_dora"
    language: str = ""  # when it is not the clip's
    licence: str = ""  # of the weights, of engines that have many models; else the engine's


Synthesiser = Callable[[Job], Speech]


@dataclass(frozen=True)
class Engine:
    """A way to make synthetic speech. `make` loads it, once in every worker."""

    name: str
    family: str  # "tts", "vc", "vocoder", "formant"
    languages: tuple[str, ...]  # BCP 47; empty: whatever the recording is in
    licence: str  # of the program and of its weights
    needs: str  # what must be installed, one sentence
    make: Callable[[Options], Synthesiser]
    environment: str = "dataset"  # or "coqui", "training": see scripts/synthesise
    cpus: float = 1.0
    gpus: float = 0.0
    converts: bool = False  # wants Job.target: another speaker's voice
