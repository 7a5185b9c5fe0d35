"""A run becomes the file that the engine loads: half-precision weights, facts as metadata."""

import json
from pathlib import Path

import keras
import numpy as np
import onnx

from dataset.engines.vocoder.spectrum import N_MELS
from dataset.files import sha256
from dataset.onnx_export import halved, traced
from dataset.vocoder_training.fit import RUN, history, trained

OPSET = 17
LEAST = 1_000  # numbers a weight must have to be worth halving


def export(run: Path, target: Path, version: str) -> str:
    """Write the file of a run's last checkpoint and its SHA-256 beside it; the digest."""
    model = halved(to_onnx(trained(run)), least=LEAST)
    facts = json.loads((run / RUN).read_text())
    last = history(run)[-1]
    onnx.helper.set_model_props(
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
    """The graph: input `mel`, output `parts`."""
    network(np.zeros((1, 8, N_MELS), np.float32))  # shapes must have been seen
    return traced(network, ("parts",), OPSET)
