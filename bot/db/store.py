"""The connection to the database: opening, migrations, transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from bot.db.journal import Journal
from bot.db.tables import Base

MIGRATIONS = Path(__file__).parent / "migrations"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
MIGRATING = 0x0DD0_0000_0001  # advisory lock of whoever runs migrations
WAIT_SECONDS = 60  # for a connection or a lock

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # what was committed outlasts a power cut too
    "foreign_keys = ON",
    f"busy_timeout = {WAIT_SECONDS * 1000}",
    "secure_delete = ON",  # what people have us forget is overwritten
)


class NewerDatabase(Exception):
    """The tables are of a later version than this program; the message says what to do."""


class Store:
    """The database at an address such as `sqlite:///file` or `postgresql://user@host/name`."""

    def __init__(self, url: str, journal: Path | None = None) -> None:
        """Opens nothing yet; raises ValueError for an address of another kind of database."""
        self.journal = Journal(journal)
        self._engine = _engine(url)
        self.url = self._engine.url
        self.name = make_url(url).render_as_string(hide_password=True)
        self.file = Path(self._engine.url.database or "") if self.is_sqlite else None
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    async def open(self) -> None:
        """Lock the journal, connect, run the migrations that are missing.

        Raises SQLAlchemyError, OSError, `InUse` and `NewerDatabase`.
        """
        self.journal.hold()
        async with self._engine.begin() as connection:
            if not self.is_sqlite:  # replicas may start at the same moment
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATING})"))
            await connection.run_sync(migrate)

    async def version(self) -> str | None:
        """Return the revision of the database, such as "0001"; None when it is empty."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(version_of)

    async def close(self) -> None:
        """Close all connections and the journal."""
        await self._engine.dispose()
        self.journal.close()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back by an error."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A transaction whose reads all see one moment, whatever is written meanwhile."""
        async with self._engine.connect() as connection:
            if self.is_sqlite:  # whose driver begins no transaction for reads by itself
                await connection.exec_driver_sql("BEGIN")
            else:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def rebuilding(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may also make and drop tables; an error leaves all as it was."""
        async with self._engine.begin() as connection:
            if self.is_sqlite:  # nor for those
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def insert(self, table: type[Base]) -> Any:
        """Return an INSERT in the database's own dialect, which has ON CONFLICT."""
        return (sqlite if self.is_sqlite else postgresql).insert(table)


def _engine(url: str) -> AsyncEngine:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise ValueError(f"{url} is no address of a database") from error
    kind = address.get_backend_name()
    if kind not in DRIVERS:
        raise ValueError(f"{kind} is neither sqlite nor postgresql")
    address = address.set(drivername=DRIVERS[kind])
    if kind == "postgresql":
        return create_async_engine(
            address,
            pool_size=5,
            pool_timeout=WAIT_SECONDS,
            pool_pre_ping=True,  # after a restart of the server, too
            hide_parameters=True,
            connect_args={"async_creator_fn": connect},
        )
    # SQLite has one writer at a time; with one connection nobody ever meets its lock.
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,  # an error in the log must not tell whose row it was
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


async def connect(*arguments: Any, **options: Any) -> Any:
    """asyncpg's connection; raises OSError also for a server that starts or has no place free."""
    import asyncpg  # type: ignore[import-untyped]  # only where PostgreSQL is used

    try:
        return await asyncpg.connect(*arguments, **options)
    except (
        asyncpg.CannotConnectNowError,
        asyncpg.PostgresConnectionError,
        asyncpg.TooManyConnectionsError,
    ) as error:
        raise ConnectionError(str(error)) from error


def is_out_of_reach(error: BaseException | None) -> bool:
    """Whether an error says that a database on another machine can't be reached, not that it
    refuses what was asked."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, (InterfaceError, OperationalError))
    return isinstance(error, (PoolTimeout, ConnectionError))


def _set_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def migrate(connection: Connection, to: str | None = None) -> None:
    """Run the migrations that this database has not seen yet, up to one of them or all.

    All of it is one transaction: a kill in between leaves the database as it was. Raises
    `NewerDatabase` where a later version of the program has been there.
    """
    found = version_of(connection)
    if found == (to or newest()):
        return
    if found is not None and found > newest():
        raise NewerDatabase(
            f"The database is of a newer Ouvido (its tables: {found}, ours: {newest()}) and was "
            "left as it is. Start that version again; or, to stay with this one, bring back the "
            "backup from before the update: ouvido restore --replace FILE"
        )
    from alembic import command  # 0.4 s and 11 MB, needed once in the life of a version
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with connection.begin_nested():  # SQLite's driver begins no transaction for DDL by itself
        command.upgrade(config, to or "head")


def newest() -> str:
    """Return the revision of the last migration, such as "0001"."""
    return max(path.stem[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def version_of(connection: Connection) -> str | None:
    """Return the revision of the database, such as "0001"; None when it is empty."""
    try:
        with connection.begin_nested():
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
    except DatabaseError:  # no such table
        return None
