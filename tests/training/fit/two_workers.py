"""One of two workers: a single step of plain gradient descent; prints the weights after it."""

import json
import sys

import keras
import numpy as np
from numpy.typing import NDArray

from training.fit import workers

Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


class Pair(keras.utils.PyDataset):  # type: ignore[misc]
    """Two batches for one step of two workers, which differ even in their widths."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, step: int) -> Batch:
        x = np.random.default_rng(step).normal(size=(4, 3 + step, 2)).astype("f4")
        return x, x.sum(axis=(1, 2))[:, None]


def network() -> keras.Model:
    inputs = keras.Input((None, 2))
    made = keras.Model(inputs, keras.layers.Dense(1)(keras.ops.mean(inputs, axis=1)))
    made.set_weights([np.array([[0.5], [-0.5]]), np.array([0.1])])
    made.compile(keras.optimizers.SGD(0.1), loss="mse")
    return made


if __name__ == "__main__":
    strategy = workers.strategy()
    with strategy.scope():
        model = network()
    workers.learn(model, Pair(), 1, [], strategy)
    workers.wait(strategy)
    json.dump([weight.tolist() for weight in model.get_weights()], sys.stdout)
