"""`python -m training ensemble`: several trained CNNs become one that averages their logits.

Runs that went different ways err on different clips. Their trunks stand side by side under one last
layer, so the joint network is exported, served and explained as a single one is.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from inference.features import FeatureSpec
from training.fit.records import FINAL, RUN
from training.networks import build
from training.networks.cnn import trunk
from training.networks.sizes import CnnSize, size_from


def join(runs: Sequence[Path], out: Path) -> None:
    """Write a run whose network averages the logits of `runs`, with their last layers as they are.

    Raises ValueError where they are not CNNs of one size on the same spectrograms.
    """
    members = [json.loads((run / RUN).read_text()) for run in runs]
    size = size_from(members[0].get("network", "cnn"), members[0]["plan"]["size"])
    kinds = {json.dumps([one["spec"], _shape(one["plan"]["size"])]) for one in members}
    if not isinstance(size, CnnSize) or size.trunks > 1 or len(kinds) > 1:
        raise ValueError("only CNNs of one size and one kind of spectrogram can be joined")
    spec, whole = FeatureSpec(**members[0]["spec"]), replace(size, trunks=len(runs))
    network = build(spec, whole)
    singles = [build(spec, size) for _ in runs]
    for number, (single, run) in enumerate(zip(singles, runs, strict=True)):
        single.load_weights(run / FINAL)
        below = keras.Model(single.input, single.get_layer("features").output)
        network.get_layer(trunk(number)).set_weights(below.get_weights())
    for name, bands in (
        ("synthetic", network.get_layer("features").output.shape[2]),
        ("speech", 1),
    ):
        network.get_layer(name).set_weights(_averaged(singles, name, bands))
    out.mkdir(parents=True, exist_ok=True)
    network.save_weights(out / FINAL)
    facts = {**members[0], "plan": {**members[0]["plan"], "size": asdict(whole)}}
    (out / RUN).write_text(json.dumps({**facts, "joined": members}, indent=2) + "\n")


def _shape(size: dict[str, object]) -> dict[str, object]:
    """The fields of a size that decide the weights' shapes."""
    return {"stem": size["stem"], "stages": size["stages"], "blocks": size["blocks"]}


def _averaged(singles: Sequence[keras.Model], name: str, bands: int) -> list[NDArray[np.float32]]:
    """Kernel and bias of a last layer over all trunks; in each band their channels in a row."""
    layers = [single.get_layer(name).get_weights() for single in singles]
    kernels = [kernel.reshape(bands, -1) for kernel, _ in layers]
    kernel = np.concatenate(kernels, axis=1).reshape(-1, 1) / len(singles)
    return [kernel, np.mean([bias for _, bias in layers], axis=0)]
