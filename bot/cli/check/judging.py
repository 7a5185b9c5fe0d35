"""Files go in, what becomes of each comes out in their order, several judged at a time."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from itertools import islice
from pathlib import Path

from bot.cli.arguments import look
from bot.worker.pool import Detection, WorkerPool
from inference.drawing.captions import Captions
from inference.errors import DetectionError

AHEAD = 4  # answers per process that may wait for a slower file before them

Outcome = Detection | DetectionError


async def judge_all(
    files: list[tuple[str, Path]], worker: WorkerPool, captions: Captions | None, jobs: int
) -> AsyncGenerator[tuple[str, Outcome], None]:
    """What becomes of each file, in the order given; `jobs` of them are in memory at a time."""
    waiting, room = iter(files), asyncio.Semaphore(jobs)
    begun: deque[tuple[str, asyncio.Task[Outcome]]] = deque()
    try:
        while True:
            for file, path in islice(waiting, jobs * AHEAD - len(begun)):
                judging = _judge(path, worker, captions, room)
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
    file: Path, worker: WorkerPool, captions: Captions | None, room: asyncio.Semaphore
) -> Outcome:
    async with room:
        try:
            await asyncio.to_thread(look, file)
            return await worker.detect(file, captions=captions)
        except DetectionError as error:
            return error
