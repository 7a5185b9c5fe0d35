"""A run becomes the file that the engine loads: half-precision weights, facts as metadata."""

import json
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from dataset.engines.vocoder.spectrum import N_MELS
from dataset.files import sha256
from dataset.vocoder_training.fit import RUN, curve, trained

OPSET = 17
LEAST = 1_000  # numbers a weight must have to be worth halving


def export(run: Path, target: Path, version: str) -> str:
    """Write the file of a run's last checkpoint and its SHA-256 beside it; the digest."""
    model = to_onnx(trained(run))
    halve(model)
    facts = json.loads((run / RUN).read_text())
    last = curve(run)[-1]
    helper.set_model_props(
        model,
        {
            "name": f"vocos-{version}",
            "licence": "MIT; its recordings are not in it and cannot be had from it",
            "run": json.dumps({**facts, "last": last}),
        },
    )
    onnx.checker.check_model(model)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(model.SerializeToString())
    digest = sha256(target)
    target.with_suffix(".sha256").write_text(f"{digest}  {target.name}\n")
    return digest


def to_onnx(network: keras.Model) -> onnx.ModelProto:
    """Trace a network with Keras's own exporter; input `mel`, output `parts`."""
    network(np.zeros((1, 8, N_MELS), np.float32))  # shapes must have been seen
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # tf2onnx asks NumPy for np.object
        path = Path(folder) / "vocoder.onnx"
        network.export(path, format="onnx", opset_version=OPSET, verbose=False)
        model = onnx.load(path)
    old, output = model.graph.output[0].name, model.graph.output[0]
    for node in model.graph.node:
        node.output[:] = ["parts" if name == old else name for name in node.output]
    output.name = "parts"
    return model


def halve(model: onnx.ModelProto) -> None:
    """Keep large weights as float16 and let the file cast them back: half the bytes.

    ONNX Runtime casts once, when it loads; everything is still computed in float32.
    """
    for weight in list(model.graph.initializer):
        array = numpy_helper.to_array(weight)
        if array.dtype != np.float32 or array.size < LEAST:
            continue
        half = numpy_helper.from_array(array.astype(np.float16), f"{weight.name}_half")
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(half)
        cast = helper.make_node("Cast", [half.name], [weight.name], to=TensorProto.FLOAT)
        model.graph.node.insert(0, cast)
