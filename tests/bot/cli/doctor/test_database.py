"""What the doctor sees of the database, which it leaves as it is."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.cli.doctor import database
from bot.cli.doctor.finding import Mark
from bot.db import Store
from bot.db.tables import UpdateRow
from bot.settings import Settings


async def version_is(store: Store, version: str) -> None:
    async with store.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


async def driver_ends() -> None:
    """Wait for the driver's thread, which ends by itself when a connection fails."""
    async with asyncio.timeout(60):
        while any("_connection_worker" in thread.name for thread in threading.enumerate()):
            await asyncio.sleep(0.01)


async def test_before_the_first_start_there_is_none_and_none_is_made(tmp_path: Path) -> None:
    finding = await database.look(Settings(data_dir=tmp_path))
    assert finding.mark is Mark.WELL
    assert "will be made" in finding.what
    assert list(tmp_path.iterdir()) == []


async def test_it_is_written_to_and_keeps_nothing_of_that(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    store = Store(settings.database)
    await store.open()
    finding = await database.look(settings)
    assert (finding.mark, "can be read and written" in finding.what) == (Mark.WELL, True)
    async with store.session() as session:
        assert await session.scalar(select(func.count()).select_from(UpdateRow)) == 0
    await store.close()


@pytest.mark.parametrize(
    ("version", "mark", "words"),
    [("9999", Mark.ILL, "of a newer Ouvido"), ("0000", Mark.WELL, "brought up to date")],
)
async def test_its_version_is_compared_with_ours(
    tmp_path: Path, version: str, mark: Mark, words: str
) -> None:
    settings = Settings(data_dir=tmp_path)
    store = Store(settings.database)
    await store.open()
    await version_is(store, version)
    await store.close()
    finding = await database.look(settings)
    assert finding.mark is mark
    assert words in finding.what


async def test_a_file_that_is_no_database_is_ill(tmp_path: Path) -> None:
    (tmp_path / "ouvido.db").write_bytes(b"not a database at all" * 100)
    finding = await database.look(Settings(data_dir=tmp_path))
    await driver_ends()
    assert finding.mark is Mark.ILL


async def test_a_server_that_is_not_there_is_ill_and_its_password_is_not_told() -> None:
    pytest.importorskip("asyncpg")
    address = "postgresql://ouvido:very-secret@127.0.0.1:9/ouvido"
    finding = await database.look(Settings(database_url=address))
    assert finding.mark is Mark.ILL
    assert "ouvido:***@127.0.0.1" in finding.what
    assert "secret" not in str(finding)


@pytest.mark.parametrize(
    "address", ["postgresql://a:very-secret@b:c@d/e", "sqlite:////proc/nowhere/x.db"]
)
async def test_an_address_that_is_none_is_ill(address: str) -> None:
    finding = await database.look(Settings(database_url=address))
    await driver_ends()
    assert finding.mark is Mark.ILL
    assert "secret" not in str(finding)
