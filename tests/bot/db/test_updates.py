"""An update is owed from its arrival to its answer, once, on both databases."""

import time

import pytest
from sqlalchemy import update

from bot.db import Store, updates
from bot.db.tables import Update


async def test_each_update_is_taken_once(store: Store) -> None:
    assert await updates.keep(store, [{"update_id": n} for n in (3, 1, 2, 3)]) == [1, 2, 3]
    assert await updates.keep(store, [{"update_id": n} for n in (3, 9)]) == [9]
    assert await updates.keep(store, []) == []


async def test_what_has_no_answer_is_owed_oldest_first(store: Store) -> None:
    await updates.keep(store, [{"update_id": n, "a": {"b": ["é", None]}} for n in (7, 5, 6)])
    await updates.answered(store, 6)
    owed = await updates.owed(store)
    assert [content["update_id"] for content in owed] == [5, 7]
    assert owed[0]["a"] == {"b": ["é", None]}


async def test_an_answered_update_is_never_begun_again_and_its_content_is_gone(
    store: Store,
) -> None:
    await updates.keep(store, [{"update_id": 1}])
    assert (await updates.begin(store, 1) or ())[:2] == ({"update_id": 1}, 0)
    assert (await updates.begin(store, 1) or ())[:2] == ({"update_id": 1}, 1)
    await updates.postpone(store, 1)
    assert (await updates.begin(store, 1) or ())[:2] == ({"update_id": 1}, 1)
    await updates.answered(store, 1)
    assert await updates.begin(store, 1) is None
    assert await updates.begin(store, 2) is None
    async with store.session() as session:
        row = await session.get(Update, 1)
        assert row is not None
        assert row.content is None
    assert await updates.keep(store, [{"update_id": 1}]) == []


async def test_the_longest_wait_is_known(store: Store) -> None:
    assert await updates.oldest(store) is None
    before = int(time.time())
    await updates.keep(store, [{"update_id": 1}])
    oldest = await updates.oldest(store)
    assert oldest is not None
    assert before <= oldest <= time.time()


@pytest.mark.parametrize(("days", "known"), [(1, True), (3, False)])
async def test_a_number_is_remembered_for_as_long_as_telegram_repeats_it(
    store: Store, days: int, known: bool
) -> None:
    await updates.keep(store, [{"update_id": 1}, {"update_id": 2}])
    async with store.session() as session:
        then = int(time.time()) - days * 24 * 3600
        await session.execute(update(Update).where(Update.id == 1).values(answered_at=then))
    await updates.prune(store)
    assert (await updates.keep(store, [{"update_id": 1}]) == []) == known
    assert [content["update_id"] for content in await updates.owed(store)][-1] == 2
