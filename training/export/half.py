"""An ONNX file of half the size: large weights are kept in 16 bits and widened at the start."""

import onnx
from onnx import TensorProto, helper, numpy_helper

LEAST = 2_048  # numbers; smaller tensors are not worth a node
EXACT = ("constant_q", "log_mel")  # layers whose numbers make the features: 16 bits would be heard


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph, computing in 32 bits, whose large weights are stored as float16.

    The layers in `EXACT` stay as they are. ONNX Runtime widens the weights once, at the start.
    """
    small = onnx.ModelProto()
    small.CopyFrom(model)
    graph = small.graph
    casts = []
    for tensor in graph.initializer:
        exact = any(_feeds(graph, tensor.name, layer) for layer in EXACT)
        if tensor.data_type != TensorProto.FLOAT or exact:
            continue
        values = numpy_helper.to_array(tensor)
        if values.size < LEAST or abs(values).max() > 6e4:
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
