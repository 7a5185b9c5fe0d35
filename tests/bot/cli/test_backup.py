"""`ouvido backup` and `ouvido restore` from outside: files, pipes, sentences, exit codes."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import backup, restore
from bot.db import Store, people
from bot.services.backup import writing
from bot.settings import Settings

ROOT = Path(__file__).parents[3]


def run(*arguments: str, stdin: bytes = b"", **settings: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
        input=stdin,
        capture_output=True,
        timeout=120,
    )


@pytest.fixture
async def here(tmp_path: Path) -> Path:
    """A DATA_DIR with something in it."""
    folder = tmp_path / "here"
    folder.mkdir()
    store = Store(Settings(data_dir=folder).database)
    await store.open()
    await people.choose(store, 7, language="es")
    await store.close()
    (folder / "quiz").mkdir()
    (folder / "quiz" / "x.ogg").write_bytes(b"OggS")
    return folder


async def language(folder: Path) -> str | None:
    store = Store(Settings(data_dir=folder).database)
    await store.open()
    [person] = (await people.known(store, 7))["choices"]
    await store.close()
    return getattr(person, "language", None)


async def test_a_file_is_written_for_its_owner_and_read_on_another_machine(
    here: Path, tmp_path: Path
) -> None:
    file, there = tmp_path / "backup.zip", tmp_path / "there"
    file.write_text("of yesterday")
    done = run("backup", str(file), DATA_DIR=str(here))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == f"{file}: 1 rows, 1 files\n"
    assert file.stat().st_mode & 0o777 == 0o600
    done = run("restore", str(file), DATA_DIR=str(there))
    assert (done.returncode, done.stderr) == (0, b"")
    assert b": 1 rows, 1 files. The settings are not in it" in done.stdout
    assert await language(there) == "es"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "here", "there"]
    done = run("restore", str(file), DATA_DIR=str(there))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"restore: There is a bot's data already: 1 rows in sqlite:///")
    assert run("restore", "--replace", str(file), DATA_DIR=str(there)).returncode == 0


async def test_a_pipe_does_as_well_for_containers(here: Path, tmp_path: Path) -> None:
    done = run("backup", "-", DATA_DIR=str(here))
    assert (done.returncode, done.stderr) == (0, b"-: 1 rows, 1 files\n")
    there = tmp_path / "there"
    assert run("restore", "-", stdin=done.stdout, DATA_DIR=str(there)).returncode == 0
    assert await language(there) == "es"
    cut = run("restore", "-", "--replace", stdin=done.stdout[:-9], DATA_DIR=str(there))
    assert (cut.returncode, cut.stderr) == (
        1, b"restore: This is no backup, or it is damaged: take another one.\n",
    )  # fmt: skip
    assert await language(there) == "es"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["backup", "here/backup.zip"], "lies in DATA_DIR"),
        (["backup", "nowhere/backup.zip"], "No such file or directory"),
        (["backup", "--with-env", "backup.zip"], "There is no "),
        (["restore", "backup.zip"], "No such file or directory"),
        (["restore", "here"], "Is a directory"),
    ],
)
async def test_what_can_not_be_done_is_one_sentence_and_leaves_nothing(
    here: Path, tmp_path: Path, arguments: list[str], words: str
) -> None:
    if "--with-env" in arguments and (ROOT / ".env").exists():
        pytest.skip("this clone has a .env")
    before = sorted(path for path in tmp_path.rglob("*") if "ouvido.db" not in path.name)
    arguments[-1] = str(tmp_path / arguments[-1])
    done = run(*arguments, DATA_DIR=str(here))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    assert words in done.stderr.decode()
    after = sorted(path for path in tmp_path.rglob("*") if "ouvido.db" not in path.name)
    assert after == before


async def test_a_link_stays_one_and_what_is_no_file_is_left_alone(
    here: Path, tmp_path: Path
) -> None:
    (link := tmp_path / "newest.zip").symlink_to(tmp_path / "monday.zip")
    assert run("backup", str(link), DATA_DIR=str(here)).returncode == 0
    assert link.is_symlink()
    assert (tmp_path / "monday.zip").read_bytes().startswith(b"PK")
    os.mkfifo(pipe := tmp_path / "pipe")
    done = run("backup", str(pipe), DATA_DIR=str(here))
    assert done.returncode == 1
    assert b"is no ordinary file" in done.stderr
    assert pipe.is_fifo()


async def test_a_backup_that_breaks_off_leaves_the_one_of_before(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    file = tmp_path / "backup.zip"
    file.write_text("of yesterday")
    monkeypatch.setattr(writing, "_add", full)
    settings = Settings(data_dir=here)
    with pytest.raises(OSError, match="No space left"):
        await asyncio.to_thread(backup._write_whole, file, settings, None)
    assert file.read_text() == "of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "here"]


async def test_the_settings_come_along_where_that_is_asked_for(here: Path, tmp_path: Path) -> None:
    dotenv, file = tmp_path / ".env", tmp_path / "backup.zip"
    dotenv.write_text("TELEGRAM_BOT_TOKEN=1:secret\n")
    settings = Settings(data_dir=here)
    assert await asyncio.to_thread(backup.main, backup.parse([str(file)]), settings, dotenv) == 0
    assert b"1:secret" not in file.read_bytes()
    arguments = backup.parse(["--with-env", str(file)])
    assert await asyncio.to_thread(backup.main, arguments, settings, dotenv) == 0
    there, found = Settings(data_dir=tmp_path / "there"), tmp_path / "other" / ".env"
    found.parent.mkdir()
    assert await asyncio.to_thread(restore.main, restore.parse([str(file)]), there, found) == 0
    assert found.read_text() == dotenv.read_text()
    assert found.stat().st_mode & 0o777 == 0o600
    found.write_text("of here")
    again = restore.parse(["--replace", str(file)])
    assert await asyncio.to_thread(restore.main, again, there, found) == 0
    assert found.read_text() == "of here"
