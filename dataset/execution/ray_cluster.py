"""Start Ray on this machine, for this process alone, or join a cluster of machines.

Nothing is left behind: Ray's own files stand in a temporary folder that goes with the process.
"""

import atexit
import logging
import os
import secrets
import shutil
import socket
import tempfile
from pathlib import Path

STORE = 256 * 1024 * 1024  # bytes of shared memory for results on their way
LONGEST_FOLDER = 26  # letters; Ray's sockets add 77, and their path ends at 103 (macOS) or 107
STARTS = 3  # Ray gives up after 30 s, which a busy machine may need
PATIENCE = 10.0  # seconds for a cluster's first sign of life


class NoResources(Exception):
    """Workers can't be had; the message says what was asked for and what there is."""


def connect(workers: int, address: str | None, cpus: float, gpus: float) -> int:
    """Start Ray here, or join the cluster; how many workers of that need there is room for.

    One machine takes as many as it is asked for, a cluster as many as it has processors.
    Raises NoResources.
    """
    if address:
        _join(address)
    else:
        _start(workers, cpus)
    import ray

    needs = {"CPU": cpus, "GPU": gpus}
    machines = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    room = sum(_room(machine, needs) for machine in machines)
    if not room:
        has = sorted({_list({name: node.get(name, 0.0) for name in needs}) for node in machines})
        where = f"the machines of {address} have" if address else "this machine has"
        raise NoResources(f"a worker needs {_list(needs)}; {where} {' or '.join(has)}")
    return min(workers, room) if workers else room


def _room(machine: dict[str, float], needs: dict[str, float]) -> int:
    return min(int(machine.get(name, 0.0) / need) for name, need in needs.items() if need)


def _list(amounts: dict[str, float]) -> str:
    return " and ".join(f"{amount:g} {name}" for name, amount in amounts.items())


def _start(workers: int, cpus: float) -> None:
    from joblib import cpu_count  # knows of containers' limits; half a second to import

    cores = cpu_count()
    declared = round(max(cores, cpus * (workers or 1)) + 0.499)  # slower is better than not at all
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would report to its makers
    os.environ.setdefault("RAY_agent_register_timeout_ms", "60000")
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))  # or it writes one to the home
    import ray

    if ray.is_initialized():
        if ray.cluster_resources().get("CPU", 0.0) >= declared:
            return
        ray.shutdown()
    for attempt in range(1, STARTS + 1):
        folder = tempfile.mkdtemp(prefix="ray-", dir=_short_folder())
        atexit.register(_end, folder)
        try:
            ray.init(
                address="local",
                num_cpus=declared,
                object_store_memory=STORE,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
                _temp_dir=folder,
            )
        except Exception as error:  # it has no better name for it
            if attempt == STARTS or "timed out" not in str(error):
                raise NoResources(f"Ray can't start here: {error}") from error
        else:
            return


def _join(address: str) -> None:
    """`address` is HOST:PORT, as `ray start --head` prints it."""
    host, _, port = address.rpartition(":")
    try:  # first: Ray itself tries for three minutes
        socket.create_connection((host, int(port)), PATIENCE).close()
    except (OSError, ValueError) as error:
        raise NoResources(f"no Ray cluster answers at {address} ({error})") from error
    if (Path.home() / ".ray/auth_token").exists():  # then `ray start` asks for it
        os.environ.setdefault("RAY_AUTH_MODE", "token")
    import ray

    if ray.is_initialized():
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError) as error:
        raise NoResources(f"the Ray cluster at {address} can't be joined: {error}") from error


def _short_folder() -> str:
    """For temporary files, with room for the long names of Ray's sockets."""
    folders = [tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"]  # noqa: S108  # mkdtemp's parent
    for folder in folders:
        if len(folder) <= LONGEST_FOLDER and os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise NoResources(
        f"set TMPDIR to a writable folder with a path of at most {LONGEST_FOLDER} letters"
    )


def _end(folder: str) -> None:
    import ray

    ray.shutdown()
    shutil.rmtree(folder, ignore_errors=True)
