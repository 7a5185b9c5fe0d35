"""Long polling: updates are fetched, handed over to be kept, and only then confirmed."""

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

# What we want to be sent.
KINDS = ["message", "guest_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 50  # how long Telegram may hold a poll that finds nothing
READ_SECONDS = 10.0  # more, until we think that the line is dead
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # s between two tries when Telegram can't be reached

Take = Callable[[list[Content]], Awaitable[None]]  # keeps updates; when it returns they are safe

logger = logging.getLogger(__name__)


async def poll(bot: Bot, take: Take) -> None:
    """Long polling that outlives every failure but a refused token.

    Raw, because PTB's own would let an update that it can't read hold up those behind it, and its
    Updater ends without a word when the token is revoked.
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
