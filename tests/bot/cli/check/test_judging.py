"""The queue: in order, a bounded number at a time and ahead, whatever becomes of a file."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.arguments import NotFound
from bot.cli.check.inputs import Input, PassedOver
from bot.cli.check.judging import AHEAD, judge_all
from bot.worker.pool import Detection
from inference.errors import Undecodable
from tests.bot.stand_ins import ReadyWorker

JOBS = 3


class Slow(ReadyWorker):
    """Takes its time, and counts how many files are with it."""

    def __init__(self, outcome: Exception | None = None) -> None:
        super().__init__(outcome)
        self.now = self.most = 0

    async def detect(self, *arguments: Any, **named: Any) -> Detection:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            for _ in range(random.randrange(20)):
                await asyncio.sleep(0)
            return await super().detect(*arguments, **named)
        finally:
            self.now -= 1


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.ogg"
    path.write_bytes(b"OggS")
    return path


async def test_files_are_taken_as_their_answers_are_and_told_in_order(sound: Path) -> None:
    taken = 0

    def files() -> Iterator[Input]:
        nonlocal taken
        for taken in range(1, 301):
            yield Input(str(taken), sound)

    worker, told = Slow(), 0
    async for file, outcome in judge_all(files(), worker, None, JOBS):
        assert taken - told <= JOBS * AHEAD
        told += 1
        assert file.name == str(told)
        assert isinstance(outcome, Detection)
    assert (told, worker.most) == (300, JOBS)


async def test_nothing_goes_on_when_nobody_asks_for_more(sound: Path) -> None:
    worker = Slow()
    files = (Input(str(number), sound) for number in range(300))
    outcomes = judge_all(files, worker, None, JOBS)
    await anext(outcomes)
    await outcomes.aclose()
    assert (worker.now, len(asyncio.all_tasks())) == (0, 1)
    assert next(files).name == str(JOBS * AHEAD)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [(Undecodable("no sound"), Undecodable), (OSError("the disk went"), NotFound)],
)
async def test_what_goes_wrong_with_a_file_is_its_own(
    sound: Path, raised: Exception, kind: type[Exception]
) -> None:
    absent, text = sound.with_name("absent.ogg"), sound.with_name("text")
    text.write_bytes(b"a letter")
    files = iter([Input("a", sound), Input("b", absent), Input("c", text, is_found=True)])
    found = [outcome async for _, outcome in judge_all(files, Slow(raised), None, JOBS)]
    assert [type(outcome) for outcome in found[:2]] == [kind, NotFound]
    assert found[2] is PassedOver.NO_SOUND
