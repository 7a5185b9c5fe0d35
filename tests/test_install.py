"""Starting and installing are two steps: a start never changes what is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = ("pyproject.toml", "scripts/trim", "requirements/serving.txt", "requirements/build.txt")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the scripts need of a clone; the network of whoever calls them leads nowhere."""
    folder = tmp_path / "clone of mine"
    for name in (*NEEDED, "requirements/uv.txt", "scripts/run", "scripts/install", "scripts/venv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def call(clone: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(clone), "PYTHON": "python3"}
    nowhere = "http://127.0.0.1:9/"
    environment |= {"PIP_INDEX_URL": nowhere, "UV_DEFAULT_INDEX": nowhere, "UV_OFFLINE": "1"}
    return subprocess.run(
        [clone / "scripts" / script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def installed(clone: Path) -> None:
    """As after scripts/install: its mark, and an `ouvido` that says what it was called with."""
    programs = clone / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "ouvido"):
        (programs / name).write_text('#!/bin/sh\necho "ouvido $*"\n')
        (programs / name).chmod(0o755)
    sums = subprocess.run(
        ["/bin/sh", "-c", f"cat {' '.join(NEEDED)} | sha256sum"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (clone / ".venv" / "installed").write_text(f"{clone} serving {sums}\n")


def test_what_is_installed_starts_and_installs_nothing(clone: Path) -> None:
    installed(clone)
    before = sorted(clone.rglob("*"))
    done = call(clone, "run", "check", "a note.ogg")
    assert (done.returncode, done.stdout, done.stderr) == (0, "ouvido check a note.ogg\n", "")
    assert call(clone, "run").stdout == "ouvido run\n"
    assert sorted(clone.rglob("*")) == before


def test_after_an_update_of_the_packages_a_start_asks_for_the_install(clone: Path) -> None:
    installed(clone)
    with (clone / "requirements" / "serving.txt").open("a") as lock:
        lock.write("# git pull\n")
    before = sorted(clone.rglob("*"))
    done = call(clone, "run")
    assert (done.returncode, done.stdout) == (2, "")  # systemd does not try again
    assert done.stderr == (
        "This version of Ouvido needs other packages than are installed: call "
        f"{clone}/scripts/install, then start again.\n"
    )
    assert sorted(clone.rglob("*")) == before


def test_a_change_of_the_code_alone_needs_no_install(clone: Path) -> None:
    installed(clone)
    (clone / "bot").mkdir()
    (clone / "bot" / "new.py").write_text("# git pull\n")
    assert call(clone, "run").stdout == "ouvido run\n"


def test_the_first_start_and_the_install_are_the_same(clone: Path) -> None:
    for script in ("run", "install"):
        done = call(clone, script)
        assert done.returncode == 1  # there is no network here
        assert "Installing into" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (clone / ".venv" / "installed").exists()


def test_its_help_installs_nothing(clone: Path) -> None:
    before = sorted(clone.rglob("*"))
    done = call(clone, "install", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("scripts/install makes or updates .venv")
    assert call(clone, "install", "now").returncode == 2
    assert sorted(clone.rglob("*")) == before
