"""The speech-encoder branch: heads learn on frozen frames, then all learn together."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from training.networks.attentive import attentive_head
from training.networks.sizes import HeadSize
from training.networks.whisper_encoder import whisper_encoder
from training.networks.whisper_weights import Weights
from training.recipe import frames
from training.recipe.copies import Copies
from training.recipe.crops import Crops, Drawing
from training.recipe.frames import LONGEST_INPUT, Frames
from training.recipe.learning import Schedule, learn

TUNED = "tuned"  # folder of the weights of encoder and heads together
LENGTHS = (100, 124, 150, 200)  # frames, 50 a second: 2 to 4 s
TUNED_LENGTHS = (32_000, 40_000, 48_000)  # samples: 2 to 3 s
SHORTEST = 8_000  # samples; a shorter clip teaches nothing


@dataclass(frozen=True)
class Tuning:
    """How encoder and heads learn together."""

    batch: int = 32
    steps: int = 100  # an epoch
    epochs: int = 20
    learning_rate: float = 3e-4  # of the heads
    encoder: float = 0.033  # share of it that the encoder's weights learn at
    share: float = 0.5  # of the tuned weights in those that serve; the rest as before tuning


@dataclass(frozen=True)
class SpeechPlan:
    """How the branch is trained."""

    size: HeadSize = field(default_factory=HeadSize)
    heads: int = 3  # trained from different seeds, their logits averaged
    batch: int = 96
    steps: int = 250  # an epoch
    epochs: int = 16
    learning_rate: float = 1e-3
    tuning: Tuning = field(default_factory=Tuning)
    seed: int = 1  # of the first head; the next ones have the next numbers


def fit_branch(copies: Copies, weights: Weights, out: Path, plan: SpeechPlan) -> keras.Model:
    """(batch, samples) at 16 kHz → mean of the heads' logits (batch, 1) of synthetic speech.

    Leaves `frames/`, `head-1/`, `head-2/` … and `tuned/` in `out`, and does not do again what is
    there.
    """
    heads = fit_heads(copies, frames.make(copies, out / "frames", weights), out, plan)
    encoder = whisper_encoder(LONGEST_INPUT, weights)
    if plan.tuning.epochs:
        tune(encoder, heads, copies, out / TUNED, plan)
    samples = keras.Input((None,), name="samples")
    heard = encoder(samples)
    logits = [head(heard) for head in heads]
    mean = layers.Average()(logits) if len(logits) > 1 else logits[0]
    return keras.Model(samples, mean, name="speech_branch")


def fit_heads(copies: Copies, heard: Frames, out: Path, plan: SpeechPlan) -> list[keras.Model]:
    """Heads on frames of the encoder as OpenAI left it."""
    usable = [i for i in _learnt(copies) if all(len(heard.rows(i, c)) for c in _all(heard))]
    heads = []
    for number in range(plan.heads):
        seed = plan.seed + number
        drawing = Drawing(plan.batch, LENGTHS, heard.count, seed=seed)
        head = attentive_head(plan.size, f"head_{number + 1}")
        crops = Crops(copies.clips, usable, heard.rows, drawing)
        schedule = Schedule(plan.epochs, plan.steps, plan.learning_rate, 0.02, seed=seed)
        learn(head, crops.batch, schedule, out / f"head-{number + 1}")
        heads.append(head)
    return heads


def tune(
    encoder: keras.Model, heads: list[keras.Model], copies: Copies, run: Path, plan: SpeechPlan
) -> None:
    """Encoder and heads learn together on stretches of the copies; each head has its own loss.

    Mixup (Zhang 2018) mixes the encoder's frames: two voices in one sound are another question.
    What serves lies between the weights before and after (WiSE-FT, Wortsman 2022): tuned ones know
    the engines of training better, those before them the ones that are not in it.
    """
    samples = keras.Input((None,), name="samples")
    other, share = keras.Input((), dtype="int32", name="other"), keras.Input((1,), name="share")
    mixed = Mixed(name="mixed")([encoder(samples), other, share])
    logits = [head(mixed) for head in heads]
    model = keras.Model(
        [samples, other, share], layers.Concatenate()(logits) if len(logits) > 1 else logits[0]
    )
    how = plan.tuning
    drawing = Drawing(how.batch, TUNED_LENGTHS, copies.count, seed=plan.seed)
    crops = Crops(copies.clips, _learnt(copies), copies.samples, drawing)

    def draw(epoch: int, step: int) -> tuple[Any, Any]:
        x, y = crops.unmixed(epoch, step)
        return x, np.repeat(y, len(heads), axis=1)

    slower = {weight.path: how.encoder for weight in encoder.trainable_variables}
    schedule = Schedule(
        how.epochs, how.steps, how.learning_rate, 0.02, 0.99, slower, seed=plan.seed
    )
    before = model.get_weights()
    learn(model, draw, schedule, run)
    pairs = zip(before, model.get_weights(), strict=True)
    model.set_weights([old + how.share * (new - old) for old, new in pairs])


class Mixed(layers.Layer):  # type: ignore[misc]
    """Frames (batch, frames, n), partners (batch,), their shares (batch, 1) → the mixed frames."""

    def call(self, inputs: Any) -> Any:
        x, other, share = inputs
        return x + share[:, :, None] * (ops.take(x, other, axis=0) - x)


def _all(heard: Frames) -> range:
    return range(heard.count)


def _learnt(copies: Copies) -> list[int]:
    """The clips of train that hold speech and could be decoded."""
    return [
        i
        for i, clip in enumerate(copies.clips)
        if clip.split == "train" and clip.label != "noise" and len(copies.samples(i, 0)) >= SHORTEST
    ]
