"""A filled database of an older version opens, and keeps what it holds; on both databases."""

import time
from typing import Any

from sqlalchemy import Connection, MetaData, insert, select

from bot.db import Store
from bot.db.store import migrate

NOW = int(time.time())
VERDICT = {"score": 0.9, "thresholds": [0.4, 0.6], "reasons": [], "seconds": 3.0, "windows": []}
ROWS_OF_0_4_0: dict[str, list[dict[str, Any]]] = {
    "access": [{"id": 2**40, "allowed": False, "decided_at": NOW}],
    "answers": [
        {"token": "t" * 16, "sha256": "a", "model": "m", "file_id": "f", "chat_id": 7}
        | {"asker_id": 7, "private": False, "created_at": NOW, "why_id": 5}
    ],
    "chats": [
        {"id": -7, "language": "es", "notes": "all", "only_suspicious": True}
        | {"manner": "summary", "discreet": True}
    ],
    "digests": [
        {"chat_id": -7, "message_id": 1, "language": "es", "label": "human", "score": 0.1}
        | {"at": NOW}
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


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _fill(connection: Connection) -> None:
    tables = _reflected(connection).tables
    assert set(ROWS_OF_0_4_0) == set(tables) - {"alembic_version"}
    for name in sorted(ROWS_OF_0_4_0, key=lambda name: name == "pictures"):  # they refer to notes
        connection.execute(insert(tables[name]), ROWS_OF_0_4_0[name])


async def test_a_filled_database_of_0_4_0_keeps_everything_and_one_picture_a_note(
    bare: str,
) -> None:
    store = Store(bare)
    async with store.session() as session:
        connection = await session.connection()
        await connection.run_sync(migrate, "0001")
        await connection.run_sync(_fill)
    await store.open()
    async with store.session() as session:
        tables = (await (await session.connection()).run_sync(_reflected)).tables
        for name in set(ROWS_OF_0_4_0) - {"pictures"}:
            rows = [dict(row) for row in (await session.execute(select(tables[name]))).mappings()]
            for before, after in zip(ROWS_OF_0_4_0[name], rows, strict=True):
                assert after | before == after, name
        note = tables["notes"]
        kept = await session.execute(select(note.c.sha256, note.c.picture).order_by(note.c.sha256))
        assert kept.all() == [("a", "picture in en"), ("b", None)]
    assert "pictures" not in tables
    await store.close()
