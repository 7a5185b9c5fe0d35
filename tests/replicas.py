"""Several replicas of the service on one PostgreSQL, any of which is killed and started again."""

import asyncio
import random
import signal
from dataclasses import dataclass, field
from pathlib import Path

from tests.fake_telegram import FakeTelegram
from tests.floods import Flood
from tests.service import Service, start

PATIENCE = 90.0  # s without any answer, after which the rest counts as lost
AFTERWARDS = 3.0  # s in which a second answer would still come


@dataclass
class Replicas:
    """Services that share a database and a Telegram."""

    folder: Path
    telegram: FakeTelegram
    settings: dict[str, str]
    running: list[Service] = field(default_factory=list)
    ended: list[Service] = field(default_factory=list)

    async def add(self) -> Service:
        own = self.folder / f"replica-{len(self.running) + len(self.ended)}"
        own.mkdir()
        service = await start(own, self.telegram, **self.settings)
        self.running.append(service)
        return service

    async def kill(self, service: Service) -> None:
        self.running.remove(service)
        self.ended.append(service)
        await service.ends(signal.SIGKILL)

    async def leader(self, patience: float = 60.0) -> Service:
        """The one that polls."""
        async with asyncio.timeout(patience):
            while True:
                for service in self.running:
                    if "one of all does" in service.written:
                        return service
                await asyncio.sleep(0.05)

    async def answered(self, flood: Flood) -> None:
        """Wait until every note has its picture, or nothing has come for a long time."""
        loop = asyncio.get_running_loop()
        before, since = -1, loop.time()
        while flood.lost and loop.time() - since < PATIENCE:
            if before != (before := len(flood.photos)):
                since = loop.time()
            await asyncio.sleep(0.25)
        await asyncio.sleep(AFTERWARDS)

    async def end(self) -> None:
        """End all at once, as an operator would."""
        codes = await asyncio.gather(*(each.ends(signal.SIGTERM) for each in self.running))
        assert set(codes) == {0}, [each.written for each in self.running]

    def end_hard(self) -> None:
        for service in self.running:
            if service.process.returncode is None:
                service.process.kill()

    @property
    def written(self) -> str:
        return "\n".join(each.written for each in self.ended + self.running)


async def killed(
    replicas: Replicas, flood: Flood, notes: int, kills: int, pace: float, seed: int
) -> None:
    """Notes come at random moments; at others one of the replicas is killed and one is started."""
    chance = random.Random(seed)
    people = [replicas.telegram.person(f"Person {number}") for number in range(notes // 5)]
    deaths = sorted(chance.uniform(1.0, notes * pace) for _ in range(kills))
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def feed() -> None:
        for _ in range(notes):
            flood.send(chance.choice(people))
            await asyncio.sleep(chance.uniform(0, 2 * pace))

    feeding = asyncio.create_task(feed())
    try:
        for death in deaths:
            await asyncio.sleep(max(0.0, began + death - loop.time()))
            await replicas.kill(chance.choice(replicas.running))
            await replicas.add()
        await feeding
        await replicas.answered(flood)
    finally:
        feeding.cancel()
