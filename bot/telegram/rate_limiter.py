"""Telegram's limit of twenty calls a minute to a group; and calls to groups that have moved."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import ChatMigrated, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.db import Store, chats

MOST, SECONDS = 20, 60.0  # calls of any method with a group's chat_id, in so many s
FOR_COMMANDS = 5  # of them are reserved for answers to commands
FOR_COURTESY = 10  # with fewer left, sendChatAction is skipped


class GroupRateLimited(RetryAfter):
    """The bot has used up its calls to a group; raised before Telegram would refuse one."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.message = f"A group has had its {MOST} calls of a minute; {seconds} s to wait"


class CallBudget:
    """Counts the calls of the last minute to each group."""

    def __init__(self) -> None:
        self._calls: dict[int, deque[float]] = {}  # s, monotonic
        self._reserved: defaultdict[int, int] = defaultdict(int)

    def spend(self, chat_id: int) -> None:
        """Count a call that is made now."""
        self._forget()
        self._calls.setdefault(chat_id, deque()).append(time.monotonic())

    def left(self, chat_id: int) -> int:
        """Return how many calls are left in this minute."""
        self._forget()
        return MOST - len(self._calls.get(chat_id, ())) - self._reserved.get(chat_id, 0)

    def wait(self, chat_id: int) -> float:
        """Return the time until the next call is allowed, s; 0 for now."""
        self._forget()
        calls = self._calls.get(chat_id, ())
        return calls[-MOST] + SECONDS - time.monotonic() if len(calls) >= MOST else 0.0

    @contextmanager
    def reserve(self, chat_id: int) -> Iterator[None]:
        """Inside, one call that is about to be made counts in `left` already."""
        self._reserved[chat_id] += 1
        try:
            yield
        finally:
            self._reserved[chat_id] -= 1
            if not self._reserved[chat_id]:
                del self._reserved[chat_id]

    def _forget(self) -> None:
        """Drop calls that are older than a minute, of all groups."""
        past = time.monotonic() - SECONDS
        for chat_id in list(self._calls):
            calls = self._calls[chat_id]
            while calls and calls[0] <= past:
                calls.popleft()
            if not calls:
                del self._calls[chat_id]


Data = dict[str, Any]
# Parameters with ids of messages, which do not exist in the supergroup.
LOST = ("reply_parameters", "reply_to_message_id")


class GroupRateLimiter(BaseRateLimiter[None]):
    """PTB's rate limiter: refuses calls to a group that has no budget left, without waiting.

    Waiting would let a flooded group hold the places of all others; instead
    `bot.updates.inbox` handles the update again later.
    """

    def __init__(self, call_budget: CallBudget, store: Store) -> None:
        self._call_budget, self._store = call_budget, store

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
        """Make a call; raises GroupRateLimited. One to a moved group is repeated at its new id."""
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int) or chat_id > 0:
            return await callback(*args, **kwargs)
        if endpoint == "sendChatAction" and self._call_budget.left(chat_id) < FOR_COURTESY:
            return True
        if (seconds := self._call_budget.wait(chat_id)) > 0:
            raise GroupRateLimited(math.ceil(seconds))
        self._call_budget.spend(chat_id)
        try:
            return await callback(*args, **kwargs)
        except ChatMigrated as error:
            await chats.move(self._store, chat_id, error.new_chat_id)
            if not endpoint.startswith("send"):
                raise  # it is about a message whose id has changed
            kept = {name: value for name, value in data.items() if name not in LOST}
            self._call_budget.spend(error.new_chat_id)
            return await callback(endpoint, kept | {"chat_id": error.new_chat_id}, **kwargs)
