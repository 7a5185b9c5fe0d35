"""What the doctor sees of the machine."""

import shutil
import socket
from collections import namedtuple
from pathlib import Path

import pytest

from bot.cli.doctor import machine
from bot.cli.doctor.finding import Mark
from bot.settings import Settings

Usage = namedtuple("Usage", "total used free")


def test_libraries_are_those_that_the_bot_needs_here() -> None:
    requirements = {
        "aiohttp>=3.11; extra == 'bot'": "aiohttp",
        'fluent.runtime>=0.4; extra == "bot"': "fluent.runtime",
        "numpy>=2.0": "numpy",
        "sqlalchemy[asyncio]>=2; extra == 'bot'": "sqlalchemy",
        "tensorflow>=2.18; extra == 'training'": None,
        "audioop-lts>=0.2.1; python_version >= '3.13'": None,
    }
    assert {line: machine._name(line) for line in requirements} == requirements


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["aiohttp>=3; extra == 'bot'", "no-such-thing>=1"]
    monkeypatch.setattr(machine, "requires", lambda name: wanted)
    [finding] = machine.installed()
    assert (finding.mark, finding.what) == (Mark.ILL, "Not installed: no-such-thing")


@pytest.mark.parametrize(("free", "mark"), [(10, Mark.ILL), (500, Mark.DOUBT), (5000, Mark.WELL)])
def test_a_disk_that_runs_full_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, mark: Mark
) -> None:
    usage = Usage(0, 0, free * machine.MEBIBYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    finding = machine.disk(Settings(data_dir=tmp_path / "not" / "there yet"))
    assert finding.mark is mark
    assert f"{free} MB free" in finding.what


@pytest.mark.parametrize(("limit", "mark"), [("max", Mark.WELL), ("104857600", Mark.ILL)])
def test_the_containers_limit_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, mark: Mark
) -> None:
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    monkeypatch.setattr(machine, "CGROUPS", (tmp_path / "none", tmp_path / "memory.max"))
    assert machine.memory(Settings()).mark is mark


def test_each_worker_and_each_minute_wants_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_available", lambda: 350 * machine.MEBIBYTE)
    assert machine.memory(Settings(workers=1)).mark is Mark.WELL
    assert machine.memory(Settings(workers=2)).mark is Mark.ILL
    assert machine.memory(Settings(workers=1, max_minutes=60)).mark is Mark.ILL


def test_a_port_that_another_program_has_is_ill() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(port=taken.getsockname()[1])
        finding = machine.port(settings, running=False)
    assert finding.mark is Mark.ILL
    assert finding.advice == "Set another OUVIDO_PORT."
    assert machine.port(settings, running=False).mark is Mark.WELL


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "no..name"])
def test_a_host_that_is_not_this_machine_is_what_to_change(host: str) -> None:
    finding = machine.port(Settings(host=host, port=0), running=False)
    assert finding.mark is Mark.ILL
    assert finding.advice.startswith("Set OUVIDO_HOST to an address of this machine")


def test_a_bot_that_names_nobody_is_asked_for_a_contact() -> None:
    assert machine.contact(Settings(contact="@ana")).mark is Mark.WELL
    finding = machine.contact(Settings())
    assert finding.mark is Mark.DOUBT
    assert "CONTACT=" in finding.advice


def test_an_env_file_that_others_can_read_is_told(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.touch(mode=0o600)
    assert machine.dotenv_mode(dotenv).mark is Mark.WELL
    dotenv.chmod(0o640)
    finding = machine.dotenv_mode(dotenv)
    assert finding.mark is Mark.DOUBT
    assert finding.advice == f"Call chmod 600 {dotenv}."
