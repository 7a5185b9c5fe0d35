"""A file of half the size answers as the whole one, and its features stay exact."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from dataset.onnx_export import halved


def graph() -> onnx.ModelProto:
    rng = np.random.default_rng(1)
    tensors = {
        "constant_q/kernel": rng.normal(size=(64, 64)),
        "dense/kernel": rng.normal(size=(64, 64)) / 8.0,
        "dense/bias": rng.normal(size=64),
    }
    nodes = [
        helper.make_node("MatMul", ["x", "constant_q/kernel"], ["features"]),
        helper.make_node("MatMul", ["features", "dense/kernel"], ["y"]),
        helper.make_node("Add", ["y", "dense/bias"], ["z"]),
    ]
    floats = [numpy_helper.from_array(t.astype("f4"), name) for name, t in tensors.items()]
    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, 64])
        for name in ("x", "features", "z")
    ]
    made = helper.make_graph(nodes, "g", values[:1], values[1:], floats)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def test_large_weights_are_stored_in_half_and_the_features_whole() -> None:
    whole, half = graph(), halved(graph(), exact=("constant_q",))
    onnx.checker.check_model(half)
    assert len(half.SerializeToString()) < 0.8 * len(whole.SerializeToString())
    x = np.random.default_rng(2).normal(size=(3, 64)).astype("f4")
    one, other = (
        InferenceSession(model.SerializeToString()).run(None, {"x": x}) for model in (whole, half)
    )
    assert np.array_equal(one[0], other[0])
    assert np.allclose(one[1], other[1], rtol=0.0, atol=2e-2)
    assert not np.array_equal(one[1], other[1])
