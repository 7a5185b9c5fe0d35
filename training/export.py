"""A trained network becomes the one ONNX file that the bot serves, with its card inside."""

import hashlib
import json
import tempfile
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx

from inference.card import KEY, Card, Probe
from inference.detector import Detector, measure_probe, probe
from inference.features import FeatureSpec
from training.calibration import FALSE_ALARMS, MISSES, calibrate, thresholds
from training.evaluation import scores, split
from training.fit import FINAL, RUN
from training.networks import CnnSize, cnn
from training.served import answers, of_split
from training.serving import Calibration, serving

NAMES = ("spectrogram", "score", "speech", "heat")
OPSET = 18


def release(run: Path, clips: Path, target: Path, version: str, jobs: int) -> str:
    """Export, calibrate on dev through the served path, export again; returns the toml entry."""
    dev = of_split(clips, "dev")
    export(run, target, version, Calibration(), (0.5, 0.5))
    calibration = calibrate(answers(target, clips, dev, jobs)[0])
    export(run, target, version, calibration, (0.5, 0.5))
    human, synthetic = split(answers(target, clips, dev, jobs)[0])
    band = thresholds(scores(human), scores(synthetic), FALSE_ALARMS, MISSES)
    card = export(run, target, version, calibration, band)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return f'[[model]]\nname = "{card.title}"\nfile = "models/{target.name}"\nsha256 = "{digest}"\n'


def export(
    run: Path, target: Path, version: str, calibration: Calibration, band: tuple[float, float]
) -> Card:
    """Write the model of a run to `target`; it is loaded and probed before this returns."""
    facts = json.loads((run / RUN).read_text())
    spec = FeatureSpec(**facts.pop("spec"))
    network = trained(run)
    model = to_onnx(serving(network, spec, calibration), spec)
    facts["parameters"] = network.count_params()
    facts["calibration"] = asdict(calibration)
    card = Card("ouvido", version, spec, band, Probe(0.0, 0.0, 0.0), facts)
    target.parent.mkdir(parents=True, exist_ok=True)
    write(model, replace(card, probe=_probed(model, card)), target)
    return Detector(target).card


def trained(run: Path) -> keras.Model:
    """The network of a run with its final weights."""
    facts = json.loads((run / RUN).read_text())
    size = facts["plan"]["size"]
    network = cnn(
        FeatureSpec(**facts["spec"]), CnnSize(**{**size, "stages": tuple(size["stages"])})
    )
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
    for output, name in zip(list(graph.graph.output), NAMES, strict=True):
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
