"""Ray where it is hard to start, and over two machines (two nodes of this one)."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dataset.execution.ray_cluster import LONGEST_FOLDER

ROOT = Path(__file__).parents[3]
WORK = """
import json, sys, time
from pathlib import Path
from dataset.execution.pool import Pool

def make():
    import ray
    node = ray.get_runtime_context().get_node_id()
    def work(number):
        if address:  # the first node at work must not be done before the second has begun
            (meeting / node).touch()
            while len(list(meeting.iterdir())) < 2:
                time.sleep(0.05)
        return number, node, Path(".").resolve().name
    return work

address, meeting = (sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 1 else (None, None)
print(json.dumps(list(Pool(address=address).each(make, range(30), ""))))
"""


def _work(folder: Path, *arguments: str, **environment: str) -> list[tuple[int, str, str]]:
    """Thirty numbers, each with the node and the folder it was done in."""
    done = subprocess.run(
        [sys.executable, "-c", WORK, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300.0,
    )
    results: list[tuple[int, str, str]] = json.loads(done.stdout)
    return results


@pytest.mark.slow
def test_neither_home_nor_a_long_path_nor_little_shared_memory_stops_ray(tmp_path: Path) -> None:
    folder = tmp_path / ("a long name " * 5)
    folder.mkdir()
    results = _work(folder, HOME="/nonexistent", TMPDIR=str(folder))
    assert len(str(folder)) > LONGEST_FOLDER
    assert [number for number, _, _ in results] == list(range(30))
    assert {where for _, _, where in results} == {folder.name}
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_cluster_works_in_the_folder_of_the_command(tmp_path: Path) -> None:
    token = tmp_path / ".ray/auth_token"
    token.parent.mkdir()
    token.write_text("ab" * 32)
    home = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}  # as if it were installed there
    port = _free_port()
    head = ["--head", f"--port={port}", "--include-dashboard=false", "--disable-usage-stats"]
    with _node(home, *head), _node(home, f"--address=127.0.0.1:{port}"):
        meeting = tmp_path / "meeting"
        meeting.mkdir()
        results = _work(tmp_path, f"127.0.0.1:{port}", str(meeting), HOME=str(tmp_path))
    assert [number for number, _, _ in results] == list(range(30))
    assert len({node for _, node, _ in results}) == 2
    assert {where for _, _, where in results} == {tmp_path.name}


@contextmanager
def _node(environment: dict[str, str], *options: str) -> Iterator[None]:
    """A machine of one core, until the test ends; it began in another folder."""
    ray = str(Path(sys.executable).with_name("ray"))
    command = [ray, "start", "--block", "--num-cpus=1", *options]
    environment = {**os.environ, "RAY_AUTH_MODE": "token", **environment}
    with subprocess.Popen(command, cwd="/", env=environment, stdout=subprocess.PIPE) as node:
        try:
            assert node.stdout
            for line in node.stdout:
                if b"Ray runtime started" in line:
                    break
            yield
        finally:
            node.terminate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
