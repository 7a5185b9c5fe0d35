"""The version: of a clone the newest of its CHANGELOG.md, as pyproject.toml has it, because the
metadata of an editable install is as old as the install; else the installed package's."""

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

CLONE = Path(__file__).parents[2]
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\]", re.MULTILINE)


def version(clone: Path = CLONE) -> str:
    """For example `0.6.0`; "unknown" where neither a clone nor a package tells."""
    if (clone / "pyproject.toml").is_file():
        found = RELEASE.search((clone / "CHANGELOG.md").read_text(encoding="utf-8"))
        if found:
            return found[1]
    try:
        return installed("ouvido")
    except PackageNotFoundError:
        return "unknown"
