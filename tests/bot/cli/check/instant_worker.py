"""A worker process whose network answers at once with the number that a file holds.

It writes the path of each file that it judges to the file named by JUDGED, and hangs at the number
HANG_FROM until it is killed or left alone.
"""

import os
import time
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot.worker import __main__ as worker
from bot.worker.box import Box
from inference.errors import Undecodable
from inference.pipeline import Judgement
from inference.verdict import Verdict

MODEL = "instant-0.0.0"
PARENT = os.getppid()
MAGIC = b"OggS"  # without it, a file in a folder is passed over


def content(number: int) -> bytes:
    """A file that gets the score `number` / 10,000, unless it `is_broken`."""
    return MAGIC + str(number).encode()


def is_broken(number: int) -> bool:
    return number % 100 == 51


def _judge(source: FileIO, *_: Any) -> Judgement:
    with Path(os.environ["JUDGED"]).open("a") as judged:
        judged.write(f"{Path(f'/proc/self/fd/{source.fileno()}').readlink()}\n")
    number = int(source.readall().removeprefix(MAGIC))
    while number >= float(os.environ["HANG_FROM"]) and os.getppid() == PARENT:
        time.sleep(0.01)
    if is_broken(number):
        raise Undecodable("as agreed")
    verdict = Verdict(number % 10_000 / 10_000, (0.4, 0.6), (), 2.0, (), MODEL)
    return Judgement(verdict, analysis=None, measures=None)  # type: ignore[arg-type]


@dataclass
class _Card:
    """What the worker tells of a model."""

    title: str = MODEL
    name: str = "instant"
    version: str = "0.0.0"
    thresholds: tuple[float, float] = (0.4, 0.6)
    narrow_thresholds: tuple[float, float] | None = None


if __name__ == "__main__":
    vars(worker).update(
        judge=_judge,
        Detector=lambda _: SimpleNamespace(card=_Card()),
        box=SimpleNamespace(close=Box),  # open: it writes a list
    )
    worker.main()
