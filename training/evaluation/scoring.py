"""Clips are answered by the served file through the served path, several at a time."""

import functools
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from dataset.manifest import Clip
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.detector import Detector
from inference.errors import DetectionError
from inference.pipeline import judge_samples
from inference.speech import FRAME, Measures
from inference.verdict import Verdict
from training.evaluation.conditions import MAX_SECONDS, Condition
from training.evaluation.score_cache import Known, ScoreCache


@dataclass(frozen=True)
class Answer:
    """What the service would say of a clip, and the confounders that must not have told it."""

    clip: Clip
    verdict: Verdict
    seconds: float  # s of the whole recording
    lead: float  # s before the first speech
    measures: Measures
    logits: tuple[float, ...] = ()  # what each branch adds to the calibrated logit


@dataclass(frozen=True)
class Task:
    """Clips to be heard as one recording, after what `condition` does to it."""

    clips: tuple[Clip, ...]
    condition: Condition | None = None


def answers(
    model: Path, folder: Path, clips: Sequence[Clip], jobs: int, memory: Path | None = None
) -> tuple[list[Answer], list[tuple[Clip, str]]]:
    """Answers in the order of `clips`, and the clips that had none, with the reason.

    What `memory`, a folder, already knows of this model and these files is not scored again.
    """
    results = answered(model, folder, [Task((clip,)) for clip in clips], jobs, memory)
    good, bad = [], []
    for clip, result in zip(clips, results, strict=True):
        if isinstance(result, Answer):
            good.append(result)
        else:
            bad.append((clip, result))
    return good, bad


def answered(
    model: Path, folder: Path, tasks: Sequence[Task], jobs: int, memory: Path | None = None
) -> list[Answer | str]:
    """An answer, or the reason why there is none, for each task, in their order."""
    remembered = ScoreCache(memory, model)
    keys = [remembered.key(folder, task.clips, _name(task.condition)) for task in tasks]
    missing = {key: task for key, task in zip(keys, tasks, strict=True) if key not in remembered}
    reasons: dict[str, str] = {}
    with _results(model, folder, list(missing.values()), jobs) as results:
        bar = tqdm(results, total=len(missing), unit="clip", desc=model.stem, disable=None)
        for key, result in zip(missing, bar, strict=True):
            if isinstance(result, Answer):
                remembered.add(key, _known(result))
            else:
                reasons[key] = result
    return [
        reasons[key] if key in reasons else Answer(together(task.clips), *remembered[key])
        for key, task in zip(keys, tasks, strict=True)
    ]


def _known(answer: Answer) -> Known:
    return Known(answer.verdict, answer.seconds, answer.lead, answer.measures, answer.logits)


def _name(condition: Condition | None) -> str:
    return repr(condition) if condition else ""


def together(clips: tuple[Clip, ...]) -> Clip:
    """What is known of clips that are heard as one."""
    return replace(
        clips[0], file="+".join(c.file for c in clips), seconds=sum(c.seconds for c in clips)
    )


@contextmanager
def _results(
    model: Path, folder: Path, tasks: list[Task], jobs: int
) -> Iterator[Iterator[Answer | str]]:
    if not tasks:  # then no process need load the model
        yield iter(())
        return
    with multiprocessing.get_context("spawn").Pool(jobs, _load, (model,)) as pool:
        yield pool.imap(functools.partial(_answer, folder), tasks, chunksize=8)


_detector: Detector  # of this process, which a pool can only be given as a global


def _load(model: Path) -> None:
    global _detector
    _detector = Detector(model)


def _answer(folder: Path, task: Task) -> Answer | str:
    try:
        parts = [decode((folder / clip.file).read_bytes(), MAX_SECONDS) for clip in task.clips]
        samples = np.concatenate(parts)
        if task.condition:
            samples = task.condition(samples)
    except (DetectionError, OSError) as error:
        return str(error)
    judgement = judge_samples(samples, _detector)
    measures = judgement.measures
    spoken = measures.active.nonzero()[0]
    return Answer(
        clip=together(task.clips),
        verdict=judgement.verdict,
        seconds=len(samples) / SAMPLE_RATE,
        lead=float(spoken[0]) * FRAME / SAMPLE_RATE if len(spoken) else 0.0,
        measures=measures,
        logits=judgement.logits,
    )
