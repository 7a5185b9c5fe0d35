"""`python -m training train`: labelled clips become the served file. This module is the diagram.

Every step leaves files in its own folder below OUT and is skipped when they are there:

    copies/        samples of the clips, as they are and handled        copies.py
    frames/        what the frozen speech encoder hears in them         frames.py
    head-1/ …      the speech branch's heads learn on the frames        speech_branch.py
    tuned/         encoder and heads learn on together                  speech_branch.py
    spectrograms/  constant-Q arrays of the copies                      arrays.py
    cqt/           the CQT-CNN learns on them                           ../fit.py
    raw.onnx       both branches, not calibrated
    fusion.json    calibration and thresholds, from its logits on dev   fusion.py
    ouvido-….onnx  the served file
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import keras

from dataset import manifest
from dataset.files import unfinished
from dataset.onnx_export import halved
from dataset.provenance import commit, versions
from inference.card import Card, Probe
from inference.features import FeatureSpec
from training.data.augmentation import Disturbance
from training.data.batches import Recipe as Batching
from training.evaluation.scoring import answers
from training.export.export import EXACT, finish, to_onnx, trained
from training.export.serving_model import Calibration, serving
from training.export.thresholds import Band, choose
from training.fit.records import FINAL, refuse_other, write_run
from training.fit.trainer import Fit, fit
from training.networks.sizes import CnnSize
from training.networks.whisper_weights import SHA256, loaded
from training.recipe import arrays, copies
from training.recipe.copies import chosen
from training.recipe.fusion import calibrated, fuse
from training.recipe.speech_branch import SpeechPlan, fit_branch

FUSION, RAW = "fusion.json", "raw.onnx"


# Half of the clips are seen as they are, so little more is done to them; copy-synthesis beside its
# recording, which no network here learns to tell (docs/experiments.md), is seldom asked for.
CQT = Fit(
    size=CnnSize(stages=(24, 48, 144)),
    recipe=Batching(
        steps=500,
        paired=0.1,
        matched=0.5,
        blend=0.0,
        disturbance=Disturbance(pitch=0.2, filtering=0.2, channel=0.2, noise=0.1, band=0.05),
    ),
    epochs=14,
    patience=14,
)


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what comes out, besides the clips."""

    most: int = 0  # clips of a source and label; 0: all
    copies: int = 3  # the untouched one included
    speech: SpeechPlan = field(default_factory=SpeechPlan)
    cqt: Fit = field(default_factory=lambda: CQT)
    spec: FeatureSpec = field(default_factory=FeatureSpec)
    seed: int = 1


def train(clips: Path, out: Path, version: str, recipe: Recipe, jobs: int) -> Path:
    """Do what is not done yet and return the served file.

    Raises ManifestError for clips that can't be learnt from, ValueError where `out` was begun with
    another recipe or other clips.
    """
    facts = _facts(clips, recipe)
    refuse_other(out, facts)
    write_run(out, facts)
    network, speech, learnt = _branches(clips, out, recipe, jobs)
    dev = [c for c in chosen(clips, recipe.most) if c.split == "dev" and c.label != "noise"]
    raw = out / RAW
    if not raw.exists():
        plain = Calibration(1.0, 0.0, 1.0)
        _export(network, speech, raw, "0.0.0", plain, Band(), facts | learnt)
    if not (out / FUSION).exists():
        heard, _ = answers(raw, clips, dev, jobs, out / "answers")
        calibration = fuse(heard)
        told = {"calibration": asdict(calibration)}
        told["band"] = asdict(choose(calibrated(heard, calibration)))
        with unfinished(out / FUSION) as file:
            file.write_text(json.dumps(told, indent=2) + "\n")
    told = json.loads((out / FUSION).read_text())
    calibration, band = Calibration(**told["calibration"]), Band(**told["band"])
    target = out / f"ouvido-{version}.onnx"
    _export(network, speech, target, version, calibration, band, facts | learnt)
    return target


def _branches(
    clips: Path, out: Path, recipe: Recipe, jobs: int
) -> tuple[keras.Model, keras.Model, dict[str, Any]]:
    """Both trained branches, and what is to be told of their data."""
    weights = loaded(out / "encoder")
    which = chosen(clips, recipe.most)
    made = copies.make(clips, which, out / "copies", recipe.copies, recipe.seed, jobs)
    speech = fit_branch(made, weights, out, recipe.speech)
    folders = arrays.make(made, out / "spectrograms", recipe.spec, jobs)
    if not (out / "cqt" / FINAL).exists():
        fit([folders[0], *folders], out / "cqt", recipe.cqt)  # as they are: half of what is drawn
    train_clips = sum(clip.split == "train" for clip in made.clips)
    learnt = {"clips": recipe.copies * train_clips, "encoder_sha256": SHA256}
    return trained(out / "cqt"), speech, {"data": learnt}


def _export(
    network: keras.Model,
    speech: keras.Model,
    target: Path,
    version: str,
    calibration: Calibration,
    band: Band,
    facts: dict[str, Any],
) -> Card:
    spec = FeatureSpec(**facts["plan"]["spec"])
    told = facts | {
        "parameters": network.count_params() + speech.count_params(),
        "calibration": asdict(calibration),
        "band": asdict(band),
    }
    card = Card(
        "ouvido",
        version,
        spec,
        band.thresholds,
        Probe(0.0, 0.0, 0.0),
        told,
        narrow_thresholds=band.thresholds,  # the telephone's band was learnt, too
    )
    graph = to_onnx(serving(network, spec, calibration, speech), spec)
    return finish(halved(graph, EXACT), card, target)


def _facts(clips: Path, recipe: Recipe) -> dict[str, Any]:
    """What stands in OUT/run.json and in the file's card."""
    table = (clips / manifest.NAME).read_bytes() if (clips / manifest.NAME).exists() else b""
    facts = {
        "network": "cqt-cnn and speech encoder",
        "plan": asdict(recipe),
        "manifest_sha256": hashlib.sha256(table).hexdigest(),
        "commit": commit(),
        "versions": versions(),
    }
    known: dict[str, Any] = json.loads(json.dumps(facts))
    return known


def quick(recipe: Recipe) -> Recipe:
    """The same in twenty minutes: few clips of each source, one handled copy, fewer steps."""
    tuning = replace(recipe.speech.tuning, epochs=0)
    speech = replace(recipe.speech, heads=1, epochs=6, tuning=tuning)
    cqt = replace(recipe.cqt, epochs=2, recipe=replace(recipe.cqt.recipe, steps=250))
    return replace(recipe, most=12, copies=2, speech=speech, cqt=cqt)


def seeded(recipe: Recipe, seed: int) -> Recipe:
    """The same with all that is random drawn from another seed, the handled copies included."""
    cqt = replace(recipe.cqt, recipe=replace(recipe.cqt.recipe, seed=seed))
    return replace(recipe, seed=seed, speech=replace(recipe.speech, seed=seed), cqt=cqt)
