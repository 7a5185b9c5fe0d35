"""Several inboxes on one PostgreSQL: each update is answered once, a sender's in order."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Bot, Update

from bot.db import Store, updates
from bot.db.claims import SharedClaims
from bot.updates.inbox import Inbox
from bot.updates.sharing import share
from tests import postgresql

pytestmark = pytest.mark.skipif(
    postgresql.program("postgres") is None, reason="PostgreSQL is not installed"
)

SECONDS = 0.1  # of one note
Answered = list[tuple[int, int]]  # the replica, and the update


class Waiting:
    """Stands in for PTB's application before a worker that only waits, one note at a time."""

    bot = Bot("1:a")
    bot_data = SimpleNamespace(worker=SimpleNamespace(model="ouvido-9.9.9", size=1))

    def __init__(self, replica: int, answered: Answered) -> None:
        self._replica, self._answered = replica, answered
        self._worker = asyncio.Lock()

    async def process_update(self, update: Update) -> None:
        async with self._worker:
            await asyncio.sleep(SECONDS)
        self._answered.append((self._replica, update.update_id))


def note(number: int, who: int) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "A", "type": "private"}
    voice = {"file_id": "v", "file_unique_id": "u", "duration": 3}
    message = {"message_id": number, "date": 0, "chat": person, "from": person, "voice": voice}
    return {"update_id": number, "message": message}


@pytest.fixture
def address() -> Iterator[str]:
    with postgresql.running() as address:
        yield address


async def answered_by(replicas: int, notes: int, people: int, address: str) -> Answered:
    """All notes come at one replica, as by polling; what was answered by whom, in order."""
    stores = [Store(address) for _ in range(replicas)]
    answered: Answered = []
    inboxes: list[Inbox] = []
    for number, store in enumerate(stores):
        await store.open()
        inboxes.append(Inbox(store, Waiting(number, answered)))  # type: ignore[arg-type]

    async def lead() -> None:
        await asyncio.Event().wait()

    sharing = []
    for inbox in inboxes:
        assert isinstance(inbox.claims, SharedClaims)
        sharing.append(asyncio.create_task(share(inbox, inbox.claims, lead)))
    await asyncio.sleep(1.5)  # all have seen all; if not, it only takes longer
    began = time.monotonic()
    await inboxes[0].take([note(number, 1 + number % people) for number in range(notes)])
    async with asyncio.timeout(120):
        while len(answered) < notes or await updates.owed_ids(stores[0]):
            await asyncio.sleep(0.02)
    print(f"{replicas} replicas: {notes / (time.monotonic() - began):.2f} notes a second")
    for task, inbox in zip(sharing, inboxes, strict=True):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await inbox.close()
        await inbox.claims.disconnect()  # type: ignore[attr-defined]
    for store in stores:
        await store.close()
    return answered


async def test_three_replicas_share_what_one_has_got(address: str) -> None:
    answered = await answered_by(3, notes=60, people=30, address=address)
    assert Counter(number for _, number in answered) == Counter(range(60))
    assert set(Counter(replica for replica, _ in answered)) == {0, 1, 2}
    for who in range(30):
        theirs = [number for _, number in answered if number % 30 == who]
        assert theirs == sorted(theirs)


@pytest.mark.exhaustive
async def test_three_replicas_do_nearly_three_times_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"{__name__}.SECONDS", 0.5)
    took = []
    for replicas in (1, 3):
        with postgresql.running() as address:
            began = time.monotonic()
            await answered_by(replicas, notes=60, people=20, address=address)
            took.append(time.monotonic() - began)
    assert took[0] > 1.5 * took[1]  # 2.8 without the starts and a busy machine
