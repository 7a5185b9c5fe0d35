"""`python -m training evaluate`: a model and a folder of clips become a card and its figures."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dataset import manifest
from dataset.manifest import Clip, of_split
from inference.detector import Detector
from training.evaluation import peers
from training.evaluation.evaluation import figures
from training.evaluation.parity import parity
from training.evaluation.served import Answer, answers
from training.evaluation.slices import ALL_CLIPS, named
from training.evaluation.stress import Stress, stressed
from training.report import details, numbers, sections
from training.report.accuracy import accuracy
from training.report.report import Findings, model_card
from training.report.tables import rows


@dataclass(frozen=True)
class Order:
    """What is to be measured, and where the results go."""

    model: Path
    clips: Path  # folder with a manifest
    split: str
    jobs: int
    memory: Path | None = None  # folder that keeps answers between calls
    train: Path | None = None  # folder whose train split the model learnt from
    stress: Stress = field(default_factory=Stress)
    peers: dict[str, Path] = field(default_factory=dict)  # tables of scores by a detector's name
    card: Path | None = None  # file to write
    figures: Path | None = None  # folder to write
    accuracy: Path | None = None  # file for the bot to write
    shipped: Path | None = None  # whom it is about, where `model` is only the twin


def examine(order: Order) -> list[tuple[Clip, str]]:
    """Print the short figures, write what was asked for; the clips that could not be scored.

    Raises ValueError for a split without clips, and for what would be measured and told nowhere.
    """
    _refuse_vain(order)
    if order.card:  # which nobody wants to fail on after hours of work
        order.card.parent.mkdir(parents=True, exist_ok=True)
    others = {name: peers.read(path) for name, path in order.peers.items()}  # before the long work
    clips = of_split(order.clips, order.split)
    good, bad = answers(order.model, order.clips, clips, order.jobs, order.memory)
    for clip, reason in bad:
        print(f"not scored: {clip.file}: {reason}", file=sys.stderr)
    if order.memory:
        peers.write(good, order.memory / f"{order.model.stem}-{order.split}.csv")
    difference = parity(order.model, order.clips, [answer.clip for answer in good])
    if order.card or order.figures or order.accuracy:
        _write(order, good, difference, others)
    shown = {order.split if name == ALL_CLIPS else name: some for name, some in named(good).items()}
    print(rows("", {name: figures(some) for name, some in shown.items()}))
    print(sections.held(Detector(order.model).card.training.get("band")))
    print(f"constant-Q layer against librosa: within {difference:.3f} dB")
    return bad


def _refuse_vain(order: Order) -> None:
    """What only a card or its figures tell is not asked for without them."""
    stress = order.stress
    asked = {
        "--conditions": stress.kinds,
        "--limit": stress.limit != Stress.limit,
        "--noise": any(not noise.is_relative_to(order.clips) for noise in stress.noises),
        "--peer": order.peers,
        "--train": order.train,
    }
    vain = [option for option, given in asked.items() if given]
    if vain and not (order.card or order.figures or order.accuracy):
        raise ValueError(
            f"{', '.join(vain)}: without --out, --figures or --accuracy nothing would tell it"
        )


def _write(
    order: Order, good: list[Answer], difference: float, others: dict[str, dict[str, float]]
) -> None:
    conditions = stressed(order.model, order.clips, good, order.stress, order.jobs, order.memory)
    train = [clip for clip in manifest.read(order.train or order.clips) if clip.split == "train"]
    known = {clip.system for clip in train if clip.label == "synthetic"}
    if order.figures:
        details.write(order.model, good, order.figures, conditions, others)
        numbers.write(order.model, order.split, good, order.figures, conditions, others, known)
    if order.accuracy:
        shipped = order.shipped or order.model
        told = accuracy(shipped, order.model, order.split, good, conditions, known)
        order.accuracy.parent.mkdir(parents=True, exist_ok=True)
        order.accuracy.write_text(told.to_json(), encoding="utf-8")
    if order.card:
        findings = Findings(
            split=order.split,
            train=train,
            conditions=conditions,
            peers=others,
            figures=os.path.relpath(order.figures, order.card.parent) if order.figures else "",
        )
        page = model_card(order.model, good, difference, findings)
        order.card.write_text(page, encoding="utf-8")
