"""Several replicas on one PostgreSQL: any may die, the database may go; nothing lost or doubled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests import postgresql, sounds
from tests.fake_telegram import FakeTelegram, Person
from tests.floods import Flood
from tests.replicas import Replicas, killed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        postgresql.program("postgres") is None, reason="PostgreSQL is not installed"
    ),
]


@pytest.fixture(scope="module")
def note() -> bytes:
    return sounds.encode(sounds.speech(3), "ogg")


@pytest.fixture
async def server() -> AsyncIterator[postgresql.Server]:
    with postgresql.server() as server:
        yield server


@asynccontextmanager
async def _replicas(
    tmp_path: Path, telegram: FakeTelegram, server: postgresql.Server, number: int
) -> AsyncIterator[Replicas]:
    """So many replicas that answer; at the end they must end well, after a failure at once."""
    replicas = Replicas(tmp_path, telegram, {"DATABASE_URL": server.address})
    try:
        for _ in range(number):
            await replicas.add()
        await replicas.leader()
        async with asyncio.timeout(60):
            while not all("Answering as" in each.written for each in replicas.running):
                await asyncio.sleep(0.05)
        yield replicas
        await replicas.end()
    finally:
        replicas.end_hard()


def _people(telegram: FakeTelegram, number: int) -> list[Person]:
    return [telegram.person(f"Person {each}") for each in range(number)]


async def test_whoever_polls_is_killed_and_another_takes_over(
    tmp_path: Path, note: bytes, server: postgresql.Server
) -> None:
    async with FakeTelegram() as telegram, _replicas(tmp_path, telegram, server, 2) as replicas:
        flood = Flood(telegram, note)
        people = _people(telegram, 4)
        for person in people:
            flood.send(person)
        first = await replicas.leader()
        await replicas.kill(first)
        second = await replicas.leader()
        for person in people:
            flood.send(person)
        await replicas.answered(flood)
        assert second is not first
        assert flood.lost == 0
        assert flood.doubled <= 1  # a kill that falls into the very call that sends


async def test_a_database_that_goes_away_is_waited_for(
    tmp_path: Path, note: bytes, server: postgresql.Server
) -> None:
    async with FakeTelegram() as telegram, _replicas(tmp_path, telegram, server, 2) as replicas:
        flood = Flood(telegram, note)
        people = _people(telegram, 5)
        for person in people:
            flood.send(person)
        await asyncio.to_thread(server.stop)
        for person in people:
            flood.send(person)
        for service in replicas.running:
            async with asyncio.timeout(60):
                while "out of reach" not in service.written:
                    await asyncio.sleep(0.05)
        await asyncio.to_thread(server.start)
        await replicas.answered(flood)
        assert flood.lost == 0
        assert flood.doubled <= 1  # what Telegram took while nobody could write it down
        apologies = [
            message
            for person in people
            for message in telegram.chats.by_bot(person.id)
            if "photo" not in message and "reply_to_message" in message
        ]
        assert apologies == []
        assert "Traceback" not in replicas.written


@pytest.mark.exhaustive
async def test_twenty_kills_over_three_hundred_notes_lose_none(
    tmp_path: Path, note: bytes, server: postgresql.Server
) -> None:
    async with FakeTelegram() as telegram, _replicas(tmp_path, telegram, server, 3) as replicas:
        flood = Flood(telegram, note)
        await killed(replicas, flood, notes=300, kills=20, pace=0.5, seed=6)
        print(f"{len(flood.sent)} notes: {flood.lost} lost, {flood.doubled} answered twice")
        assert len(flood.sent) == 300
        assert flood.lost == 0
        assert flood.doubled <= 1
