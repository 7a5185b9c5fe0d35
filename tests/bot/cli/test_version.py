"""The version of a clone, of a package and of neither."""

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from bot.cli import version as module
from bot.cli.version import version


def test_a_clone_has_its_newest_release(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [3.2.1] - x\n\n## [3.2.0] - x\n")
    assert version(tmp_path) == "3.2.1"


def test_a_package_has_that_of_its_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "installed", {"ouvido": "4.5.6"}.__getitem__)
    assert version(tmp_path) == "4.5.6"


def test_without_either_it_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(module, "installed", absent)
    assert version(tmp_path) == "unknown"
