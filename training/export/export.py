"""A trained network becomes the one ONNX file that the bot serves, with its card inside."""

import json
import tempfile
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx

from dataset.files import unfinished
from dataset.manifest import of_split
from inference.card import KEY, Card, Probe
from inference.detector import Detector, measure_probe, probe
from inference.features import FeatureSpec
from training.evaluation.scoring import answers
from training.export.calibration import calibrate
from training.export.registry import REFERENCE_SHA256, sha256
from training.export.serving_model import Calibration, serving
from training.export.thresholds import Band, choose
from training.fit.records import FINAL, RUN
from training.networks import build
from training.networks.sizes import size_from

NAMES = ("spectrogram", "score", "speech", "heat", "branches")
OPSET = 18


def release(run: Path, clips: Path, target: Path, version: str, jobs: int) -> Card:
    """Export, calibrate on dev through the served path, choose the band on dev, export again.

    Raises ValueError for a run that has learnt from dev: what it says there means nothing.
    """
    if "dev" in _splits(json.loads((run / RUN).read_text())):
        raise ValueError(f"{run} has learnt from dev: its reference model calibrates it")
    dev = of_split(clips, "dev")
    export(run, target, version, Calibration(), Band())
    calibration = calibrate(answers(target, clips, dev, jobs)[0])
    export(run, target, version, calibration, Band())
    return export(run, target, version, calibration, choose(answers(target, clips, dev, jobs)[0]))


def release_like(reference: Path, run: Path, target: Path, version: str) -> Card:
    """Export a run that learnt from dev, too, calibrated as its reference model.

    The reference model has the same recipe, learnt from train alone and was measured on dev.
    Raises ValueError where the recipes differ in more than the splits and the epochs.
    """
    measured = Detector(reference).card.training
    facts = json.loads((run / RUN).read_text())
    if _recipe(measured) != _recipe(facts):
        raise ValueError(f"{reference} is no reference model of {run}: another recipe made it")
    calibration, band = Calibration(**measured["calibration"]), Band(**measured["band"])
    return export(run, target, version, calibration, band, sha256(reference))


def export(
    run: Path,
    target: Path,
    version: str,
    calibration: Calibration,
    band: Band,
    reference: str = "",
) -> Card:
    """Write the model of a run to `target`; it is loaded and probed before this returns."""
    facts = json.loads((run / RUN).read_text())
    spec = FeatureSpec(**facts.pop("spec"))
    network = trained(run)
    facts["parameters"] = network.count_params()
    facts |= {"calibration": asdict(calibration), "band": asdict(band), REFERENCE_SHA256: reference}
    card = Card("ouvido", version, spec, band.thresholds, Probe(0.0, 0.0, 0.0), facts)
    return finish(to_onnx(serving(network, spec, calibration), spec), card, target)


def finish(model: onnx.ModelProto, card: Card, target: Path) -> Card:
    """Write a model and its card to `target` with what it says of the probe; load it again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with unfinished(target) as file:
        write(model, replace(card, probe=_probed(model, card)), file)
    return Detector(target).card


def _splits(facts: dict[str, Any]) -> set[str]:
    """Which splits a run has learnt from, itself and in the runs that it was made of.

    ouvido-0.1.0 does not say, and knew one only.
    """
    before = [facts["start"]] if facts.get("start") else []
    learnt = [_splits(run) for run in [*before, *facts.get("joined", [])]]
    return set(facts["plan"]["recipe"].get("splits", ["train"])).union(*learnt)


def _recipe(facts: dict[str, Any]) -> dict[str, Any]:
    """What a run and its reference model, which learns from dev too, must have in common."""
    plan = {
        name: value for name, value in facts["plan"].items() if name not in ("epochs", "patience")
    }
    return {**plan, "recipe": {k: v for k, v in plan["recipe"].items() if k != "splits"}}


def trained(run: Path) -> keras.Model:
    """The network of a run with its final weights."""
    facts = json.loads((run / RUN).read_text())
    size = size_from(facts.get("network", "cnn"), facts["plan"]["size"])
    network = build(FeatureSpec(**facts["spec"]), size)
    network.load_weights(run / FINAL)
    return network


def to_onnx(model: keras.Model, spec: FeatureSpec) -> onnx.ModelProto:
    """Trace a serving network with Keras's own exporter and give its outputs their names."""
    model(np.zeros((1, spec.samples(spec.columns)), np.float32))  # shapes must have been seen
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # tf2onnx asks NumPy for np.object
        path = Path(folder) / "model.onnx"
        model.export(path, format="onnx", opset_version=OPSET, verbose=False)
        graph = onnx.load(path)
    for output, name in zip(list(graph.graph.output), NAMES, strict=False):
        _rename(graph.graph, output.name, name)
    return graph


def write(model: onnx.ModelProto, card: Card, target: Path) -> None:
    onnx.helper.set_model_props(model, {KEY: card.to_json()})
    onnx.checker.check_model(model)
    target.write_bytes(model.SerializeToString())


def _probed(model: onnx.ModelProto, card: Card) -> Probe:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "probe.onnx"
        write(model, card, path)
        return measure_probe(Detector(path, check=False).analyse(probe()))


def _rename(graph: Any, old: str, new: str) -> None:
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]
        node.output[:] = [new if name == old else name for name in node.output]
    for output in graph.output:
        if output.name == old:
            output.name = new
