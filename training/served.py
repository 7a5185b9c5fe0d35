"""Clips are answered by the served file through the served path, several at a time."""

import functools
import multiprocessing
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from dataset import manifest
from dataset.manifest import Clip
from inference.audio import SAMPLE_RATE, decode
from inference.detector import Detector
from inference.errors import DetectionError
from inference.judge import judge_samples
from inference.speech import FRAME, Measures, measure
from inference.verdict import Verdict

MAX_SECONDS = 300.0


@dataclass(frozen=True)
class Answer:
    """What the service would say of a clip, and the nuisances that must not have told it."""

    clip: Clip
    verdict: Verdict
    seconds: float  # s of the whole recording
    lead: float  # s before the first speech
    measures: Measures


def answers(
    model: Path, folder: Path, clips: list[Clip], jobs: int
) -> tuple[list[Answer], list[tuple[Clip, str]]]:
    """Answers in the order of `clips`, and the clips that had none, with the reason."""
    good, bad = [], []
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, _load, (model,)) as pool:
        results = pool.imap(functools.partial(_answer, folder), clips, chunksize=8)
        for clip, result in zip(
            clips,
            tqdm(results, total=len(clips), unit="clip", desc=model.stem, disable=None),
            strict=True,
        ):
            if isinstance(result, Answer):
                good.append(result)
            else:
                bad.append((clip, result))
    return good, bad


def of_split(folder: Path, split: str) -> list[Clip]:
    """The clips of a folder that can be scored: human and synthetic ones of a split."""
    return [c for c in manifest.read(folder) if c.split == split and c.label != "noise"]


_detector: Detector  # of this process, which a pool can only be given as a global


def _load(model: Path) -> None:
    global _detector
    _detector = Detector(model)


def _answer(folder: Path, clip: Clip) -> Answer | str:
    try:
        samples = decode((folder / clip.file).read_bytes(), MAX_SECONDS)
    except (DetectionError, OSError) as error:
        return str(error)
    measures = measure(samples)
    spoken = measures.active.nonzero()[0]
    return Answer(
        clip=clip,
        verdict=judge_samples(samples, _detector).verdict,
        seconds=len(samples) / SAMPLE_RATE,
        lead=float(spoken[0]) * FRAME / SAMPLE_RATE if len(spoken) else 0.0,
        measures=measures,
    )
