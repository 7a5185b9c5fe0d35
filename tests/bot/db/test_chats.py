"""What groups chose: kept, moved to their new number, forgotten a month after the bot left."""

import asyncio
import time

import pytest
from sqlalchemy import select

from bot.db import Store, chats, quotas
from bot.db.tables import Access, Answer, ChatRow, Digest
from bot.settings import Settings

OLD, NEW = -4, -1_000_000_000_004


async def test_who_chose_nothing_has_the_defaults_and_one_choice_leaves_the_others(
    store: Store,
) -> None:
    chat = await chats.of(store, OLD)
    assert (chat.notes, chat.reply_mode, chat.language, chat.private_replies) == (
        "asked",
        "reply",
        None,
        False,
    )
    await chats.change(store, OLD, notes="all", timezone="UTC")
    chat = await chats.change(store, OLD, private_replies=True)
    assert (chat.notes, chat.timezone, chat.private_replies) == ("all", "UTC", True)


async def test_two_who_choose_at_once_both_have_it(store: Store) -> None:
    await asyncio.gather(
        chats.change(store, OLD, notes="all"), chats.change(store, OLD, reply_mode="summary")
    )
    chat = await chats.of(store, OLD)
    assert (chat.notes, chat.reply_mode) == ("all", "summary")


async def test_all_that_is_known_of_a_group_moves_with_it_and_twice_does_no_harm(
    store: Store,
) -> None:
    await chats.change(store, OLD, notes="all", left_at=5)
    await chats.of(store, NEW)  # the supergroup has defaults already
    now = int(time.time())
    answer = {"sha256": "a", "model": "m", "file_id": "f", "asker_id": 7, "private": False}
    line = {"label": "human", "score": 0.1, "created_at": now, "language": "en"}
    async with store.session() as session:
        session.add(Access(id=OLD, allowed=True, decided_at=1))
        session.add(Answer(token="t", chat_id=OLD, created_at=now, **answer))
        session.add(Digest(chat_id=OLD, message_id=9, **line))
    for _ in range(2):
        await chats.move(store, OLD, NEW)
    async with store.session() as session:
        assert await session.get(ChatRow, OLD) is None
        chat = await session.get_one(ChatRow, NEW)
        assert (chat.notes, chat.left_at) == ("all", None)
        assert await session.get(Access, OLD) is None
        assert (await session.get_one(Access, NEW)).allowed
        assert (await session.get_one(Answer, "t")).chat_id == NEW
        assert await session.get(Digest, (NEW, 9))


@pytest.mark.parametrize("left_at", [None, 5])
async def test_an_old_row_without_a_choice_does_not_undo_those_of_the_supergroup(
    store: Store, left_at: int | None
) -> None:
    await chats.change(store, NEW, notes="all", language="es")
    await chats.change(store, OLD, left_at=left_at)  # of an update that came late
    await chats.move(store, OLD, NEW)
    chat = await chats.of(store, NEW)
    assert (chat.notes, chat.language, chat.left_at) == ("all", "es", None)
    assert await chats.find(store, OLD) is None


async def test_lines_of_a_summary_with_a_number_of_the_supergroups_do_not_stop_the_move(
    store: Store,
) -> None:
    await chats.change(store, OLD, notes="all")
    line = {"label": "human", "score": 0.1, "created_at": int(time.time()), "language": "en"}
    async with store.session() as session:
        for chat_id, number in ((OLD, 8), (OLD, 9), (NEW, 9)):
            session.add(Digest(chat_id=chat_id, message_id=number, **line))
    await chats.move(store, OLD, NEW)
    async with store.session() as session:
        rows = list(await session.scalars(select(Digest).order_by(Digest.message_id)))
    assert [(row.chat_id, row.message_id) for row in rows] == [(NEW, 8), (NEW, 9)]
    assert (await chats.of(store, NEW)).notes == "all"


async def test_the_minutes_of_an_hour_go_with_a_group_that_moves(store: Store) -> None:
    answer = {"sha256": "a", "model": "m", "file_id": "f", "asker_id": 7, "private": False}
    async with store.session() as session:
        session.add(Answer(token="t", chat_id=OLD, created_at=int(time.time()), **answer))
    await chats.move(store, OLD, NEW)
    settings = Settings(minutes_per_hour_chat=1)
    assert await quotas.opens_at(store, settings, 8, NEW) is not None
    assert await quotas.opens_at(store, settings, 8, OLD) is None


@pytest.mark.parametrize("decided", [True, False])
async def test_what_an_operator_decided_of_the_supergroup_stands(
    store: Store, decided: bool
) -> None:
    async with store.session() as session:
        session.add(Access(id=OLD, allowed=not decided, decided_at=1))
        session.add(Access(id=NEW, allowed=decided, decided_at=2))
    await chats.move(store, OLD, NEW)
    async with store.session() as session:
        assert await session.get(Access, OLD) is None
        assert (await session.get_one(Access, NEW)).allowed is decided


async def test_a_group_that_the_bot_left_is_forgotten_after_a_month(store: Store) -> None:
    day, now = 24 * 3600, int(time.time())
    await chats.change(store, -1, left_at=now - 31 * day)
    await chats.change(store, -2, left_at=now - 29 * day)
    await chats.of(store, -3)
    await chats.prune(store)
    async with store.session() as session:
        known = [await session.get(ChatRow, number) is not None for number in (-1, -2, -3)]
    assert known == [False, True, True]
