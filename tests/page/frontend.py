"""The page's sources with what npm installs for them; needs Node."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "bot" / "web" / "frontend"
BUILT = SOURCES.parent / "page"
MISSING = "npm is not installed: the page's build is NOT checked (Node 20.19 or later)"


def installed(folder: Path) -> Path:
    """A copy of the sources in `folder`, with the packages of the lock."""
    if not shutil.which("npm"):
        pytest.skip(MISSING)
    copy = folder / "web" / "frontend"
    shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("node_modules"))
    npm(copy, "ci", "--no-audit", "--no-fund", "--prefer-offline")
    return copy


def npm(folder: Path, *arguments: str) -> None:
    call = ["npm", *arguments]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
