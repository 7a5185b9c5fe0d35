"""Figures of the bot in a flood of notes: the real service against a fake Telegram beside it.

Run as scripts/bench bot. Other work on the machine makes the times worse, so the load is printed.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
from contextlib import AbstractAsyncContextManager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from processes import (  # noqa: E402
    MEBIBYTE,
    Row,
    cores,
    fresh_machine,
    processor_seconds,
    table,
    watch,
)

from tests.fake_telegram import FakeTelegram  # noqa: E402
from tests.floods import Flood, killed  # noqa: E402
from tests.service import Service, running  # noqa: E402
from tests.sounds import encode, speech  # noqa: E402

REPEATS = 50
SEED = 6


async def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench bot", description=__doc__)
    parser.add_argument("--notes", type=int, default=1000, help="in the burst")
    parser.add_argument("--chats", type=int, default=200, help="that send them")
    parser.add_argument("--workers", type=int, default=1, help="processes that judge, as WORKERS")
    parser.add_argument("--minute", type=int, default=60, help="notes, one a second")
    parser.add_argument("--updates", type=int, default=300, help="while the bot is killed")
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    note, short = encode(speech(10.0), "ogg"), encode(speech(3.0), "ogg")
    workers = str(options.workers)
    with fresh_machine(), cores(2):
        rows = await burst(note, options.notes, options.chats, workers)
        rows += await remembered(note, workers)
        rows += await one_a_second(note, options.minute, workers)
        rows += await deaths(short, options.updates, options.kills)
    print(table(rows))


async def burst(note: bytes, notes: int, chats: int, workers: str) -> list[Row]:
    """All at once; the memory is that of all processes of the service together."""
    async with FakeTelegram() as telegram, service(telegram, workers) as bot:
        people = [telegram.person(f"Person {number}") for number in range(chats)]
        flood = Flood(telegram, note)
        watching = asyncio.create_task(watch(bot.process.pid))
        start = asyncio.get_running_loop().time()
        for number in range(notes):
            flood.send(people[number % chats])
        await flood.ends(bot)
        watching.cancel()
        most = max(await watching)
        seconds = max(call.at for call in telegram.calls if call.method == "sendPhoto") - start
    what = f"{chats} chats send {notes} notes of 10 s in a burst, two cores, WORKERS={workers}"
    return [
        (f"{what}: lost", f"{flood.lost}", "0"),
        ("… answered twice", f"{flood.doubled}", "0"),
        (
            "… memory of all processes together, at most",
            f"{most / MEBIBYTE:.0f} MB",
            "under 300 MB",
        ),
        ("… until the last answer", f"{seconds:.0f} s ({notes / seconds:.1f} a second)", ""),
    ]


async def remembered(note: bytes, workers: str) -> list[Row]:
    """One note that is forwarded again and again: from the update on its way to the photo's.

    Measured at Telegram's end, so two ways through the loop-back network are in it.
    """
    async with FakeTelegram() as telegram, service(telegram, workers) as bot:
        maria = telegram.person("Maria")
        first = telegram.sends_voice(maria, note)
        await telegram.next_call("sendPhoto", maria)
        times, before = [], processor_seconds(bot.process.pid)
        for _ in range(REPEATS):
            await asyncio.sleep(0.05)  # the bot is waiting for updates again
            start = asyncio.get_running_loop().time()
            telegram.forwards(maria, first)
            call = await telegram.next_call("sendPhoto", maria)
            assert "photo" in call.parameters, "the picture was uploaded again"
            times.append(1000 * (call.at - start))
        processor = 1000 * (processor_seconds(bot.process.pid) - before) / REPEATS
    return [
        (
            "answer from the cache, update to photo request",
            f"{statistics.median(times):.0f} ms (95 % under {percentile(times):.0f})",
            "under 30 ms",
        ),
        ("… processor time of the bot for it, whatever else runs", f"{processor:.0f} ms", ""),
    ]


async def one_a_second(note: bytes, notes: int, workers: str) -> list[Row]:
    """Notes at random moments, one a second on average over the whole."""
    chance = random.Random(SEED)
    async with FakeTelegram() as telegram, service(telegram, workers) as bot:
        flood = Flood(telegram, note)
        maria = telegram.person("Maria")
        telegram.sends_voice(maria, note)  # the first note of a process is slower
        await telegram.next_call("sendPhoto", maria)
        for number in range(notes):
            flood.send(telegram.person(f"Person {number}"))
            await asyncio.sleep(chance.uniform(0.5, 1.5))
        await flood.ends(bot)
        assert flood.lost == 0
        started = {chat: at for (chat, _), at in flood.sent.items()}
        times = [
            1000 * (call.at - started[call.chat])
            for call in telegram.calls
            if call.method == "sendPhoto" and call.chat in started
        ]
    return [
        (
            f"update to photo request, {notes} notes of 10 s, one a second: p95",
            f"{percentile(times):.0f} ms (median {statistics.median(times):.0f})",
            "under 400 ms",
        )
    ]


async def deaths(note: bytes, updates: int, kills: int) -> list[Row]:
    async with FakeTelegram() as telegram:
        with tempfile.TemporaryDirectory() as folder:
            flood = await killed(telegram, Path(folder), note, updates, kills, SEED)
    return [
        (
            f"{kills} times kill -9 at random moments over {updates} updates: lost",
            f"{flood.lost}",
            "0",
        ),
        ("… answered twice", f"{flood.doubled}", "at most 1"),
    ]


def service(telegram: FakeTelegram, workers: str) -> AbstractAsyncContextManager[Service]:
    """The service with the PATH of a fresh machine."""
    return running(telegram, WORKERS=workers, PATH=os.environ["PATH"], LOG_LEVEL="ERROR")


def percentile(times: list[float]) -> float:
    """The 95th."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    asyncio.run(main())
