"""All data about a person: collect it for /mydata, delete it for /forget."""

from datetime import UTC, datetime
from typing import Any

from bot.db import Store, people, updates
from bot.db.tables import Base
from bot.services import donations
from bot.settings import Settings
from bot.updates.content import sender

Known = dict[str, list[dict[str, Any]]]  # rows by what they are


async def known(store: Store, person: int, asked: int | None = None) -> Known:
    """Return all rows about a person, columns by name, times in ISO 8601 (UTC).

    `asked` is the id of the update that asks for this; it is left out of those that wait.
    """
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
    """Delete all of it but unanswered updates and the operators' decision about access."""
    await donations.erase(store, settings, person)
    await people.forget(store, person)


def _plain(row: Base) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {
        name: _time(value) if name.endswith("_at") and value is not None else value
        for name, value in values.items()
    }


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
