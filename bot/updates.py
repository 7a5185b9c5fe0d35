"""Updates out of the JSON that Telegram sends; by long polling they are also fetched here."""

import asyncio
import json
import logging
from collections import deque
from contextlib import suppress
from typing import Any

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from bot.retries import PatientRequest
from bot.settings import SettingError

KINDS = ["message"]  # what we want to be sent
POLL_SECONDS = 50  # how long Telegram may hold a poll that finds nothing
REMEMBERED = 1000  # updates; those that Telegram repeats are young
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # s between two tries when Telegram can't be reached

logger = logging.getLogger(__name__)


class OnceQueue(asyncio.Queue[object]):
    """Takes each update once. Telegram sends again what it can't know to have arrived."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: deque[int] = deque(maxlen=REMEMBERED)

    async def put(self, item: object) -> None:
        if isinstance(item, Update):
            if item.update_id in self._taken:
                return
            self._taken.append(item.update_id)
        await super().put(item)


def parse(content: object, bot: Bot | None) -> Update:
    """An update. Of one that PTB can't read only the number is kept, and it is passed over."""
    if not isinstance(content, dict) or not isinstance(content.get("update_id"), int):
        raise ValueError("no update: it has no number")
    return _read(content, bot) or Update(content["update_id"])


def _read(content: dict[str, Any], bot: Bot | None) -> Update | None:
    try:
        return Update.de_json(content, bot)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        logger.warning("Update %s can't be read: %s", content["update_id"], error)
        return None


class PollRequest(PatientRequest):
    """The request for updates. One that can't be read must not hold up those behind it."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **kwargs)
        if code == 200:
            with suppress(ValueError):  # PTB says so of what is no JSON
                answer = json.loads(payload)
                answer["result"] = [
                    update if _read(update, None) else {"update_id": update["update_id"]}
                    for update in answer["result"]
                ]
                payload = json.dumps(answer).encode()
        return code, payload


async def poll(bot: Bot, queue: asyncio.Queue[object]) -> None:
    """Long polling that outlives every failure but a refused token.

    PTB's own Updater ends without a word when the token is revoked.
    """
    offset, pause = 0, FIRST_PAUSE
    try:
        while True:
            try:
                updates = await bot.get_updates(offset, timeout=POLL_SECONDS, allowed_updates=KINDS)
            except InvalidToken as error:
                raise SettingError(
                    "Telegram no longer accepts TELEGRAM_BOT_TOKEN; ask @BotFather for a new one."
                ) from error
            except TelegramError as error:
                logger.warning("No updates: %s; again in %g s", error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            for update in updates:
                await queue.put(update)
                offset = update.update_id + 1
    finally:
        if offset:  # tell Telegram what we have, or it comes again after the next start
            with suppress(TelegramError):
                await bot.get_updates(offset, timeout=0, allowed_updates=KINDS)
