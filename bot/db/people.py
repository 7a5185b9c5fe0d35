"""Settings of people, and all rows about a person."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from bot.db.store import Store
from bot.db.tables import Access, Answer, Base, BatchNote, Person, Vote


async def choose(store: Store, person: int, **chosen: str | int | None) -> None:
    """Update columns of `Person`, inserting the row where needed."""
    new = store.insert(Person).values({"id": person} | chosen)
    async with store.session() as session:
        await session.execute(new.on_conflict_do_update(index_elements=["id"], set_=chosen))


async def known(store: Store, person: int) -> dict[str, Sequence[Base]]:
    """Return all rows about a person, by kind; donations are not among them."""
    async with store.session() as session:
        return {
            name: (await session.scalars(select(table).where(whose))).all()
            for name, (table, whose) in _theirs(person).items()
        }


async def forget(store: Store, person: int) -> None:
    """Delete all rows about a person but the operators' decision about their access."""
    async with store.session() as session:
        for name, (table, whose) in _theirs(person).items():
            if name != "access":
                await session.execute(delete(table).where(whose))
        # Which is there for some seconds only, so that `known` does not name it.
        await session.execute(delete(BatchNote).where(BatchNote.chat_id == person))


def _theirs(person: int) -> Mapping[str, tuple[type[Base], ColumnElement[bool]]]:
    """Return the tables that hold rows about people, each with the condition for this person."""
    return {
        "choices": (Person, Person.id == person),
        # Their private chat has their number; what somebody is shown there is theirs as well.
        "answers": (Answer, or_(Answer.asker_id == person, Answer.chat_id == person)),
        "votes": (Vote, Vote.person_id == person),
        "access": (Access, Access.id == person),
    }
