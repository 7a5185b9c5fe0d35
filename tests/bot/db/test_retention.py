"""What is old is forgotten by itself."""

import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.db import Store
from bot.db.retention import KEEP, forget_old
from bot.db.tables import Answer, Base, Note, NoteName

DAY = 24 * 3600


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = Store("sqlite://")
    await store.open()
    yield store
    await store.close()


async def test_only_what_nobody_used_for_a_month_is_forgotten(store: Store) -> None:
    now = int(time.time())
    for sha256, at in (("old", now - KEEP - DAY), ("new", now - KEEP + DAY)):
        async with store.session() as session:
            note = {"verdict": {}, "evidence": {}, "request_count": 1, "used_at": at}
            session.add(Note(sha256=sha256, model="m", **note))
            session.add(NoteName(file_unique_id_hash=sha256, sha256=sha256, used_at=at))
            answer = {"file_id": "f", "chat_id": 1, "asker_id": 1, "private": False}
            session.add(Answer(token=sha256, sha256=sha256, model="m", created_at=at, **answer))
    await forget_old(store)
    kinds: list[type[Base]] = [Note, NoteName, Answer]
    async with store.session() as session:
        for kind in kinds:
            assert await session.scalar(select(func.count()).select_from(kind)) == 1, kind
        assert await session.get(Answer, "new") is not None
