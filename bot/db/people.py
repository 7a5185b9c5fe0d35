"""What people chose and what is kept about them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, delete, or_, select

from bot.db.store import Store
from bot.db.tables import Access, Answer, Base, Person, Vote


async def choose(store: Store, person: int, **chosen: str | int | None) -> None:
    """Set columns of `Person`."""
    new = store.insert(Person).values({"id": person} | chosen)
    async with store.session() as session:
        await session.execute(new.on_conflict_do_update(index_elements=["id"], set_=chosen))


async def known(store: Store, person: int) -> dict[str, Sequence[Base]]:
    """The rows about a person, by what they are."""
    async with store.session() as session:
        return {
            name: (await session.scalars(select(table).where(whose))).all()
            for name, (table, whose) in _theirs(person).items()
        }


async def forget(store: Store, person: int) -> None:
    """Erase all of them, but for what an operator decided."""
    async with store.session() as session:
        for name, (table, whose) in _theirs(person).items():
            if name != "access":
                await session.execute(delete(table).where(whose))


def _theirs(person: int) -> Mapping[str, tuple[type[Base], ColumnElement[bool]]]:
    """The tables with rows about people, and which rows are about this one."""
    return {
        "choices": (Person, Person.id == person),
        # Their private chat has their number; what somebody is shown there is theirs as well.
        "answers": (Answer, or_(Answer.asker_id == person, Answer.chat_id == person)),
        "votes": (Vote, Vote.person_id == person),
        "access": (Access, Access.id == person),
    }
