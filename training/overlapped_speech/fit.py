"""`python -m training overlap`: fit the small network that hears several people at once, and music.

Learns from mixtures of two people's clips; its limits are set on sources that it has not learnt
from, and what it is worth is measured on dev, where every source is another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import onnx
from keras import layers

from dataset import manifest
from dataset.files import sha256
from dataset.manifest import Clip
from dataset.onnx_export import traced
from inference.overlap import COLUMNS, SPEC, OverlapCard, OverlapNetwork
from training.overlapped_speech.examples import Examples, Pool, examples, held_out, split_noises
from training.overlapped_speech.measures import choose, measure
from training.overlapped_speech.mixtures import Ear, Voice, load

EPOCHS, BATCH, RATE = 10, 64, 2e-3
MACHINES = 2_000  # clips; a voice is a voice, and reading them takes longest
SURE = 0.02  # the network is not asked to be surer than 1 % and 99 %
WEIGHTS = (1.0, 0.5)  # of overlap and music in the loss
FILTERS = ((8, (5, 7)), (24, 3), (40, 3), (48, 3))


def overlap(
    clips: Path, model: Path, target: Path, work: Path, music: Path | None, seed: int
) -> OverlapCard:
    """Write the network and its card to `target`.

    Examples in `work` are used again; a network that is there is only measured again.
    """
    listed = [clip for clip in manifest.read(clips) if clip.split == "train"]
    pool, held = _pools(listed, clips, seed)
    ear = Ear(model, SPEC)
    if not target.exists():
        stored = work / "examples.npz"
        if not stored.exists():
            work.mkdir(parents=True, exist_ok=True)
            examples(pool, ear, seed).save(stored)
        target.parent.mkdir(parents=True, exist_ok=True)
        keras.utils.set_random_seed(seed)
        onnx.save(traced(fit(Examples.load(stored), seed)), target)
    card = write_card(target)
    card = choose(card, OverlapNetwork(target), ear, held, seed)
    _write(card, target)
    measured = measure(OverlapNetwork(target), ear, clips, music, seed)
    card = replace(card, measured={**card.measured, **measured})
    _write(card, target)
    return card


def write_card(target: Path) -> OverlapCard:
    """A card without a limit: the network believes nothing yet."""
    card = OverlapCard(sha256(target))
    _write(card, target)
    return card


def _write(card: OverlapCard, target: Path) -> None:
    target.with_suffix(".json").write_text(card.to_json())


def _pools(clips: Sequence[Clip], folder: Path, seed: int) -> tuple[Pool, Pool]:
    """Split into training and held-out data: by sources of voices and files of noises."""
    people = load([clip for clip in clips if clip.label == "human"], folder)
    synthetic = [clip for clip in clips if clip.label == "synthetic"]
    some = np.random.default_rng(seed).permutation(len(synthetic))[:MACHINES]
    machines = load([synthetic[number] for number in some], folder)
    noises = load([clip for clip in clips if clip.label == "noise"], folder, least=0.3)

    def pool(held: bool) -> Pool:
        def of_source(voices: Sequence[Voice]) -> list[Voice]:
            return [voice for voice in voices if held_out(voice.clip.source) == held]

        own = [voice for voice in noises if held_out(voice.clip.file) == held]
        return Pool(of_source(people), of_source(machines), *split_noises(own))

    return pool(False), pool(True)


def fit(shown: Examples, seed: int) -> keras.Model:
    """Train the network; its two outputs are logits."""
    network = build(shown.looks.shape[2])
    steps = len(shown.looks) // BATCH * EPOCHS
    schedule = keras.optimizers.schedules.CosineDecay(RATE, steps)
    network.compile(keras.optimizers.AdamW(schedule, weight_decay=1e-3), _loss)
    for step, (seen, heard) in enumerate(_batches(shown, np.random.default_rng(seed))):
        loss = network.train_on_batch(seen, heard)
        if step % 100 == 0:
            print(f"step {step} of {steps}: loss {float(loss):.3f}", flush=True)
    return network


def build(n_bins: int) -> keras.Model:
    """Four convolutions and their mean: pitches are lines, and two voices cross each other's."""
    seen = keras.Input((COLUMNS, n_bins))
    inner = layers.AveragePooling2D((2, 1))(layers.Reshape((COLUMNS, n_bins, 1))(seen))
    for filters, size in FILTERS:
        inner = layers.Conv2D(filters, size, strides=2, padding="same", use_bias=False)(inner)
        inner = layers.ReLU()(layers.BatchNormalization()(inner))
    inner = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(inner))
    return keras.Model(seen, layers.Dense(2)(inner))


def _loss(heard: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Cross entropy where the truth is known."""
    ops = keras.ops
    known = ops.cast(heard >= 0, "float32") * ops.convert_to_tensor(WEIGHTS)
    wanted = ops.maximum(heard, 0.0) * (1 - SURE) + SURE / 2
    return ops.mean(known * ops.binary_crossentropy(wanted, logits, from_logits=True))


def _batches(
    shown: Examples, random: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Every example once an epoch, each time through another microphone."""
    n_bins = shown.looks.shape[2]
    ramp, bins = np.linspace(-0.5, 0.5, n_bins, dtype=np.float32), np.arange(n_bins)
    for _ in range(EPOCHS):
        order = random.permutation(len(shown.looks))
        for first in range(0, len(order) - BATCH + 1, BATCH):
            some = np.sort(order[first : first + BATCH])
            seen = shown.looks[some].astype(np.float32) / 255
            tilt = random.uniform(-0.25, 0.25, (BATCH, 1, 1)).astype(np.float32) * ramp
            seen = np.where(seen > 0, seen + tilt, seen)
            edge = np.where(random.random(BATCH) < 0.3, random.uniform(110, n_bins, BATCH), n_bins)
            seen -= 0.5 * (bins > edge[:, None]).astype(np.float32)[:, None, :]  # a narrow band
            steeper = random.uniform(0.85, 1.15, (BATCH, 1, 1)).astype(np.float32)
            yield np.clip(1 - (1 - seen) * steeper, 0, 1), shown.truths[some].astype(np.float32)
