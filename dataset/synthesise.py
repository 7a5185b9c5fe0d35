"""Human clips get synthetic twins by one engine: the same sentence, the same pair.

The target folder holds everything of the source folder and the twins; several engines can be run
into it one after another.
"""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dataset import manifest
from dataset.acceptance import faults
from dataset.engines.engine import Engine, Job, Options, Refused, Speech
from dataset.files import link, write_flac
from dataset.journal import Journal
from dataset.manifest import Clip
from dataset.pool import Pool

REFERENCES = 8  # recordings of a voice that a cloning engine is given, the longest ones


@dataclass(frozen=True)
class Outcome:
    made: int
    failed: int
    summary: str


def synthesise(source: Path, target: Path, engine: Engine, options: Options, pool: Pool) -> Outcome:
    """A twin of every human clip of `source` by `engine`, as far as it can make one."""
    clips = [
        replace(clip, pair=clip.pair or clip.file) if clip.label == "human" else clip
        for clip in manifest.read(source)
    ]
    before = manifest.read(target) if (target / manifest.NAME).exists() else []
    journal = Journal(target, _step(engine, options))
    todo = jobs(clips, source, engine, options.seed)
    make = functools.partial(_Twins, target, engine, options)
    twins = journal.work_through(make, todo, lambda job: job.clip.file, pool)
    journal.close()
    for clip in clips:
        link(source / clip.file, target / clip.file)
    rows = {clip.file: clip for clip in [*before, *clips, *twins]}
    manifest.write(rows.values(), target)
    return Outcome(len(twins), len(journal.failed), journal.summary())


def jobs(clips: Sequence[Clip], source: Path, engine: Engine, seed: int) -> list[Job]:
    """One for each human clip; a converter's has another speaker to become."""
    human = [clip for clip in clips if clip.label == "human"]
    voices: dict[str, list[Clip]] = defaultdict(list)
    for clip in sorted(human, key=lambda clip: (-clip.seconds, clip.file)):
        if clip.speaker:
            voices[clip.speaker].append(clip)
    made = []
    for clip in human:
        own = _seed(seed, clip.file)
        target = _target(clip, voices, own) if engine.converts else None
        made.append(
            Job(
                clip,
                source / clip.file,
                _recordings(clip, voices.get(clip.speaker, []), source),
                own,
                target,
                _recordings(clip, voices[target.speaker], source) if target else (),
            )
        )
    return made


class _Twins:
    """Makes, checks and writes the twin of one clip after another; lives in a worker."""

    def __init__(self, target: Path, engine: Engine, options: Options) -> None:
        self._target, self._engine, self._options = target, engine, options
        self._say: Callable[[Job], Speech] = engine.make(options)

    def __call__(self, job: Job) -> list[Clip]:
        speech = self._say(job)
        wrong = faults(speech.samples, speech.sample_rate, job.clip.text)
        if wrong:
            raise Refused("not accepted: " + "; ".join(wrong))
        folder = Path(f"{self._engine.name}-{self._options.seed}")
        file = folder / Path(job.clip.file).with_suffix(".flac")
        write_flac(speech.samples, speech.sample_rate, self._target / file)
        same = speech.speaker == job.clip.speaker
        twin = replace(
            job.clip,
            file=str(file),
            label="synthetic",
            system=speech.system,
            family=self._engine.family,
            speaker=speech.speaker,
            sex=job.clip.sex if same else job.target.sex if job.target else "",
            language=speech.language or job.clip.language,
            source=job.clip.source,
            licence=f"{self._engine.licence}; from {job.clip.licence or 'unknown'}",
            seconds=round(len(speech.samples) / speech.sample_rate, 3),
        )
        return [twin]


def _step(engine: Engine, options: Options) -> str:
    model = f" {options.model}" if options.model else ""
    return f"synthesise {engine.name}{model} seed {options.seed}"


def _seed(seed: int, file: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {file}".encode()).digest()[:4], "big")


def _recordings(clip: Clip, voice: Sequence[Clip], source: Path) -> tuple[Path, ...]:
    """Of a voice, without the clip itself and without its sentence."""
    others = [
        source / other.file
        for other in voice
        if other.file != clip.file
        and not (clip.text and other.text == clip.text)
        and not (clip.pair and other.pair == clip.pair)
    ]
    return tuple(others[:REFERENCES])


def _target(clip: Clip, voices: dict[str, list[Clip]], seed: int) -> Clip | None:
    """Another speaker's clip, of the same language where there is one, on the same side."""
    others = sorted(
        speaker
        for speaker, recordings in voices.items()
        if speaker != clip.speaker and recordings[0].split == clip.split
    )
    alike = [name for name in others if voices[name][0].language == clip.language] or others
    return voices[alike[seed % len(alike)]][0] if alike else None
