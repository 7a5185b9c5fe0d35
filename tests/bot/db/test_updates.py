"""An update is owed from its arrival to its answer, once, on both databases."""

import time

import pytest
from sqlalchemy import update

from bot.db import Store, updates
from bot.db.tables import UpdateRow


async def test_each_update_is_taken_once(store: Store) -> None:
    assert await updates.keep(store, [{"update_id": n} for n in (3, 1, 2, 3)]) == [1, 2, 3]
    assert await updates.keep(store, [{"update_id": n} for n in (3, 9)]) == [9]
    assert await updates.keep(store, []) == []


async def test_what_has_no_answer_is_owed_oldest_first(store: Store) -> None:
    await updates.keep(store, [{"update_id": n, "a": {"b": ["é", None]}} for n in (7, 5, 6)])
    async with updates.answered(store, 6):
        pass
    owed = await updates.owed(store)
    assert [content["update_id"] for content in owed] == [5, 7]
    assert owed[0]["a"] == {"b": ["é", None]}


async def begin(store: Store, number: int) -> updates.Begun | None:
    async with store.session() as session:
        return await updates.begin(session, number)


async def test_an_answered_update_is_never_begun_again_and_its_content_is_gone(
    store: Store,
) -> None:
    await updates.keep(store, [{"update_id": 1}])
    assert (await begin(store, 1) or ())[:2] == ({"update_id": 1}, 0)
    assert (await begin(store, 1) or ())[:2] == ({"update_id": 1}, 1)
    await updates.postpone(store, 1)
    assert (await begin(store, 1) or ())[:2] == ({"update_id": 1}, 1)
    async with updates.answered(store, 1):
        pass
    assert await begin(store, 1) is None
    assert await begin(store, 2) is None
    async with store.session() as session:
        row = await session.get(UpdateRow, 1)
        assert row is not None
        assert row.content is None
    assert await updates.keep(store, [{"update_id": 1}]) == []


@pytest.mark.parametrize(("days", "known"), [(1, True), (3, False)])
async def test_a_number_is_remembered_for_as_long_as_telegram_repeats_it(
    store: Store, days: int, known: bool
) -> None:
    await updates.keep(store, [{"update_id": 1}, {"update_id": 2}])
    async with store.session() as session:
        then = int(time.time()) - days * 24 * 3600
        await session.execute(update(UpdateRow).where(UpdateRow.id == 1).values(answered_at=then))
    await updates.prune(store)
    assert (await updates.keep(store, [{"update_id": 1}]) == []) == known
    assert [content["update_id"] for content in await updates.owed(store)][-1] == 2


async def test_the_message_that_shows_progress_is_known_in_the_next_attempt(store: Store) -> None:
    await updates.keep(store, [{"update_id": 1}])
    first = await begin(store, 1)
    await updates.keep_progress(store, 1, 77)
    second = await begin(store, 1)
    assert first is not None
    assert second is not None
    assert (first.progress_message_id, second.progress_message_id) == (None, 77)
