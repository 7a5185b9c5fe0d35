"""Replicas on one PostgreSQL: what one has claimed no other gets, until it ends or dies."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.db import Store, updates
from bot.db.claims import Claim, Claims, Lost, SharedClaims, claims_for
from tests import postgresql

needs_postgresql = pytest.mark.skipif(
    postgresql.program("postgres") is None, reason="PostgreSQL is not installed"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with postgresql.running() as address:
        yield address


@pytest.fixture
async def two(address: str) -> AsyncIterator[tuple[SharedClaims, SharedClaims]]:
    stores = Store(address), Store(address)
    claims = SharedClaims(stores[0]), SharedClaims(stores[1])
    for store, each in zip(stores, claims, strict=True):
        await store.open()
        await each.connect()
    yield claims
    for store, each in zip(stores, claims, strict=True):
        await each.disconnect()
        await store.close()


async def test_alone_everything_is_ours() -> None:
    claims = claims_for(Store("sqlite://"))
    assert type(claims) is Claims
    assert claims.prefers(7)
    assert await claims.claim("notes", 7, 1) is Claim.OURS


@needs_postgresql
async def test_a_sender_has_one_replica_at_a_time(two: tuple[SharedClaims, SharedClaims]) -> None:
    ours, theirs = two
    assert await ours.claim("notes", 7, 1) is Claim.OURS
    assert await theirs.claim("notes", 7, 2) is Claim.SENDER_BUSY
    assert await theirs.claim("others", 7, 3) is Claim.OURS  # notes do not hold up commands
    await ours.drop(ours.session, 1)
    await ours.release(ours.session, "notes", 7)
    assert await theirs.claim("notes", 7, 2) is Claim.OURS


@needs_postgresql
async def test_a_postponed_update_is_left_to_its_replica(
    two: tuple[SharedClaims, SharedClaims],
) -> None:
    ours, theirs = two
    assert await ours.claim("notes", 7, 1) is Claim.OURS
    await ours.release(ours.session, "notes", 7)  # but not the update
    assert await theirs.claim("notes", 7, 1) is Claim.POSTPONED
    assert await theirs.claim("notes", 7, 2) is Claim.OURS
    await theirs.release(theirs.session, "notes", 7)
    assert await ours.claim("notes", 7, 1) is Claim.OURS
    await ours.drop(ours.session, 1)
    await ours.release(ours.session, "notes", 7)
    assert await theirs.claim("notes", 7, 1) is Claim.OURS


@needs_postgresql
async def test_one_leads_until_its_connection_ends(two: tuple[SharedClaims, SharedClaims]) -> None:
    ours, theirs = two
    assert await ours.look()
    assert not await theirs.look()
    assert await ours.claim("notes", 7, 1) is Claim.OURS
    await ours.disconnect()
    async with asyncio.timeout(60):  # the server ends a session a moment after its connection
        while not await theirs.look():
            await asyncio.sleep(0.01)
    assert await theirs.claim("notes", 7, 1) is Claim.OURS
    assert await ours.claim("notes", 8, 2) is Claim.SENDER_BUSY
    with pytest.raises(Lost):
        await ours.look()


@needs_postgresql
async def test_each_chat_has_one_replica(two: tuple[SharedClaims, SharedClaims]) -> None:
    for each in two:
        await each.look()
    for each in two:  # both have seen both
        await each.look()
    ours, theirs = ([each.prefers(place) for place in range(200)] for each in two)
    assert [not answer for answer in theirs] == ours
    assert 50 < sum(ours) < 150


@needs_postgresql
async def test_what_one_stores_the_other_hears_of(
    two: tuple[SharedClaims, SharedClaims], address: str
) -> None:
    store = Store(address)
    waiting = asyncio.create_task(two[1].news(0.0, 60.0))
    await updates.keep(store, [{"update_id": 1}])
    await asyncio.wait_for(waiting, 30.0)
    assert await updates.owed_ids(store) == {1}
    await updates.mark(store, [1])
    assert await updates.owed_ids(store) == set()
    await store.close()


@needs_postgresql
async def test_replicas_that_start_at_once_make_the_tables_once() -> None:
    with postgresql.running() as empty:
        stores = [Store(empty) for _ in range(4)]
        await asyncio.gather(*(store.open() for store in stores))
        assert len({await store.version() for store in stores}) == 1
        for store in stores:
            await store.close()
