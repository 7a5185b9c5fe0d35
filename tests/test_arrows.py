"""Packages and their rooms import each other one way, as rooms.toml says; serving stays light."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = (Path(__file__).parent / "rooms.toml").read_text()
ROOMS = tomllib.loads(TABLE)
PACKAGES = list(ROOMS["packages"])
SMALL = 12  # files of a room; those that are lists of one kind may be longer
LISTS = {"corpora", "engines", "augmentation", "handlers", "db"}
HEAVY = {
    "jax", "keras", "librosa", "matplotlib", "numba", "pandas", "ray", "scipy", "sklearn",
    "soundfile", "tensorflow", "torch", "TTS",
}  # fmt: skip


def _imports(package: str) -> Iterator[tuple[str, str, str]]:
    """Line, module that imports and module that is imported, wherever in the file it stands."""
    for path in sorted((ROOT / package).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", module, name


def _room(module: str) -> str:
    """The room of a module, or of a name in one."""
    package, *parts = module.split(".")
    if parts and (ROOT / package / parts[0]).is_dir():
        return parts[0]
    return "top" if parts and parts[0] in ROOMS["top"][package] else "ground"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_the_packages_below_it(package: str) -> None:
    imports = [(at, name.partition(".")[0]) for at, _, name in _imports(package)]
    assert imports
    allowed = {package, *ROOMS["packages"][package]}
    assert [(at, name) for at, name in imports if name in set(PACKAGES) - allowed] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_room_imports_only_the_rooms_below_it(package: str) -> None:
    rooms = ROOMS[package]
    arrows = {
        (_room(module), _room(name), at)
        for at, module, name in _imports(package)
        if name.split(".")[0] == package
    }
    assert [one for one in arrows if one[0] != one[1] and one[1] not in rooms[one[0]]] == []
    used = {(one, other) for one, other, _ in arrows}
    assert [
        (room, other)
        for room, below in rooms.items()
        for other in below
        if (room, other) not in used
    ] == [], "arrows that nobody needs"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_table_names_every_room_from_top_to_bottom(package: str) -> None:
    rooms = list(ROOMS[package])
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert {*rooms} - {"top", "ground"} == folders
    for place, room in enumerate(rooms):
        assert {*ROOMS[package][room]} <= {*rooms[place + 1 :]}, room
    for room in folders - LISTS:
        files = [path for path in (ROOT / package / room).glob("*.py") if path.stem != "__init__"]
        assert len(files) <= SMALL, f"{package}/{room}: {len(files)} files"


def test_the_architecture_page_shows_the_table() -> None:
    assert TABLE in (ROOT / "docs" / "architecture.md").read_text()


def test_the_bot_s_sql_stands_in_one_room() -> None:
    others = (p for p in (ROOT / "bot").rglob("*.py") if "db" not in p.relative_to(ROOT).parts)
    assert [p for p in others if "from sqlalchemy import" in p.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("package", ["bot", "inference"])
def test_what_serves_imports_nothing_heavy(package: str) -> None:
    found = [(at, name) for at, _, name in _imports(package) if name.partition(".")[0] in HEAVY]
    assert found == []


def _loaded(module: str) -> set[str]:
    """First names of what is in memory after an import, whatever imported it."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", code]
    return set(
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    )


def test_the_process_that_listens_loads_nothing_heavy() -> None:
    loaded = _loaded("bot.worker.__main__")
    assert {"numpy", "onnxruntime"} <= loaded
    assert loaded & (HEAVY | {"telegram", "aiohttp"}) == set()


def test_the_process_that_talks_loads_no_numbers() -> None:
    loaded = _loaded("bot.service, bot.application, bot.updates.webhook, bot.cli.check")
    assert {"telegram", "aiohttp"} <= loaded
    assert loaded & {"numpy", "onnxruntime", "PIL", "pydub"} == set()


def test_the_page_alone_loads_no_telegram() -> None:
    assert "telegram" not in _loaded("bot.service, bot.cli.check")
