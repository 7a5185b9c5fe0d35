"""Several workers draw different batches, take one step together, and go on after a kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.training.synthetic import make
from training.fit.workers import share

ROOT = Path(__file__).parents[3]
PATIENCE = 3600  # s, of which a quiet machine needs a minute


def start(*command: str) -> list[subprocess.Popen[str]]:
    """Two processes of one command, which find each other by `TF_CONFIG`."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        addresses = [f"127.0.0.1:{s.getsockname()[1]}" for s in (one, other)]
    started = []
    for index in range(2):
        task = {"type": "worker", "index": index}
        config = json.dumps({"cluster": {"worker": addresses}, "task": task})
        call = [sys.executable, "-m", *command]
        environment = {**os.environ, "TF_CONFIG": config, "TF_CPP_MIN_LOG_LEVEL": "3"}
        started.append(
            subprocess.Popen(call, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        )
    return started


def finish(processes: list[subprocess.Popen[str]]) -> list[str]:
    try:
        said = [process.communicate(timeout=PATIENCE)[0] for process in processes]
    finally:
        for process in processes:
            process.kill()
    assert [process.returncode for process in processes] == [0, 0]
    return said


def test_two_workers_draw_what_one_would_and_nothing_twice() -> None:
    batches = list(range(7))
    first, second = (list(share(batches, worker, 2)) for worker in (0, 1))
    assert first == [0, 2, 4, 6]
    assert sorted(first + second) == batches


@pytest.mark.slow
def test_a_step_of_two_workers_is_a_step_on_the_mean_of_their_gradients() -> None:
    from tests.training.fit.two_workers import Pair, network

    said = finish(start("tests.training.fit.two_workers"))
    first, second = (json.loads(one) for one in said)
    assert first == second
    alone, pair = network(), Pair()
    means = [np.concatenate([pair[i][0].mean(axis=1, keepdims=True) for i in (0, 1)])]
    alone.train_on_batch(means[0], np.concatenate([pair[i][1] for i in (0, 1)]))
    for here, there in zip(alone.get_weights(), first, strict=True):
        np.testing.assert_allclose(here, np.array(there), atol=1e-5)


@pytest.mark.slow
@pytest.mark.exhaustive
def test_two_workers_that_were_killed_end_as_two_that_were_not(tmp_path: Path) -> None:
    arrays = make(tmp_path / "arrays")
    options = ["--size=small", "--epochs=2", "--steps=4", "--batch=8", "--data", str(arrays)]
    finish(start("training", "fit", "--run", str(tmp_path / "whole"), *options))
    killed = start("training", "fit", "--run", str(tmp_path / "killed"), *options)
    _wait_for_an_epoch(tmp_path / "killed" / "curve.csv")
    for process in killed:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    finish(start("training", "fit", "--run", str(tmp_path / "killed"), *options))
    whole, again = (_curve(tmp_path / name) for name in ("whole", "killed"))
    assert len(whole) == 2
    assert again == whole
    assert json.loads((tmp_path / "whole" / "run.json").read_text())["network"] == "cnn"


def _wait_for_an_epoch(curve: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not (curve.exists() and curve.read_text().count("\n") >= 2):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _curve(run: Path) -> list[list[str]]:
    """Epoch, loss and dev's rate of each row; what it cost differs."""
    return [line.split(",")[:3] for line in (run / "curve.csv").read_text().splitlines()[1:]]
