"""The page's sources with what npm installs for them; needs Node."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "bot" / "web" / "frontend"
BUILT = SOURCES.parent / "page"
OFFLINE = re.compile("EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH")
MISSING = "npm is not installed: the page's build is NOT checked (Node 20.19 or later)"


def installed(folder: Path) -> Path:
    """A copy of the sources in `folder`, with the packages of the lock."""
    if not shutil.which("npm"):
        pytest.skip(MISSING)
    copy = folder / "web" / "frontend"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    done = _run(copy, "ci", "--no-audit", "--no-fund", "--prefer-offline")
    if done.returncode and OFFLINE.search(done.stderr):
        pytest.skip(f"npm reaches no registry: the page's build is NOT checked: {done.stderr}")
    assert done.returncode == 0, done.stdout + done.stderr
    return copy


def npm(folder: Path, *arguments: str) -> None:
    done = _run(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = ["npm", *arguments]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)
