"""What was found in a recording is known again by its name, or by its size and bytes."""

from dataclasses import dataclass

from bot.db import Store, verdicts
from bot.db.verdicts import SIMILAR
from bot.worker.pool import Detection
from tests.bot.stand_ins import EVIDENCE, verdict

MODEL = "ouvido-9.9.9"


@dataclass
class File:
    file_unique_id: str
    file_size: int | None
    file_id: str = "f"


def found(sha256: str) -> Detection:
    return Detection(sha256, verdict(), EVIDENCE)


async def similar(store: Store, file: File, model: str = MODEL) -> set[str]:
    async with store.session() as session:
        return set((await verdicts.recall(session, file, model)).similar)


async def test_a_recording_is_known_by_its_name_and_counted(store: Store) -> None:
    file = File("u", 5)
    assert [await verdicts.remember(store, found("a"), file) for _ in range(2)] == [1, 2]
    async with store.session() as session:
        named = (await verdicts.recall(session, file, MODEL)).named
        assert named is not None
        assert verdicts.detection_of(named) == found("a")
        assert (await verdicts.recall(session, file, "another model")).named is None


async def test_under_another_name_those_of_its_size_come_into_question(store: Store) -> None:
    for number, size in enumerate((5, 5, 6)):
        await verdicts.remember(store, found(f"{number}"), File(f"u{number}", size))
    assert await similar(store, File("new", 5)) == {"0", "1"}
    assert await similar(store, File("new", 7)) == set()


async def test_a_recording_of_unknown_size_is_like_none(store: Store) -> None:
    await verdicts.remember(store, found("a"), File("u", None))
    assert await similar(store, File("new", None)) == set()


async def test_only_so_many_come_into_question(store: Store) -> None:
    for number in range(SIMILAR + 5):
        await verdicts.remember(store, found(f"{number}"), File(f"u{number}", 5))
    assert len(await similar(store, File("new", 5))) == SIMILAR
