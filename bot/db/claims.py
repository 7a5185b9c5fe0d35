"""Which replica does what, where several share a PostgreSQL: advisory locks of one session.

A replica that dies loses its connection and with it its locks, at once and without any clock.
"""

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from hashlib import blake2b
from typing import Any

from sqlalchemy import NullPool, Row, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.db.store import Store, connect
from bot.db.updates import CHANNEL

CLASS = 0x0DD0  # of locks with two numbers: each replica has one with its own; 0: who leads
ANSWER_SECONDS = 5.0  # for each statement here; then the connection counts as lost
# A replica whose machine lost its power can't close its connection: the server notices after 25 s.
# A living one has noticed and stopped long before.
SESSION = {
    "application_name": "ouvido",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

LOCK = "SELECT pg_try_advisory_lock(:key)"
UNLOCK = "SELECT pg_advisory_unlock(:key)"
LEAD = f"SELECT pg_try_advisory_lock({CLASS}, 0)"
RESIGN = f"SELECT pg_advisory_unlock({CLASS}, 0)"
REGISTER = f"SELECT pg_try_advisory_lock({CLASS}, :number)"
PEERS = """
    SELECT array_agg(objid::bigint) FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND classid = :class AND objsubid = 2 AND objid <> 0
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Lost(Exception):
    """The connection that holds our locks is gone, and they with it."""


class Claim(Enum):
    """What came of asking for an update of a sender."""

    OURS = "ours"
    SENDER_BUSY = "sender busy"  # another replica handles an update of this sender
    POSTPONED = "postponed"  # another replica tries this update again later


class Claims:
    """Of a bot that has its database for itself: everything is its own."""

    session = 0  # changes when all locks were lost

    def prefers(self, place: int) -> bool:
        """Return whether updates of a chat are handled here first."""
        return True

    async def claim(self, lane: str, who: int, number: int) -> Claim:
        """Claim a sender in a lane, and one update of theirs."""
        return Claim.OURS

    async def release(self, session: int, lane: str, who: int) -> None:
        """Give a sender back that was claimed in a session."""

    async def drop(self, session: int, number: int) -> None:
        """Give an update back that was claimed in a session."""


class SharedClaims(Claims):
    """Of one of several replicas on a PostgreSQL."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = secrets.randbelow(2**31 - 1) + 1  # of this replica
        self._connection: AsyncConnection | None = None
        self._driver: Any = None  # asyncpg's own connection, or None
        self._alive = False
        self._in_turn = asyncio.Lock()  # one statement at a time
        self._stirred = asyncio.Event()
        self._replicas: list[int] = []
        self._updates: set[int] = set()  # that are claimed
        self._leads = False

    async def connect(self) -> None:
        """Connect, register and listen; raises SQLAlchemyError, OSError, TimeoutError and Lost."""
        engine = create_async_engine(
            self._store.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={
                "async_creator_fn": connect,
                "timeout": ANSWER_SECONDS,
                "server_settings": SESSION,
            },
        )
        self._connection = await engine.connect()
        self._driver = (await self._connection.get_raw_connection()).driver_connection
        self.session += 1
        self._updates.clear()
        self._alive = True
        self._driver.add_termination_listener(self._on_end)
        await self._driver.add_listener(CHANNEL, self._on_news)
        await self._ask(REGISTER, {"number": self._number})

    async def disconnect(self) -> None:
        """Give up the connection and with it all locks, whatever state it is in."""
        connection, driver = self._connection, self._driver
        self._connection = self._driver = None
        self._alive = False
        self._leads, self._replicas = False, []
        if driver:
            driver.terminate()
        if connection:
            with suppress(SQLAlchemyError, OSError, RuntimeError):
                await connection.close()

    async def look(self) -> bool:
        """Look which replicas there are; return whether this one leads. Raises Lost."""
        self._replicas = (await self._ask(PEERS, {"class": CLASS}))[0] or []
        self._leads = self._leads or bool((await self._ask(LEAD))[0])
        return self._leads

    async def resign(self) -> None:
        """Let another replica lead."""
        if self._leads:
            self._leads = False
            with suppress(Lost):
                await self._ask(RESIGN)

    async def news(self, least: float, most: float) -> None:
        """Wait until an update was stored or the connection is lost, from `least` to `most` s."""
        await asyncio.sleep(least)
        with suppress(TimeoutError):
            async with asyncio.timeout(most):
                await self._stirred.wait()
        self._stirred.clear()

    def prefers(self, place: int) -> bool:
        """Each chat has one replica (rendezvous hashing), so that what it remembers is of use."""
        if self._number not in self._replicas:
            return True
        return self._number == max(self._replicas, key=lambda each: _hash(f"{each}:{place}"))

    async def claim(self, lane: str, who: int, number: int) -> Claim:
        session, ours = self.session, False
        try:
            if not await self._lock(f"{lane}:{who}"):
                return Claim.SENDER_BUSY
            ours = number in self._updates or await self._lock(f"update:{number}")
        except Lost:
            return Claim.SENDER_BUSY
        if ours:
            self._updates.add(number)
            return Claim.OURS
        await self.release(session, lane, who)
        return Claim.POSTPONED

    async def release(self, session: int, lane: str, who: int) -> None:
        await self._unlock(session, f"{lane}:{who}")

    async def drop(self, session: int, number: int) -> None:
        if session == self.session:
            self._updates.discard(number)
        await self._unlock(session, f"update:{number}")

    async def _lock(self, key: str) -> bool:
        return bool((await self._ask(LOCK, {"key": _hash(key)}))[0])

    async def _unlock(self, session: int, key: str) -> None:
        if session == self.session and self._alive:  # else the lock went with its session
            with suppress(Lost):
                await self._ask(UNLOCK, {"key": _hash(key)})

    async def _ask(self, statement: str, values: Mapping[str, Any] | None = None) -> Row[Any]:
        try:
            async with self._in_turn, asyncio.timeout(ANSWER_SECONDS):
                if not self._alive or self._connection is None:
                    raise Lost("the connection was closed")
                return (await self._connection.execute(text(statement), values)).one()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            self._on_end(None)
            raise Lost(_first_line(error)) from error

    def _on_news(self, *_: object) -> None:
        self._stirred.set()

    def _on_end(self, driver: object) -> None:
        """The connection is gone: `look` will say so at once."""
        if driver is None or driver is self._driver:
            self._alive = False
            self._stirred.set()


def claims_for(store: Store) -> Claims:
    """SQLite has one process, by the lock of its folder; PostgreSQL any number of them."""
    return Claims() if store.is_sqlite else SharedClaims(store)


def _hash(key: str) -> int:
    """64 bits with a sign, as PostgreSQL's bigint."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
