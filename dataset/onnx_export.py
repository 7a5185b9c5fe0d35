"""Keras networks become ONNX graphs, whole or with large weights stored in 16 bits."""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import keras
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 18
LEAST = 2_048  # numbers; smaller tensors are not worth a node


def traced(network: keras.Model, names: Sequence[str] = (), opset: int = OPSET) -> onnx.ModelProto:
    """The graph of a network that has been called once, by Keras's own exporter.

    Args:
        network: inputs keep their names.
        names: of the outputs, in their order; without them they keep Keras's.
        opset: version of the ONNX operators.
    """
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # tf2onnx asks NumPy for np.object
        path = Path(folder) / "model.onnx"
        network.export(path, format="onnx", opset_version=opset, verbose=False)
        model = onnx.load(path)
    for output, name in zip(model.graph.output, names, strict=False):
        _rename(model.graph, output, name)
    return model


def halved(
    model: onnx.ModelProto, exact: Sequence[str] = (), least: int = LEAST
) -> onnx.ModelProto:
    """The same graph, computing in 32 bits, whose large weights are stored as float16.

    ONNX Runtime widens the weights once, at the start.

    Args:
        exact: parts of the names of layers whose weights stay float32.
        least: numbers that a weight must have to be stored so.
    """
    small = onnx.ModelProto()
    small.CopyFrom(model)
    graph = small.graph
    casts = []
    for tensor in graph.initializer:
        kept = any(_feeds(graph, tensor.name, layer) for layer in exact)
        if tensor.data_type != TensorProto.FLOAT or kept:
            continue
        values = numpy_helper.to_array(tensor)
        if values.size < least or abs(values).max() > 6e4:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype("float16"), f"{name}:half"))
        casts.append(helper.make_node("Cast", [f"{name}:half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return small


def _feeds(graph: onnx.GraphProto, tensor: str, layer: str) -> bool:
    """Whether a tensor belongs to a layer, by its own name or that of a node that reads it."""
    readers = (node.name for node in graph.node if tensor in node.input)
    return any(layer in name for name in (tensor, *readers))


def _rename(graph: onnx.GraphProto, output: onnx.ValueInfoProto, name: str) -> None:
    old = output.name
    for node in graph.node:
        node.input[:] = [name if one == old else one for one in node.input]
        node.output[:] = [name if one == old else one for one in node.output]
    output.name = name
