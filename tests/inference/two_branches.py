"""The served file with other branches: one alone, or two that share its logit out as told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from inference.card import KEY, Card
from inference.detector import BRANCHES
from inference.registry import default_model


def one_branch(folder: Path) -> Path:
    """A model file as they were until 0.2.0: no branches, no thresholds for a narrow band."""
    model = _without_branches()
    card = Card.from_json(model.metadata_props[0].value)
    helper.set_model_props(model, {KEY: replace(card, narrow_thresholds=None).to_json()})
    path = folder / "one_branch.onnx"
    onnx.save(model, path)
    return path


def two_branches(folder: Path, *shares: float, **facts: Any) -> Path:
    """A model file that gives the branches these shares of the logit; `facts` are the card's."""
    model = _without_branches()
    graph = model.graph
    constants = {"one": 1.0, "least": 1e-6, "most": 1 - 1e-6, "shares": [shares], "axis": [1]}
    for name, value in constants.items():
        array = np.asarray(value, np.int64 if name == "axis" else np.float32)
        graph.initializer.append(numpy_helper.from_array(array, f"test_{name}"))
    for kind, inputs, output in (
        ("Clip", ("score", "test_least", "test_most"), "test_chance"),
        ("Sub", ("test_one", "test_chance"), "test_against"),
        ("Div", ("test_chance", "test_against"), "test_odds"),
        ("Log", ("test_odds",), "test_logits"),
        ("Unsqueeze", ("test_logits", "test_axis"), "test_column"),
        ("Mul", ("test_column", "test_shares"), BRANCHES),
    ):
        graph.node.append(helper.make_node(kind, list(inputs), [output]))
    branches = helper.make_tensor_value_info(BRANCHES, onnx.TensorProto.FLOAT, ["batch", 2])
    graph.output.insert(1, branches)  # among the others: outputs are known by name
    card = Card.from_json(model.metadata_props[0].value)
    helper.set_model_props(model, {KEY: replace(card, **facts).to_json()})
    path = folder / "two_branches.onnx"
    onnx.save(model, path)
    return path


def _without_branches() -> onnx.ModelProto:
    """The served file with an inner name for its branches."""
    model = onnx.load(default_model())
    (branches,) = [output for output in model.graph.output if output.name == BRANCHES]
    model.graph.output.remove(branches)
    for node in model.graph.node:
        node.input[:] = ["inner" if name == BRANCHES else name for name in node.input]
        node.output[:] = ["inner" if name == BRANCHES else name for name in node.output]
    return model
