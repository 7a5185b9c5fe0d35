"""Human clips get synthetic counterparts by one engine: the same sentence, the same pair.

The target folder holds everything of the source folder and the counterparts; several engines can
be run into it one after another.
"""

import functools
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dataset import manifest
from dataset.engines.engine import Engine, Job, Options, Refused, Speech
from dataset.engines.jobs import jobs
from dataset.execution.checkpoint import Journal
from dataset.execution.pool import Pool
from dataset.execution.seeds import seed_of
from dataset.files import link, write_flac
from dataset.manifest import Clip
from dataset.quality.acceptance import faults

if TYPE_CHECKING:
    from dataset.quality.asr import Whisper

SPOKEN_ANEW = {"tts", "formant"}  # families that keep nothing of the recording


@dataclass(frozen=True)
class Outcome:
    made: int
    failed: int
    summary: str


def synthesise(source: Path, target: Path, engine: Engine, options: Options, pool: Pool) -> Outcome:
    """A counterpart of every human clip of `source` by `engine`, as far as it can make one."""
    there, lost = manifest.present(manifest.read(source), source)
    clips = [
        replace(clip, pair=clip.pair or clip.file) if clip.label == "human" else clip
        for clip in there
    ]
    journal = Journal(target, _step(engine, options), writes=True)
    drawn = f"{engine.name} {options.seed}"
    todo = [
        job
        for job in jobs(clips, source, engine, options.seed)
        if seed_of(f"{drawn} {job.clip.file}") < options.share * 2**32
    ]
    make = functools.partial(_Twins, target, engine, options, _alike(todo))
    counterparts = journal.work_through(make, todo, lambda job: job.clip.file, pool)
    for file in lost:
        journal.note(file, manifest.LOST)
    journal.close()
    for clip in clips:
        link(source / clip.file, target / clip.file)
    before = manifest.read(target) if (target / manifest.NAME).exists() else []
    rows = {clip.file: clip for clip in [*before, *clips, *counterparts]}
    manifest.write(rows.values(), target)
    return Outcome(len(counterparts), len(journal.failed), journal.summary())


class _Twins:
    """Makes, checks and writes the counterpart of one clip after another; lives in a worker."""

    def __init__(
        self, target: Path, engine: Engine, options: Options, alike: frozenset[str]
    ) -> None:
        self._target, self._engine, self._alike = target, engine, alike
        self._folder = Path(_folder(engine, options))
        self._whisper = _whisper() if options.check_words else None
        self._say: Callable[[Job], Speech] = engine.make(options)

    def __call__(self, job: Job) -> list[Clip]:
        speech = self._say(job)
        # What copies a recording is as long as it; a text may be read faster or slower.
        seconds = 0.0 if self._engine.family in SPOKEN_ANEW else job.clip.seconds
        wrong = faults(speech.samples, speech.sample_rate, job.clip.text, seconds)
        if self._whisper and job.clip.text and not wrong:
            spoken = speech.language or job.clip.language
            wrong = self._whisper.faults(speech.samples, speech.sample_rate, job.clip.text, spoken)
        if wrong:
            raise Refused("not accepted: " + "; ".join(wrong))
        name = _flac(job.clip.file)
        file = self._folder / (f"{job.clip.file}.flac" if name in self._alike else name)
        write_flac(speech.samples, speech.sample_rate, self._target / file)
        same = speech.speaker == job.clip.speaker
        licence = speech.licence or self._engine.licence
        counterpart = replace(
            job.clip,
            file=str(file),
            label="synthetic",
            system=speech.system,
            family=self._engine.family,
            speaker=speech.speaker,
            sex=job.clip.sex if same else job.target.sex if job.target else "",
            language=speech.language or job.clip.language,
            channel="" if self._engine.family in SPOKEN_ANEW else job.clip.channel,
            licence=f"{licence}; from {job.clip.licence or 'unknown'}",
            seconds=round(len(speech.samples) / speech.sample_rate, 3),
        )
        return [counterpart]


def _whisper() -> "Whisper":
    from dataset.quality.asr import Whisper  # of the extra words, which is not always there

    return Whisper()


def _step(engine: Engine, options: Options) -> str:
    model = f" {options.model}" if options.model else ""
    return f"synthesise {engine.name}{model} seed {options.seed}"


def _folder(engine: Engine, options: Options) -> str:
    """One for each engine, model and seed, so that none writes over another's clips."""
    if not options.model:
        return f"{engine.name}-{options.seed}"
    model = re.sub(r"[^\w.-]+", "-", options.model)[-40:].strip("-.")
    digest = hashlib.sha256(options.model.encode()).hexdigest()[:6]
    return f"{engine.name}-{model}-{digest}-{options.seed}"


def _flac(file: str) -> str:
    return str(Path(file).with_suffix(".flac"))


def _alike(todo: Sequence[Job]) -> frozenset[str]:
    """Names that two clips would share, e.g. a.wav and a.mp3: counterparts keep the suffix too."""
    names = Counter(_flac(file) for file in {job.clip.file for job in todo})
    return frozenset(name for name, count in names.items() if count > 1)
