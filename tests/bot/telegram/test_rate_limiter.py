"""Twenty calls a minute to a group, at no other group's cost; what moved is followed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.error import ChatMigrated, RetryAfter

from bot.db import Store, chats
from bot.telegram.rate_limiter import FOR_COURTESY, MOST, CallBudget, GroupRateLimiter


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time in seconds, which tests move."""
    now = [1000.0]
    monkeypatch.setattr("bot.telegram.rate_limiter.time.monotonic", lambda: now[0])
    return now


def test_calls_are_counted_for_a_minute_by_group(clock: list[float]) -> None:
    kept = CallBudget()
    for _ in range(MOST):
        kept.spend(-1)
        clock[0] += 1
    assert kept.left(-1) == 0
    assert kept.left(-2) == MOST
    clock[0] = 1060.5
    assert kept.left(-1) == 1


def test_it_tells_how_long_to_wait(clock: list[float]) -> None:
    kept = CallBudget()
    for _ in range(MOST - 1):
        kept.spend(-1)
    assert kept.wait(-1) == 0
    clock[0] += 10
    kept.spend(-1)
    assert kept.wait(-1) == pytest.approx(50)
    clock[0] += 50
    assert kept.wait(-1) == 0


def test_a_promised_call_is_not_promised_twice(clock: list[float]) -> None:
    kept = CallBudget()
    with kept.reserve(-1):
        with kept.reserve(-1):
            assert kept.left(-1) == MOST - 2
            assert kept.wait(-1) == 0  # it is no call yet
        assert kept.left(-1) == MOST - 1
    assert kept.left(-1) == MOST


def test_silent_groups_are_forgotten(clock: list[float]) -> None:
    kept = CallBudget()
    for group in range(1000):
        kept.spend(-group)
    clock[0] += 61
    kept.left(-1)
    assert kept._calls == {}


class Telegram:
    """Remembers what it was asked; some groups have moved."""

    def __init__(self, moved: dict[int, int] | None = None) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.moved = moved or {}

    async def __call__(self, endpoint: str, data: dict[str, Any]) -> bool:
        if data.get("chat_id") in self.moved:
            raise ChatMigrated(self.moved[data["chat_id"]])
        self.asked.append((endpoint, data))
        return True


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = Store("sqlite://")
    await store.open()
    yield store
    await store.close()


async def call(limiter: GroupRateLimiter, telegram: Telegram, endpoint: str, **data: Any) -> object:
    return await limiter.process_request(telegram, (endpoint, data), {}, endpoint, data, None)


async def test_the_twenty_first_call_of_a_minute_is_refused_here_and_only_for_that_group(
    store: Store,
) -> None:
    limiter, telegram = GroupRateLimiter(CallBudget(), store), Telegram()
    for _ in range(MOST):
        await call(limiter, telegram, "sendMessage", chat_id=-1)
    with pytest.raises(RetryAfter, match="A group has had its 20 calls of a minute; 60 s"):
        await call(limiter, telegram, "editMessageText", chat_id=-1, message_id=5)
    await call(limiter, telegram, "sendMessage", chat_id=-2)
    for _ in range(2 * MOST):
        await call(limiter, telegram, "sendMessage", chat_id=7)
        await call(limiter, telegram, "answerCallbackQuery", callback_query_id="1")
    assert len(telegram.asked) == MOST + 1 + 4 * MOST


async def test_a_courtesy_is_left_out_when_calls_become_few(store: Store) -> None:
    limiter, telegram = GroupRateLimiter(CallBudget(), store), Telegram()
    for _ in range(MOST):
        await call(limiter, telegram, "sendChatAction", chat_id=-1, action="typing")
    assert len(telegram.asked) == MOST - FOR_COURTESY + 1


async def test_what_is_said_follows_a_group_that_moved_without_its_messages_numbers(
    store: Store,
) -> None:
    await chats.change(store, -1, language="es")
    limiter, telegram = GroupRateLimiter(CallBudget(), store), Telegram({-1: -1001})
    reply = {"message_id": 5}
    await call(limiter, telegram, "sendMessage", chat_id=-1, text="a", reply_parameters=reply)
    assert telegram.asked == [("sendMessage", {"chat_id": -1001, "text": "a"})]
    assert (await chats.of(store, -1001)).language == "es"
    with pytest.raises(ChatMigrated):  # another message has that number there
        await call(limiter, telegram, "setMessageReaction", chat_id=-1, message_id=5)
