"""The store opens, migrates, commits and rolls back, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.db import Store
from bot.db.store import newest
from bot.db.tables import Access, Base


async def test_the_migrations_make_what_the_tables_say(bare: str) -> None:
    store = Store(bare)
    await store.open()

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, Base.metadata)
        return found

    async with store.session() as session:
        assert await (await session.connection()).run_sync(differences) == []
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == newest()
    await store.close()


async def test_a_store_that_is_opened_again_still_knows(address: str) -> None:
    for attempt in range(2):
        store = Store(address)
        await store.open()
        async with store.session() as session:
            if attempt == 0:
                await session.merge(Access(id=2**40, allowed=False, decided_at=1))
            else:
                kept = await session.get(Access, 2**40)
                assert kept is not None
                assert kept.allowed is False
        await store.close()


async def test_an_error_rolls_back_the_whole_transaction(store: Store) -> None:
    async def fails() -> None:
        async with store.session() as session:
            session.add(Access(id=1, allowed=True, decided_at=1))
            await session.flush()
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await fails()
    async with store.session() as session:
        assert await session.get(Access, 1) is None


@pytest.mark.parametrize("url", ["mysql://a/b", "hello", ""])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"database|neither"):
        Store(url)


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database at all, but long enough to look like one" * 99)
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(SQLAlchemyError):
        await store.open()
    await store.close()


async def test_what_is_erased_is_gone_from_the_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    await store.open()
    async with store.session() as session:
        session.add(Access(id=0x1122334455667788, allowed=True, decided_at=1))
    async with store.session() as session:
        await session.execute(Base.metadata.tables["access"].delete())
    await store.close()
    traces = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert (0x1122334455667788).to_bytes(8, "big") not in traces
