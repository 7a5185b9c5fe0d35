"""`python -m training evaluate`: a model and a folder of clips become a card and its figures."""

import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

from dataset import manifest
from dataset.manifest import Clip, of_split
from inference.detector import Detector
from training.evaluation import baselines
from training.evaluation.cqt_parity import parity
from training.evaluation.figures import figures
from training.evaluation.robustness import RobustnessConfig, scored_under_conditions
from training.evaluation.scoring import Answer, answers
from training.evaluation.slices import ALL_CLIPS, named
from training.report import details, numbers, sections
from training.report.accuracy import accuracy
from training.report.model_card import Findings, model_card
from training.report.tables import leanings, rows

SEED = 1  # of the clips without speech that are drawn


@dataclass(frozen=True)
class EvalConfig:
    """What is to be measured, and where the results go."""

    model: Path
    clips: Path  # folder with a manifest
    split: str
    jobs: int
    memory: Path | None = None  # folder that keeps answers between calls
    train: Path | None = None  # folder whose train split the model learnt from
    robustness: RobustnessConfig = field(default_factory=RobustnessConfig)
    baselines: dict[str, Path] = field(default_factory=dict)  # tables of scores, by detector
    without_speech: int = 0  # clips of the label noise, of any split, to be refused
    card: Path | None = None  # file to write
    figures: Path | None = None  # folder to write
    accuracy: Path | None = None  # file for the bot to write
    shipped: Path | None = None  # whom it is about, where `model` is only the reference model


def evaluate(config: EvalConfig) -> list[tuple[Clip, str]]:
    """Print the short figures, write what was asked for; the clips that could not be scored.

    Raises ValueError for a split without clips, and for what would be measured and told nowhere.
    """
    _refuse_vain(config)
    if config.card:  # which nobody wants to fail on after hours of work
        config.card.parent.mkdir(parents=True, exist_ok=True)
    others = {name: baselines.read(path) for name, path in config.baselines.items()}
    clips = of_split(config.clips, config.split)
    good, bad = answers(config.model, config.clips, clips, config.jobs, config.memory)
    for clip, reason in bad:
        print(f"not scored: {clip.file}: {reason}", file=sys.stderr)
    if config.memory:
        baselines.write(good, config.memory / f"{config.model.stem}-{config.split}.csv")
    difference = parity(config.model, config.clips, [answer.clip for answer in good])
    refused = _without_speech(config)
    if config.card or config.figures or config.accuracy:
        _write(config, good, refused, difference, others)
    shown = {
        config.split if name == ALL_CLIPS else name: some for name, some in named(good).items()
    }
    print(rows("", {name: figures(some) for name, some in shown.items()}))
    print(sections.why_not(good, refused))
    print(leanings(shown))
    print(sections.held(Detector(config.model).card.training.get("band")))
    print(f"constant-Q layer against librosa: within {difference:.3f} dB")
    return bad


def _refuse_vain(config: EvalConfig) -> None:
    """What only a card or its figures tell is not asked for without them."""
    robustness = config.robustness
    asked = {
        "--conditions": robustness.kinds,
        "--limit": robustness.limit != RobustnessConfig.limit,
        "--noise": any(not noise.is_relative_to(config.clips) for noise in robustness.noises),
        "--peer": config.baselines,
        "--train": config.train,
    }
    vain = [option for option, given in asked.items() if given]
    if vain and not (config.card or config.figures or config.accuracy):
        raise ValueError(
            f"{', '.join(vain)}: without --out, --figures or --accuracy nothing would tell it"
        )


def _without_speech(config: EvalConfig) -> list[Answer]:
    """Answers to clips of noise and music, drawn from all splits."""
    noises = [clip for clip in manifest.read(config.clips) if clip.label == "noise"]
    random.Random(SEED).shuffle(noises)
    drawn = noises[: config.without_speech]
    return answers(config.model, config.clips, drawn, config.jobs, config.memory)[0]


def _write(
    config: EvalConfig,
    good: list[Answer],
    refused: list[Answer],
    difference: float,
    others: dict[str, dict[str, float]],
) -> None:
    conditions = scored_under_conditions(
        config.model, config.clips, good, config.robustness, config.jobs, config.memory
    )
    train = [clip for clip in manifest.read(config.train or config.clips) if clip.split == "train"]
    known = {clip.system for clip in train if clip.label == "synthetic"}
    if config.figures:
        details.write(config.model, good, config.figures, conditions, others)
        numbers.write(config.model, config.split, good, config.figures, conditions, others, known)
    if config.accuracy:
        shipped = config.shipped or config.model
        told = accuracy(shipped, config.model, config.split, good, conditions, known)
        config.accuracy.parent.mkdir(parents=True, exist_ok=True)
        config.accuracy.write_text(told.to_json(), encoding="utf-8")
    if config.card:
        findings = Findings(
            split=config.split,
            train=train,
            conditions=conditions,
            baselines=others,
            without_speech=refused,
            figures=os.path.relpath(config.figures, config.card.parent) if config.figures else "",
        )
        page = model_card(config.model, good, difference, findings)
        config.card.write_text(page, encoding="utf-8")
