"""Many notes for one bot, all different, and what became of each."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.fake_telegram import FakeTelegram, Person
from tests.service import Service, ready, start

PATIENCE = 60.0  # s without any answer, after which the rest counts as lost
AFTERWARDS = 2.0  # s in which a second answer would still come
PACE = 0.5  # s from note to note on average; the backlog after a start is answered faster
STARTING = 1.5  # s after a start in which the next kill falls at the earliest


@dataclass
class Flood:
    """Notes that were sent, by the chat and number of their messages."""

    telegram: FakeTelegram
    note: bytes
    sent: dict[tuple[int, int], float] = field(default_factory=dict)  # → s, monotonic
    _tails: Iterator[int] = field(default_factory=count)

    def send(self, person: Person) -> None:
        """The note with other last bytes: another file to the bot, the same sound to a decoder."""
        now = asyncio.get_running_loop().time()
        message = self.telegram.sends_voice(person, self.note + b"%012d" % next(self._tails))
        self.sent[person.id, message["message_id"]] = now

    @property
    def photos(self) -> Counter[tuple[int, int]]:
        """Pictures by the note that they answer."""
        return self._answers("photo")

    @property
    def lost(self) -> int:
        """Notes without a picture."""
        return len(self.sent.keys() - self.photos.keys())

    @property
    def doubled(self) -> int:
        """Notes with more than one answer of any kind."""
        return sum(1 for number in self._answers().values() if number > 1)

    def _answers(self, kind: str = "message_id") -> Counter[tuple[int, int]]:
        return Counter(
            (chat, message["reply_to_message"]["message_id"])
            for chat in {chat for chat, _ in self.sent}
            for message in self.telegram.chats.by_bot(chat)
            if kind in message and "reply_to_message" in message  # a summary replies to none
        )

    async def ends(self, bot: Service) -> None:
        """Wait until every note has its picture, or until nothing has come for a long time."""
        loop = asyncio.get_running_loop()
        before, since = -1, loop.time()
        while self.lost and loop.time() - since < PATIENCE:
            assert bot.process.returncode is None, bot.written
            if before != (before := len(self.photos)):
                since = loop.time()
            await asyncio.sleep(0.25)
        await asyncio.sleep(AFTERWARDS)


async def killed(
    telegram: FakeTelegram, folder: Path, note: bytes, notes: int, kills: int, seed: int
) -> Flood:
    """Notes come at random moments; at others the bot is killed with -9 and started again."""
    chance = random.Random(seed)
    flood = Flood(telegram, note)
    people = [telegram.person(f"Person {number}") for number in range(max(1, notes // 5))]
    deaths = sorted(chance.uniform(0, notes * PACE) for _ in range(kills))
    loop = asyncio.get_running_loop()
    bot = await start(folder, telegram)
    await ready(bot, telegram)
    began = loop.time()
    feeding = asyncio.create_task(_feed(flood, people, notes, chance))
    try:
        for death in deaths:  # those that are due already hit a bot that has just been started
            await asyncio.sleep(max(chance.uniform(0, STARTING), began + death - loop.time()))
            await bot.ends(signal.SIGKILL)
            bot = await start(folder, telegram)
        await feeding
        await flood.ends(bot)
        assert await bot.ends(signal.SIGTERM) == 0, bot.written
    finally:
        feeding.cancel()
        if bot.process.returncode is None:
            await bot.ends(signal.SIGKILL)
    return flood


async def _feed(flood: Flood, people: list[Person], notes: int, chance: random.Random) -> None:
    for _ in range(notes):
        flood.send(chance.choice(people))
        await asyncio.sleep(chance.uniform(0, 2 * PACE))
