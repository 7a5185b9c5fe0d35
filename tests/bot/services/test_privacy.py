"""Everything about a person is found and erased, and nothing of anybody else."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.db import Store, updates
from bot.db.tables import Access, Answer, Base, BatchNote, Donation, Person, Vote
from bot.services import donations, privacy
from bot.settings import Settings
from tests.bot.services.test_donations import OTHER, PERSON, gift
from tests.bot.talking import command, message

DAY = 1_700_000_000  # 2023-11-14


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, donations_mb=8)


def answer(token: str, asker: int, chat: int) -> Answer:
    return Answer(
        token=token,
        sha256="s",
        model="m",
        file_id="f",
        chat_id=chat,
        asker_id=asker,
        private=False,
        created_at=DAY,
    )


async def fill(store: Store, settings: Settings, person: int) -> None:
    """A row about a person in every table that has any."""
    await donations.give(store, settings, person, gift(f"of {person}"))
    async with store.session() as session:
        session.add(answer(f"private {person}", person, person))
        session.add(answer(f"group {person}", person, -1))
        vote = Vote(
            sha256="s", model="m", person_id=person, label="human", is_correct=True, voted_at=DAY
        )
        session.add(vote)
        session.add(
            BatchNote(chat_id=person, message_id=1, language="en", outcome="human", answered_at=DAY)
        )
        session.add(Access(id=person, allowed=True, decided_at=DAY))
    asked = message(**command("/check"))
    asked["from"] = asked["from"] | {"id": person}
    await updates.keep(store, [{"update_id": person, "message": asked}])


async def count(store: Store, table: type[Base]) -> int:
    async with store.session() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_all_kinds_of_things_are_shown(store: Store, settings: Settings) -> None:
    await fill(store, settings, PERSON)
    await fill(store, settings, OTHER)
    known = await privacy.known(store, PERSON)
    assert {name: len(rows) for name, rows in known.items()} == {
        "choices": 1,
        "answers": 2,
        "votes": 1,
        "donations": 1,
        "waiting": 1,
        "access": 1,
    }
    assert known["votes"][0]["voted_at"] == "2023-11-14T22:13:20+00:00"
    assert str(OTHER) not in str(known)


async def test_of_a_stranger_nothing_is_known(store: Store, settings: Settings) -> None:
    await fill(store, settings, OTHER)
    assert not any((await privacy.known(store, PERSON)).values())


async def test_the_question_itself_is_not_among_what_waits(
    store: Store, settings: Settings
) -> None:
    await fill(store, settings, PERSON)
    known = await privacy.known(store, PERSON, asked=PERSON)  # the number of the update above
    assert known["waiting"] == []


async def test_forgetting_erases_all_but_what_waits_and_what_an_operator_decided(
    store: Store, settings: Settings
) -> None:
    await fill(store, settings, PERSON)
    await fill(store, settings, OTHER)
    await privacy.forget(store, settings, PERSON)
    left = await privacy.known(store, PERSON)
    assert {name for name, rows in left.items() if rows} == {"waiting", "access"}
    for table, rows in {Person: 1, Answer: 2, BatchNote: 1, Vote: 1, Donation: 1}.items():
        assert await count(store, table) == rows, table  # the other person's
    files = [path.suffix for path in donations.folder_of(settings).iterdir()]
    assert sorted(files) == [".json", ".oga"]


def test_every_table_with_a_persons_number_is_known_to_this_module() -> None:
    theirs = {"person_id", "asker_id"}
    tables = {
        name for name, table in Base.metadata.tables.items() if theirs & set(table.columns.keys())
    }
    assert tables == {"answers", "votes", "donations"}
