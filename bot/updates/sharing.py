"""A replica among others on one PostgreSQL: it handles updates that are its own, and one leads."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.db.claims import Lost, SharedClaims
from bot.updates.inbox import Inbox

LOOK_SECONDS = 1.0  # between two looks where nothing tells of news
SOONEST = 0.05  # s between two looks, and at least so many times what one takes
SHARE = 10
RECONNECT_SECONDS = 1.0
# After an outage every replica first says what it had sent; only then others' updates are claimed.
GRACE_SECONDS = 3.0
RESIGN_SECONDS = 15.0  # for polling to tell Telegram what has arrived

Lead = Callable[[], Coroutine[Any, Any, None]]  # what one of all does, until cancelled

logger = logging.getLogger(__name__)


async def share(inbox: Inbox, claims: SharedClaims, lead: Lead) -> None:
    """Handle updates until cancelled, through any outage of the database; lead while nobody else
    does. An error of `lead` is raised. After a cancellation the claims are still held."""
    was_lost = False
    while True:
        try:
            await claims.connect()
            if was_lost:
                logger.info("The database is back")
            await _attend(inbox, claims, lead, GRACE_SECONDS if was_lost else 0.0)
        except (Lost, SQLAlchemyError, OSError) as error:
            if not was_lost or not isinstance(error, OSError):  # once for each outage
                logger.warning("The database is out of reach: %s; what is asked waits", error)
            was_lost = True
            inbox.interrupt()
            await claims.disconnect()
            await asyncio.sleep(RECONNECT_SECONDS)


async def _attend(inbox: Inbox, claims: SharedClaims, lead: Lead, grace: float) -> None:
    """Look for updates until the connection is lost; raises Lost, SQLAlchemyError and OSError."""
    loop = asyncio.get_running_loop()
    leading: asyncio.Task[None] | None = None
    try:
        await inbox.settle()
        await asyncio.sleep(grace)
        while True:
            began = loop.time()
            if await claims.look() and leading is None:
                logger.info("This replica does what one of all does")
                leading = asyncio.create_task(lead())
            if leading and leading.done():
                leading.result()
            await inbox.look()
            await claims.news(max(SOONEST, SHARE * (loop.time() - began)), LOOK_SECONDS)
    finally:
        if leading:
            leading.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(RESIGN_SECONDS):
                    await asyncio.wait([leading])
            await claims.resign()
