"""The rooms of the house depend on each other in one direction only, and serving stays light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ALLOWED = {  # room: the rooms that it may import
    "inference": {"inference"},
    "bot": {"bot", "inference"},
    "dataset": {"dataset", "inference"},
    "training": {"training", "dataset", "inference"},
}
ROOMS = set(ALLOWED)
# Of the bot: each imports only those after it. What lies in `bot` itself is named here, too; of
# that, only the ground may be imported.
ENTRANCE = ("__main__", "service", "application")
BOTS = ("handlers", "cli", "web", "services", "updates", "views", "telegram", "db", "worker")
GROUND = ("texts", "settings", "dotenv", "log", "metrics")
HEAVY = {
    "jax", "keras", "librosa", "matplotlib", "numba", "pandas", "ray", "scipy", "sklearn",
    "soundfile", "tensorflow", "torch", "TTS",
}  # fmt: skip


def _imports(room: str) -> Iterator[tuple[str, str]]:
    """File and first name of every import of a room, wherever in the file it stands."""
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "" if node.level == 0 else room]
            else:
                continue
            for name in names:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", name.partition(".")[0]


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    imports = list(_imports(room))
    assert imports
    assert [(at, name) for at, name in imports if name in ROOMS - ALLOWED[room]] == []


def _imports_in_bot() -> Iterator[tuple[str, str, str]]:
    """File, its room and the room of every import from `bot`."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        file = path.relative_to(ROOT / "bot")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot"):
                _, *rest = (node.module or "").split(".")
                for imported in rest[:1] or [alias.name for alias in node.names]:
                    yield f"{file}:{node.lineno}", file.parts[0].removesuffix(".py"), imported


def test_a_room_of_the_bot_imports_only_the_rooms_after_it() -> None:
    floors = {room: number for number, room in enumerate(BOTS)}
    floors |= dict.fromkeys(ENTRANCE, -1) | dict.fromkeys(GROUND, len(BOTS))
    imports = list(_imports_in_bot())
    assert imports
    assert [(at, to) for at, room, to in imports if floors[to] < floors[room]] == []


def test_the_bot_s_sql_stands_in_one_room() -> None:
    others = (p for p in (ROOT / "bot").rglob("*.py") if "db" not in p.relative_to(ROOT).parts)
    assert [p for p in others if "from sqlalchemy import" in p.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("room", ["bot", "inference"])
def test_what_serves_imports_nothing_heavy(room: str) -> None:
    assert [(at, name) for at, name in _imports(room) if name in HEAVY] == []


def _loaded(module: str) -> set[str]:
    """First names of what is in memory after an import, whatever imported it."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", code]
    return set(
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    )


def test_the_process_that_listens_loads_nothing_heavy() -> None:
    loaded = _loaded("bot.worker.listener")
    assert {"numpy", "onnxruntime"} <= loaded
    assert loaded & (HEAVY | {"telegram", "aiohttp"}) == set()


def test_the_process_that_talks_loads_no_numbers() -> None:
    loaded = _loaded("bot.service, bot.application, bot.updates.webhook, bot.cli.check")
    assert {"telegram", "aiohttp"} <= loaded
    assert loaded & {"numpy", "onnxruntime", "PIL", "pydub"} == set()


def test_the_page_alone_loads_no_telegram() -> None:
    assert "telegram" not in _loaded("bot.service, bot.cli.check")
