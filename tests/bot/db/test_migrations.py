"""A filled database of an older version opens, and keeps what it holds; on both databases."""

import time
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, insert, select, text
from sqlalchemy.exc import DatabaseError

from bot.db import Store
from bot.db.store import NewerDatabase, migrate, newest

NOW = int(time.time())
VERDICT = {"score": 0.9, "thresholds": [0.4, 0.6], "reasons": [], "seconds": 3.0, "windows": []}
ROWS_OF_0001: dict[str, list[dict[str, Any]]] = {
    "access": [{"id": 2**40, "allowed": False, "decided_at": NOW}],
    "answers": [
        {"token": "t" * 16, "sha256": "a", "model": "m", "file_id": "f", "chat_id": 7}
        | {"asker_id": 7, "private": False, "created_at": NOW, "why_id": 5}
        | {"zoom_id": 6, "compare_id": 8}
    ],
    "chats": [
        {"id": -7, "language": "es", "notes": "all", "only_suspicious": True}
        | {"manner": "summary", "discreet": True}
    ],
    "digests": [
        {"chat_id": -7, "message_id": 1, "language": "es", "label": "human", "score": 0.1}
        | {"thread": 4, "at": NOW}
    ],
    "donations": [
        {"id": "d", "person_id": 7, "sha256": "b", "truth": "own", "size": 9, "donated_at": NOW}
    ],
    "maintenance": [{"id": 1, "words": "soon", "since": NOW}],
    "note_names": [{"name": "n", "sha256": "a", "used_at": NOW}],
    "notes": [
        {"sha256": sha256, "model": "m", "verdict": VERDICT, "evidence": {}, "checks": 3}
        | {"used_at": NOW}
        for sha256 in ("a", "b")
    ],
    "people": [{"id": 7, "language": "es", "compare_consent_at": NOW, "donor": "x"}],
    "pictures": [
        {"sha256": "a", "model": "m", "language": language, "file_id": f"picture in {language}"}
        for language in ("es", "en")
    ],
    "quiz_clips": [{"sha256": "c", "file_id": "q"}],
    "updates": [{"id": 1, "content": {"update_id": 1}, "received_at": NOW, "tries": 2}],
    "votes": [
        {"sha256": "a", "model": "m", "person_id": 7, "label": "human", "right": True}
        | {"voted_at": NOW}
    ],
}
ROWS_OF_0002 = {name: rows for name, rows in ROWS_OF_0001.items() if name != "pictures"} | {
    "notes": [row | {"picture": f"of {row['sha256']}", "size": 9} for row in ROWS_OF_0001["notes"]]
}
RENAMED = {
    "answers": {
        "why_id": "explanation_message_id",
        "zoom_id": "zoom_message_id",
        "compare_id": "compare_message_id",
    },
    "chats": {"manner": "reply_mode", "discreet": "private_replies"},
    "digests": {"thread": "message_thread_id", "at": "created_at"},
    "maintenance": {"words": "message", "since": "started_at"},
    "note_names": {"name": "file_unique_id_hash"},
    "notes": {"checks": "request_count"},
    "people": {"donor": "donor_pseudonym"},
    "updates": {"tries": "attempts"},
    "votes": {"right": "is_correct"},
}


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _fill(connection: Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    tables = _reflected(connection).tables
    assert set(rows) == set(tables) - {"alembic_version"}
    for name in sorted(rows, key=lambda name: name == "pictures"):  # they refer to notes
        connection.execute(insert(tables[name]), rows[name])


def _rename(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of 0001 or 0002 with the names that its columns have by now, without its picture."""
    row = {name: value for name, value in row.items() if (table, name) != ("notes", "picture")}
    return {RENAMED.get(table, {}).get(name, name): value for name, value in row.items()}


async def _rows(store: Store) -> dict[str, list[dict[str, Any]]]:
    """What stands in every table, in the order of its primary key."""
    async with store.session() as session:
        tables = (await (await session.connection()).run_sync(_reflected)).tables
        return {
            name: [
                dict(row)
                for row in (
                    await session.execute(select(table).order_by(*table.primary_key))
                ).mappings()
            ]
            for name, table in tables.items()
        }


async def _migrate_and_fill(store: Store, rows: dict[str, list[dict[str, Any]]], to: str) -> None:
    async with store.session() as session:
        connection = await session.connection()
        await connection.run_sync(migrate, to)
        await connection.run_sync(_fill, rows)


@pytest.mark.parametrize("version", ["0001", "0002"])
async def test_a_filled_database_of_an_older_version_keeps_everything(
    bare: str, version: str
) -> None:
    before = {"0001": ROWS_OF_0001, "0002": ROWS_OF_0002}[version]
    store = Store(bare)
    await _migrate_and_fill(store, before, version)
    await store.open()
    after = await _rows(store)
    await store.close()
    assert set(after) == set(ROWS_OF_0002) | {"alembic_version", "api_keys", "batch_notes"}
    for table in ROWS_OF_0002:
        for old, new in zip(before[table], after[table], strict=True):
            assert new | _rename(table, old) == new, table


@pytest.mark.parametrize("version", ["0001", "0002"])
async def test_pictures_without_words_are_forgotten(bare: str, version: str) -> None:
    store = Store(bare)
    await _migrate_and_fill(store, {"0001": ROWS_OF_0001, "0002": ROWS_OF_0002}[version], version)
    await store.open()
    notes = (await _rows(store))["notes"]
    await store.close()
    assert [row["picture_file_ids"] for row in notes] == [{}, {}]
    assert not any("picture_file_id" in row for row in notes)


async def test_a_migration_that_fails_halfway_changes_nothing(bare: str) -> None:
    store = Store(bare)
    await _migrate_and_fill(store, ROWS_OF_0001, "0001")
    async with store.session() as session:  # the last table that 0003 changes is not there
        await session.execute(text("ALTER TABLE votes RENAME TO missing"))
    before = await _rows(store)
    with pytest.raises(DatabaseError, match="votes"):
        await store.open()
    assert await _rows(store) == before
    async with store.session() as session:
        await session.execute(text("ALTER TABLE missing RENAME TO votes"))
    await store.open()
    assert await store.version() == newest()
    await store.close()


async def test_a_database_of_a_later_version_is_refused_and_left_as_it_is(bare: str) -> None:
    store = Store(bare)
    await store.open()
    async with store.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = await _rows(store)
    with pytest.raises(NewerDatabase, match=r"tables: 9999, ours: .*ouvido restore --replace FILE"):
        await store.open()
    assert await _rows(store) == before
    async with store.session() as session:  # other tests use the same server
        ours = {"v": newest()}
        await session.execute(text("UPDATE alembic_version SET version_num = :v"), ours)
    await store.close()
