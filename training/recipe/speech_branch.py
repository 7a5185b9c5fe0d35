"""The speech-encoder branch: heads learn on the frozen encoder's frames and are averaged."""

from dataclasses import dataclass, field
from pathlib import Path

import keras
from keras import layers

from training.networks.attentive import attentive_head, halved
from training.networks.sizes import HeadSize
from training.networks.whisper_encoder import whisper_encoder
from training.networks.whisper_weights import Weights
from training.recipe.copies import Copies
from training.recipe.crops import Crops, Drawing
from training.recipe.frames import LONGEST_INPUT, Frames
from training.recipe.learning import Schedule, learn

LENGTHS = (50, 62, 75, 100)  # frames, 25 a second: 2 to 4 s
SHORTEST = 8_000  # samples; a shorter clip teaches nothing


@dataclass(frozen=True)
class SpeechPlan:
    """How the branch is trained."""

    size: HeadSize = field(default_factory=HeadSize)
    heads: int = 2  # trained from different seeds, their logits averaged
    batch: int = 96
    steps: int = 250  # an epoch
    epochs: int = 16
    learning_rate: float = 1e-3
    seed: int = 1  # of the first head; the next ones have the next numbers


def branch(weights: Weights, heads: list[keras.Model]) -> keras.Model:
    """(batch, samples) at 16 kHz → mean of the heads' logits (batch, 1) of synthetic speech."""
    samples = keras.Input((None,), name="samples")
    frames = halved(whisper_encoder(LONGEST_INPUT, weights)(samples))
    logits = [head(frames) for head in heads]
    mean = layers.Average()(logits) if len(logits) > 1 else logits[0]
    return keras.Model(samples, mean, name="speech_branch")


def fit_heads(copies: Copies, frames: Frames, out: Path, plan: SpeechPlan) -> list[keras.Model]:
    """Heads on frames of the encoder as OpenAI left it; folders `head-1`, `head-2` … in `out`."""
    usable = [i for i in _learnt(copies) if all(len(frames.rows(i, c)) for c in _all(frames))]
    schedule = Schedule(plan.epochs, plan.learning_rate, 0.02)
    heads = []
    for number in range(plan.heads):
        drawing = Drawing(plan.batch, plan.steps, LENGTHS, frames.count, seed=plan.seed + number)
        head = attentive_head(plan.size, f"head_{number + 1}")
        crops = Crops(copies.clips, usable, frames.rows, drawing)
        learn(head, crops, schedule, out / f"head-{number + 1}")
        heads.append(head)
    return heads


def _all(frames: Frames) -> range:
    return range(frames.count)


def _learnt(copies: Copies) -> list[int]:
    """The clips of train that hold speech and could be decoded."""
    return [
        i
        for i, clip in enumerate(copies.clips)
        if clip.split == "train" and clip.label != "noise" and len(copies.samples(i, 0)) >= SHORTEST
    ]
