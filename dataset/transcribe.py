"""Clips without a text get the one that Whisper hears in them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from dataset import manifest
from dataset.engines import recordings
from dataset.engines.engine import Refused
from dataset.execution.checkpoint import Journal, Outcome
from dataset.execution.pool import Pool
from dataset.files import link
from dataset.manifest import Clip
from dataset.quality.asr import RATE, Whisper


def transcribe(source: Path, target: Path, pool: Pool) -> Outcome:
    """Leave all clips of `source`, those without a text with the one that is heard in them.

    Noise gets none, and what no words are heard in is kept without. What is not there is left out.
    """
    clips, lost = manifest.present(manifest.read(source), source)
    todo = [clip for clip in clips if not clip.text and clip.label != "noise"]
    journal = Journal(target, "transcribe", writes=True)
    make = partial(_listener, source)
    written = journal.work_through(make, todo, lambda clip: clip.file, pool)
    for file in lost:
        journal.note(file, manifest.LOST)
    outcome = journal.close(len(clips))
    for clip in clips:
        link(source / clip.file, target / clip.file)
    texts = {clip.file: clip for clip in written}
    manifest.write([texts.get(clip.file, clip) for clip in clips], target)
    return outcome


def _listener(source: Path) -> Callable[[Clip], list[Clip]]:
    whisper = Whisper()

    def listen(clip: Clip) -> list[Clip]:
        samples, rate = recordings.read(source / clip.file)
        heard = whisper.hear(recordings.at(RATE, samples, rate), clip.language)
        if heard.doubt:
            raise Refused(heard.doubt)
        return [replace(clip, text=heard.text, language=clip.language or heard.language)]

    return listen
