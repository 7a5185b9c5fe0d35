"""What goes out to groups: every call is counted, and follows a group that has moved."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import ChatMigrated
from telegram.ext import BaseRateLimiter

from bot.db import Store, chats
from bot.telegram.pace import FOR_COURTESY, Crowded, Pace

Data = dict[str, Any]
# Numbers of messages, which the supergroup does not know.
LOST = ("reply_parameters", "reply_to_message_id")


class Outgoing(BaseRateLimiter[None]):
    """PTB's place to step in before a call.

    Nothing waits here, or a group that is flooded would take the places of all others. A call that
    Telegram would refuse is refused at once, and `bot.updates.inbox` answers that update later.
    """

    def __init__(self, pace: Pace, store: Store) -> None:
        self._pace, self._store = pace, store

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | Data | list[Data]]],
        args: Any,
        kwargs: Data,
        endpoint: str,
        data: Data,
        rate_limit_args: None,
    ) -> bool | Data | list[Data]:
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int) or chat_id > 0:
            return await callback(*args, **kwargs)
        if endpoint == "sendChatAction" and self._pace.left(chat_id) < FOR_COURTESY:
            return True
        if (seconds := self._pace.wait(chat_id)) > 0:
            raise Crowded(math.ceil(seconds))
        self._pace.spend(chat_id)
        try:
            return await callback(*args, **kwargs)
        except ChatMigrated as error:
            await chats.move(self._store, chat_id, error.new_chat_id)
            if not endpoint.startswith("send"):
                raise  # it is about a message that has another number now
            kept = {name: value for name, value in data.items() if name not in LOST}
            self._pace.spend(error.new_chat_id)
            return await callback(endpoint, kept | {"chat_id": error.new_chat_id}, **kwargs)
