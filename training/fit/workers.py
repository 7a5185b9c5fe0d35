"""Several processes train one network: `TF_CONFIG` names them, and each draws its own batches.

`keras.Model.fit` of Keras 3 refuses the values of a `MultiWorkerMirroredStrategy` (keras#20585), so
this has a loop of its own, around the very same `train_step` and callbacks.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

NEVER = 2**60  # batches


def strategy() -> tf.distribute.Strategy:
    """The workers that `TF_CONFIG` names; without it, this process alone."""
    if "TF_CONFIG" in os.environ:
        return tf.distribute.MultiWorkerMirroredStrategy()
    return tf.distribute.get_strategy()


def count(strategy: tf.distribute.Strategy) -> int:
    """How many batches make one step: one a device of each worker."""
    return int(strategy.num_replicas_in_sync)


def index(strategy: tf.distribute.Strategy) -> int:
    """Which worker this is, from 0; the first one, the chief, writes the run's files."""
    resolver = strategy.cluster_resolver
    return int(resolver.task_id or 0) if resolver else 0


def backup(folder: Path, strategy: tf.distribute.Strategy) -> keras.callbacks.Callback:
    """After each epoch the chief leaves there what all workers go on from after a restart."""
    return keras.callbacks.BackupAndRestore(
        str(folder),
        save_freq="epoch" if index(strategy) == 0 else NEVER,
        double_checkpoint=True,  # whoever kills a run may do so while it writes
        delete_checkpoint=False,
    )


def wait(strategy: tf.distribute.Strategy) -> None:
    """Return when all workers have come here: a sum needs the part of each."""
    if count(strategy) > 1:
        _sum_of_one(strategy)


def learn(
    model: keras.Model,
    batches: keras.utils.PyDataset,
    epochs: int,
    callbacks: list[keras.callbacks.Callback],
    strategy: tf.distribute.Strategy,
) -> None:
    """What `keras.Model.fit` does, for several workers; called by each of them."""
    steps = len(batches) // count(strategy)
    stream = strategy.distribute_datasets_from_function(lambda _: _stream(batches, strategy))

    @tf.function(reduce_retracing=True)  # type: ignore[misc]
    def step(batch: Any) -> None:
        strategy.run(model.train_step, args=(batch,))

    called = keras.callbacks.CallbackList(callbacks, model=model, epochs=epochs, steps=steps)
    called.on_train_begin()
    model.stop_training = False
    for epoch in range(model._initial_epoch or 0, epochs):  # set by BackupAndRestore
        model.reset_metrics()
        called.on_epoch_begin(epoch)
        drawn = iter(stream)
        for _ in range(steps):
            step(next(drawn))
        logs = {name: float(value) for name, value in model.get_metrics_result().items()}
        called.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    called.on_train_end()


def share(batches: keras.utils.PyDataset, worker: int, workers: int) -> Iterator[Any]:
    """Of n workers, worker w gets batches w, w + n, w + 2n, …: together those of one process."""
    for number in range(worker, len(batches), workers):
        yield batches[number]


def _stream(batches: keras.utils.PyDataset, strategy: tf.distribute.Strategy) -> tf.data.Dataset:
    workers = len(strategy.cluster_resolver.cluster_spec().job_tasks("worker"))
    shapes = tuple(
        tf.TensorSpec((*[None] * (part.ndim - 1), part.shape[-1]), part.dtype)
        for part in batches[0]
    )
    drawn = tf.data.Dataset.from_generator(
        lambda: share(batches, index(strategy), workers), output_signature=shapes
    )
    return drawn.prefetch(2)


@tf.function  # type: ignore[misc]
def _sum_of_one(strategy: tf.distribute.Strategy) -> Any:
    return strategy.run(lambda: tf.distribute.get_replica_context().all_reduce("SUM", 1.0))
