"""Long polling: updates are fetched, stored, and only then confirmed to Telegram."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.db.updates import Content, is_update
from bot.settings import SettingError

# `allowed_updates` of getUpdates. What is not named never comes: edited and deleted messages (an
# edited caption is no new note), posts of channels, inline queries.
KINDS = [
    "message", "guest_message", "callback_query", "my_chat_member",
    "business_connection", "business_message",
]  # fmt: skip
POLL_SECONDS = 50  # `timeout` of getUpdates
READ_SECONDS = 10.0  # beyond POLL_SECONDS, until a connection is given up
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # s between two tries when Telegram can't be reached

Take = Callable[[list[Content]], Awaitable[None]]  # stores updates

logger = logging.getLogger(__name__)


async def poll(bot: Bot, take: Take) -> None:
    """Poll until cancelled; failures are retried, a refused token raises SettingError.

    Not PTB's Updater: it stops at an update that it can't parse, and ends silently when the token
    is revoked.
    """
    offset, pause = 0, FIRST_PAUSE
    try:
        while True:
            try:
                updates = await _fetch(bot, offset, POLL_SECONDS)
                await take(updates)
            except InvalidToken as error:
                raise SettingError(
                    "Telegram no longer accepts TELEGRAM_BOT_TOKEN; ask @BotFather for a new one."
                ) from error
            except (TelegramError, SQLAlchemyError) as error:
                logger.warning("No updates: %s; again in %g s", error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            offset = max([offset, *(update["update_id"] + 1 for update in updates)])
    finally:
        if offset:  # tell Telegram what we have, or it comes again after the next start
            with suppress(TelegramError):
                await _fetch(bot, offset, 0)


async def _fetch(bot: Bot, offset: int, seconds: int) -> list[Content]:
    """Call getUpdates once; raises TelegramError. Entries that are no updates are left out."""
    wanted = {"offset": offset, "timeout": seconds, "allowed_updates": json.dumps(KINDS)}
    address = f"{bot.base_url}/getUpdates?{urlencode(wanted)}"
    payload = await bot.request.retrieve(address, read_timeout=seconds + READ_SECONDS)
    try:
        updates: list[Content] = json.loads(payload)["result"]
        sound = [update for update in updates if is_update(update)]
    except (ValueError, KeyError, TypeError) as error:
        raise NetworkError("what came is no list of updates") from error
    if updates and not sound:  # they can't be confirmed, and would come again at once
        raise NetworkError("what came are no updates")
    return sound
