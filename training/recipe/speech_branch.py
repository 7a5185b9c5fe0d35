"""The speech-encoder branch learns: first its head on frozen frames, then both together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from inference.audio import SAMPLE_RATE
from training.networks.attentive import attentive_head, halved
from training.networks.whisper_encoder import whisper_encoder
from training.networks.whisper_weights import Weights
from training.recipe.copies import Copies
from training.recipe.crops import Crops, Drawing
from training.recipe.frames import LONGEST_INPUT, Frames
from training.recipe.learning import WEIGHTS, Schedule, learn
from training.sizes import HeadSize

HEAD_LENGTHS = (50, 62, 75, 100)  # frames, 25 a second: 2 to 4 s
TUNE_LENGTHS = tuple(round(s * SAMPLE_RATE) for s in (2.0, 2.5, 3.0, 4.0))  # samples
WINDOW = 65_280  # samples of one input in serving: 4.1 s


@dataclass(frozen=True)
class SpeechPlan:
    """How the branch is trained."""

    head: HeadSize = field(default_factory=HeadSize)
    head_batch: int = 96
    head_steps: int = 250  # an epoch
    head_epochs: int = 16
    head_rate: float = 1e-3
    tune_batch: int = 32
    tune_steps: int = 100  # an epoch
    tune_epochs: int = 16
    tune_rate: float = 3e-4  # of the head
    tune_encoder: float = 0.2  # the encoder's share of it
    seed: int = 1


def branch(weights: Weights, size: HeadSize) -> keras.Model:
    """(batch, samples) at 16 kHz → logits (batch, 1) of synthetic speech."""
    samples = keras.Input((None,), name="samples")
    encoder = whisper_encoder(LONGEST_INPUT, weights)
    logits = attentive_head(size)(halved(encoder(samples)))
    return keras.Model(samples, logits, name="speech_branch")


def fit_head(copies: Copies, frames: Frames, run: Path, plan: SpeechPlan) -> keras.Model:
    """The head alone, on frames of the encoder as OpenAI left it."""
    head = attentive_head(plan.head)
    drawing = Drawing(plan.head_batch, plan.head_steps, HEAD_LENGTHS, frames.count, seed=plan.seed)
    clips, usable = copies.clips, _learnt(copies)
    usable = [i for i in usable if all(len(frames.rows(i, c)) for c in range(frames.count))]
    crops = Crops(clips, usable, frames.rows, drawing)
    learn(head, crops, Schedule(plan.head_epochs, plan.head_rate, 0.02), run)
    return head


def fine_tune(
    copies: Copies, weights: Weights, head: keras.Model, run: Path, plan: SpeechPlan
) -> keras.Model:
    """Encoder and head together, on fresh stretches of all copies; float32 again at the end."""
    whole = branch(weights, plan.head)
    whole.get_layer("attentive_head").set_weights(head.get_weights())
    if not (run / WEIGHTS).exists():
        with half_precision():
            learning = branch(weights, plan.head)
        learning.set_weights(whole.get_weights())
        drawing = Drawing(
            plan.tune_batch, plan.tune_steps, TUNE_LENGTHS, copies.count, level=True, seed=plan.seed
        )
        crops = Crops(copies.clips, _learnt(copies), copies.samples, drawing)
        schedule = Schedule(
            plan.tune_epochs,
            plan.tune_rate,
            0.02,
            0.99,
            {"whisper_encoder": plan.tune_encoder},
        )
        learn(learning, crops, schedule, run)
    whole.load_weights(run / WEIGHTS)
    return whole


@contextmanager
def half_precision() -> Iterator[None]:
    """Layers made inside compute in bfloat16 and keep their weights in float32.

    A step of the encoder takes two thirds of the time on a processor that has such instructions.
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


def dev_scores(model: keras.Model, copies: Copies, copy: int) -> NDArray[np.float64]:
    """Mean logit of the windows of each clip of dev, nan for the others; shape (clips,)."""
    scores = np.full(len(copies.clips), np.nan)
    batch: list[tuple[int, NDArray[np.float32]]] = []

    def score(batch: list[tuple[int, NDArray[np.float32]]]) -> None:
        logits = model.predict_on_batch(np.stack([window for _, window in batch]))[:, 0]
        for (index, _), logit in zip(batch, logits, strict=True):
            found.setdefault(index, []).append(float(logit))

    found: dict[int, list[float]] = {}
    for index, clip in enumerate(copies.clips):
        if clip.split != "dev" or clip.label == "noise":
            continue
        samples = copies.samples(index, copy)
        if not len(samples):
            continue
        last = max(0, len(samples) - WINDOW)
        for start in [*range(0, last, WINDOW // 2), last]:
            piece = samples[start : start + WINDOW]
            batch.append((index, np.pad(piece, (0, WINDOW - len(piece)))))
        if len(batch) >= 16:
            score(batch)
            batch = []
    if batch:
        score(batch)
    for index, logits in found.items():
        scores[index] = np.mean(logits)
    return scores


def _learnt(copies: Copies) -> list[int]:
    """The clips of train that hold speech and could be decoded."""
    return [
        i
        for i, clip in enumerate(copies.clips)
        if clip.split == "train" and clip.label != "noise" and len(copies.samples(i, 0)) >= 8_000
    ]
