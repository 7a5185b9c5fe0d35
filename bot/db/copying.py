"""All rows of a database as plain values, and back into an empty one of either kind: for backups.

Tables are read as they stand in the database, so that one of an older version is copied as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, func, inspect, select, text

from bot.db.store import NewerDatabase, migrate, newest, version_of
from bot.db.tables import Base

Row = dict[str, Any]

VERSION = "alembic_version"
TABLES = frozenset({*Base.metadata.tables, "pictures"})  # the last one until 0002
BATCH = 500  # rows that are held at a time


class Unusable(Exception):
    """Rows do not fit into the tables, or these may not be replaced; the message says why."""


def export(connection: Connection, take: Callable[[str, Iterator[Row]], None]) -> str | None:
    """Hand the rows of each table to `take`, and return the revision of the tables.

    None where there are no tables. Raises `NewerDatabase`.
    """
    version = version_of(connection)
    if version is None:
        return None
    if version > newest():
        raise NewerDatabase(
            f"The database is of a newer Ouvido (its tables: {version}, ours: {newest()}): "
            "make the backup with that version."
        )
    for name, table in sorted(_tables(connection).items()):
        rows = connection.execute(select(table), execution_options={"yield_per": BATCH})
        take(name, (dict(row) for row in rows.mappings()))
    return version


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        name: connection.scalar(select(func.count()).select_from(table)) or 0
        for name, table in _tables(connection).items()
    }


def connections(connection: Connection) -> int:
    """How many others of PostgreSQL's user of ours are connected to the database."""
    if connection.dialect.name == "sqlite":
        return 0
    count = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = current_user AND pid <> pg_backend_pid()"
    )
    return connection.scalar(text(count)) or 0


def replace(
    connection: Connection, version: str | None, rows: Mapping[str, Iterable[Row]]
) -> dict[str, int]:
    """Drop all tables, make those of `version`, fill them and bring them up to date.

    Return how many rows each table got. Raises `Unusable`.
    """
    _drop(connection)
    if version is not None:
        migrate(connection, version)
    tables = _tables(connection)
    if unknown := rows.keys() - tables.keys():
        raise Unusable(f"There is no table {', '.join(sorted(unknown))} in version {version}")
    # The table of 0001 that refers to another comes last.
    order = sorted(rows, key=lambda name: (bool(tables[name].foreign_keys), name))
    done = {name: _fill(connection, tables[name], rows[name]) for name in order}
    migrate(connection)
    return done


def _drop(connection: Connection) -> None:
    """Drop all tables; in PostgreSQL, where others may stand, only if all are known to be ours."""
    names = set(inspect(connection).get_table_names())
    strange = names - TABLES - {VERSION}
    if strange and connection.dialect.name != "sqlite":
        raise Unusable(
            f"The database has tables that this Ouvido doesn't know ({', '.join(sorted(strange))}) "
            "and would have to drop: give it an empty database (createdb)."
        )
    found = MetaData()
    found.reflect(connection)
    found.drop_all(connection)


def _tables(connection: Connection) -> dict[str, Table]:
    """Our tables as the database has them."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in TABLES)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True  # as `bot.db.tables` has it
    return dict(found.tables)


def _fill(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows, and return how many."""
    done, columns, source = 0, {column.name for column in table.columns}, iter(rows)
    while batch := list(islice(source, BATCH)):
        if any(row.keys() != columns for row in batch):
            raise Unusable(f"A row of {table.name} has other columns than the table")
        connection.execute(table.insert(), batch)
        done += len(batch)
    return done
