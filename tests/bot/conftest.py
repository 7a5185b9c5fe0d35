"""Databases of the tests: SQLite and, where it is installed, PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import Store
from bot.db.tables import Base
from tests import postgresql


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if postgresql.program("postgres") is None:
        pytest.skip("PostgreSQL is not installed")
    with postgresql.running() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
async def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of an empty database that the test may do anything with; all tests share PostgreSQL's."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ouvido.db'}"
    server: str = request.getfixturevalue("server")
    store = Store(server)
    await store.open()
    async with store.session() as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(table.delete())
    await store.close()
    return server


@pytest.fixture
async def store(address: str) -> AsyncIterator[Store]:
    """An open and empty store."""
    store = Store(address)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
async def bare(address: str) -> str:
    """The address of a database without any table."""
    store = Store(address)
    async with store.session() as session:
        for name in ("alembic_version", "pictures", *Base.metadata.tables):
            await session.execute(text(f"DROP TABLE IF EXISTS {name} "))
    await store.close()
    return address
