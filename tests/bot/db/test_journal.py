"""What was answered is known after a kill, though the database was not told in time."""

from pathlib import Path

import pytest

from bot.db import Store, journal, updates
from bot.db.journal import InUse, Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answered"


def test_the_next_start_reads_what_was_struck_out(path: Path) -> None:
    killed = Journal(path)
    assert killed.open() == []
    killed.strike(7)
    killed.strike(2**40)
    path.write_bytes(path.read_bytes() + b"99")  # a kill in the middle of a line
    assert Journal(path).open() == [7, 2**40]


def test_it_stays_short_and_drops_nothing_that_the_store_does_not_know(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LONGEST", 10)
    running = Journal(path)
    running.open()
    for number in range(10, 20):
        running.strike(number)
        if number != 15:
            running.known(number)
    assert 15 in Journal(path).open()
    assert 10 not in Journal(path).open()
    running.known(15)
    assert Journal(path).open() == []


async def test_an_update_whose_commit_was_cut_off_is_not_owed(address: str, path: Path) -> None:
    store = Store(address, path)
    await store.open()
    await updates.owed(store)
    await updates.keep(store, [{"update_id": 1}, {"update_id": 2}])
    store.journal.strike(1)  # and the kill falls here
    await store.close()
    back = Store(address, path)
    await back.open()
    assert [content["update_id"] for content in await updates.owed(back)] == [2]
    assert path.read_bytes() == b""
    async with updates.answered(back, 2):
        pass
    await back.close()


async def test_a_second_bot_on_the_same_folder_is_refused_until_the_first_ends(
    address: str, path: Path
) -> None:
    first, second = Store(address, path), Store(address, path)
    await first.open()
    with pytest.raises(InUse):
        await second.open()
    await second.close()
    await first.close()
    await second.open()
    await second.close()
