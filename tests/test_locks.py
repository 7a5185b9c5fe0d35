"""The locks have what pyproject.toml asks for; no file names where packages come from."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKS = {  # as scripts/lock makes them
    "serving": ["bot", "postgresql"],
    "development": ["bot", "postgresql", "dataset", "engines", "training", "dev"],
    "dataset": ["dataset", "engines", "words"],
    "training": ["dataset", "training"],
}
# Indexes: which one packages come from is the affair of whoever installs.
HOSTS = ["pypi" + ".org", "python" + "hosted", "npmjs" + ".", "pypi.python" + ".org"]


def _pinned(lock: str) -> dict[str, list[str]]:
    """Names and versions, after a look at the hashes of each."""
    pinned: dict[str, list[str]] = {}
    text = (ROOT / "requirements" / f"{lock}.txt").read_text().replace("\\\n", " ")
    for line in filter(None, (line.partition("#")[0].strip() for line in text.splitlines())):
        found = re.match(r"([a-z0-9.-]+)==([^ ]+)", line)
        assert found, line
        assert re.search(r" --hash=sha256:[0-9a-f]{64}", line), line
        pinned.setdefault(found[1], []).append(found[2])
    return pinned


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_is_asked_for(lock: str) -> None:
    pinned = _pinned(lock)
    asked = list(PROJECT["dependencies"])
    for extra in LOCKS[lock]:
        asked += PROJECT["optional-dependencies"][extra]
    for text in asked:
        wanted = Requirement(text)
        versions = pinned[re.sub(r"[-_.]+", "-", wanted.name).lower()]
        assert all(version in wanted.specifier for version in versions), "call scripts/lock"


@pytest.mark.parametrize("lock", ["serving", "dataset", "training", "build", "uv"])
def test_what_is_served_and_trained_with_is_what_tests_run_with(lock: str) -> None:
    tested = _pinned("development")
    assert {
        name: versions
        for name, versions in _pinned(lock).items()
        if versions != tested.get(name, versions)
    } == {}


def test_no_file_names_an_index() -> None:
    call = ["git", "ls-files", "-z"]
    listed = subprocess.run(call, cwd=ROOT, capture_output=True, check=True)
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    assert len(files) > 100
    naming = [
        (file.relative_to(ROOT).as_posix(), host)
        for file in files
        if file.is_file()
        for host in HOSTS
        if host.encode() in file.read_bytes()
    ]
    assert naming == []
