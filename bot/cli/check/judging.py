"""Files go in, what becomes of each comes out in their order, several judged at a time."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from itertools import islice

from bot.cli.arguments import NotFound
from bot.cli.check.inputs import Input, PassedOver, passes_over
from bot.worker.pool import Detection, WorkerPool
from inference.drawing.captions import Captions
from inference.errors import DetectionError

AHEAD = 4  # answers per process that may wait for a slower file before them

Answer = Detection | DetectionError
Outcome = Answer | PassedOver


async def judge_all(
    files: Iterator[Input], worker: WorkerPool, captions: Captions | None, jobs: int
) -> AsyncGenerator[tuple[Input, Outcome], None]:
    """What becomes of each file, in the order given; `jobs` of them are judged at a time.

    No more than `AHEAD` times as many are taken from `files` before their answers are.
    """
    room = asyncio.Semaphore(jobs)
    begun: deque[tuple[Input, asyncio.Task[Outcome]]] = deque()
    try:
        while True:
            for file in islice(files, jobs * AHEAD - len(begun)):
                judging = _judge(file, worker, captions, room)
                begun.append((file, asyncio.create_task(judging)))
            if not begun:
                return
            file, task = begun[0]
            yield file, await task
            begun.popleft()
    finally:
        for _, task in begun:
            task.cancel()
        await asyncio.gather(*(task for _, task in begun), return_exceptions=True)


async def _judge(
    file: Input, worker: WorkerPool, captions: Captions | None, room: asyncio.Semaphore
) -> Outcome:
    async with room:
        try:
            if why := await asyncio.to_thread(passes_over, file):
                return why
            return await worker.detect(file.path, captions=captions)
        except DetectionError as error:
            return error
        except OSError as error:  # it went, or its disk did, since it was looked at
            return NotFound(str(error))
