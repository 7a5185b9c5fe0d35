"""One epoch of training, drawn in a thread beside it, and the optimiser that all networks share.

A loop of its own, because `keras.Model.fit` feeds itself through TensorFlow's pipeline, which on
two busy cores came to a halt between two epochs (Keras 3.15, TensorFlow 2.21).
"""

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import Any

import keras
import numpy as np
from tqdm import tqdm

AHEAD = 4  # batches drawn before they are due


def learn_epoch(model: keras.Model, draw: Callable[[int], Any], steps: int, number: int) -> float:
    """Learn from the batches `draw(0)` to `draw(steps - 1)`, each once; their mean loss."""
    losses = []
    with ThreadPoolExecutor(1) as beside:
        coming = deque(beside.submit(draw, step) for step in range(AHEAD))
        for step in tqdm(range(steps), f"epoch {number + 1}", leave=False, disable=None):
            x, y = coming.popleft().result()
            if step + AHEAD < steps:
                coming.append(beside.submit(draw, step + AHEAD))
            model.reset_metrics()  # Keras returns the mean since the last time
            losses.append(float(model.train_on_batch(x, y, return_dict=True)["loss"]))
    return float(np.mean(losses))


class LayerwiseAdamW(keras.optimizers.AdamW):  # type: ignore[misc]
    """AdamW whose learning rate is another for some weights, named by their paths."""

    def __init__(self, *args: Any, slower: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slower = slower

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        # TensorFlow's own variable, which has no path
        path = self._trainable_variables[self._get_variable_index(variable)].path
        super().update_step(gradient, variable, learning_rate * self.slower.get(path, 1.0))


def averaging_adamw(
    steps: int,
    rate: float,
    start: float,
    decay: float,
    clip: float,
    average: float = 0.995,
    slower: Mapping[str, float] = MappingProxyType({}),
) -> "LayerwiseAdamW":
    """AdamW for so many steps in all: a warm start, then a cosine down to nothing.

    Args:
        rate: learning rate at its peak; it begins at the share `start` of it.
        clip: norm to which each weight's gradient is cut.
        average: momentum of the moving average of the weights; a short run has no long memory.
        slower: path of a weight: the share of the rate that it learns at.
    """
    schedule = keras.optimizers.schedules.CosineDecay(
        start * rate,
        decay_steps=max(1, steps - steps // 20),
        warmup_target=rate,
        warmup_steps=max(1, steps // 20),
    )
    return LayerwiseAdamW(
        schedule,
        slower=slower,
        weight_decay=decay,
        clipnorm=clip,
        use_ema=True,
        ema_momentum=min(average, max(0.0, 1.0 - 20.0 / steps)),
    )
