"""All that the bot keeps about a person: to be shown to them, and to be erased."""

import time
from datetime import UTC, datetime
from typing import Any

from bot.db import Store, people, updates
from bot.db.tables import Base
from bot.services import donations
from bot.settings import Settings
from bot.updates.inbox import sender

HOUR = 3600  # s that answers are counted for, where an operator limits them

Known = dict[str, list[dict[str, Any]]]  # rows by what they are


async def known(store: Store, person: int, asked: int | None = None) -> Known:
    """Everything about a person, as it stands in the store, but for the update with which it is
    `asked`; times are ISO 8601, UTC."""
    rows = await people.known(store, person)
    rows["donations"] = await donations.given(store, person)
    waiting = [
        content
        for content in await updates.owed(store)
        if sender(content) == person and content["update_id"] != asked
    ]
    found = {name: [_plain(row) for row in each] for name, each in rows.items()}
    return {**found, "waiting": [{"update": content} for content in waiting]}


async def forget(store: Store, settings: Settings, person: int) -> None:
    """Erase all of it, but for what waits for its answer and what an operator decided."""
    await donations.erase(store, settings, person)
    await people.forget(store, person)


def recent(known: Known) -> int:
    """How many answers of the last hour count towards a limit."""
    since = _time(int(time.time()) - HOUR)
    return sum(answer["created_at"] > since for answer in known["answers"])


def _plain(row: Base) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {
        name: _time(value) if name.endswith("_at") and value is not None else value
        for name, value in values.items()
    }


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
