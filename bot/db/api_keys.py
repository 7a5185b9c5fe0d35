"""Keys of programs that ask the API. A key is shown once; what is kept is its SHA-256."""

import hashlib
import secrets
import time
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.db.store import Store
from bot.db.tables import ApiKey

PREFIX = "ouvido_"  # by which people and scanners of secrets know what it is
SECRET_BYTES = 32
NOTED_SECONDS = 60  # the last use is written no more often


class NameTaken(Exception):
    """There is already a key of that name."""


async def add(store: Store, name: str, expires_at: int | None) -> str:
    """Make a key and return it; raises NameTaken."""
    key = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    row = ApiKey(sha256=_hash(key), name=name, created_at=int(time.time()), expires_at=expires_at)
    try:
        async with store.session() as session:
            session.add(row)
    except IntegrityError as error:
        raise NameTaken(name) from error
    return key


async def listed(store: Store) -> Sequence[ApiKey]:
    """Return all keys by their names."""
    async with store.session() as session:
        return (await session.scalars(select(ApiKey).order_by(ApiKey.name))).all()


async def remove(store: Store, name: str) -> bool:
    """Delete a key; return whether there was one."""
    async with store.session() as session:
        removed = delete(ApiKey).where(ApiKey.name == name).returning(ApiKey.name)
        return await session.scalar(removed) is not None


async def use(store: Store, key: str) -> ApiKey | None:
    """Find a key and note that it was used, unless it has expired; None where it is unknown."""
    now = int(time.time())
    async with store.session() as session:
        found = await session.get(ApiKey, _hash(key))
        if found and not is_expired(found) and now - (found.last_used_at or 0) >= NOTED_SECONDS:
            found.last_used_at = now
        return found


def is_expired(key: ApiKey) -> bool:
    """Whether a key does not hold any more."""
    return key.expires_at is not None and key.expires_at <= time.time()


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
