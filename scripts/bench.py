"""Serving figures of this machine: the real service, answering notes of a fake Telegram.

Run as scripts/bench. Other work on the machine makes the times worse, so the load is printed too.
"""

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from processes import (  # noqa: E402
    MEBIBYTE,
    Row,
    cores,
    family,
    fresh_machine,
    processor_seconds,
    resident,
    table,
    watch,
)

from bot.captions import captions_of  # noqa: E402
from bot.texts import texts_for  # noqa: E402
from bot.worker.pool import WorkerPool  # noqa: E402
from inference.registry import default_model  # noqa: E402
from tests.fake_telegram import FakeTelegram  # noqa: E402
from tests.sounds import encode, speech  # noqa: E402

NOTES = 50
STARTS = 5
REPEATS = 30
CAPTIONS = captions_of(texts_for("en", "en"))


async def main() -> None:
    note = encode(speech(10.0), "ogg")
    with fresh_machine():
        rows = [*await memory(note), await first_verdict(note), *await latency(note)]
        rows += [await throughput(note), *sizes()]
    print(table(rows))


async def memory(note: bytes) -> list[Row]:
    """After and while the bot answers 50 notes of 10 s, one by one."""
    async with FakeTelegram() as telegram, service(telegram) as process:
        person = telegram.person("Maria")
        watching = asyncio.create_task(watch(process.pid))
        for _ in range(NOTES):
            telegram.sends_voice(person, note)
            await telegram.next_call("sendPhoto", person, seconds=60)
        watching.cancel()
        most = max(await watching)
        after = [resident(pid) for pid in family(process.pid)]
    total = " + ".join(f"{size / MEBIBYTE:.0f}" for size in after)
    return [
        (
            f"resident memory of the serving processes together, after {NOTES} notes of 10 s",
            f"{sum(after) / MEBIBYTE:.0f} MB ({total})",
            "under 200 MB",
        ),
        ("… at most meanwhile, decoder included", f"{most / MEBIBYTE:.0f} MB", ""),
    ]


async def first_verdict(note: bytes) -> Row:
    """From the start of scripts/run to the answer of a note that waited for it."""
    times = []
    for _ in range(STARTS):
        async with FakeTelegram() as telegram:
            person = telegram.person("Maria")
            telegram.sends_voice(person, note)
            start = time.monotonic()
            async with service(telegram):
                call = await telegram.next_call("sendPhoto", person, seconds=60)
                times.append(call.at - start)
    return (
        "start of the process to first verdict, second start",
        f"{statistics.median(times[1:]):.1f} s",
        "under 2 s",
    )


async def latency(note: bytes) -> list[Row]:
    with cores(1):
        async with worker(1) as warm:
            [listener] = family(os.getpid())[1:]
            times, before = [], processor_seconds(listener)
            for _ in range(REPEATS):
                start = time.perf_counter()
                await warm.detect(note, captions=CAPTIONS)
                times.append(1000 * (time.perf_counter() - start))
            processor = 1000 * (processor_seconds(listener) - before) / REPEATS
    return [
        (
            "10 s ogg/opus note, bytes to verdict and picture, warm, one core",
            f"{statistics.median(times):.0f} ms (best {min(times):.0f})",
            "under 150 ms",
        ),
        ("… processor time of it, whatever else runs", f"{processor:.0f} ms", ""),
    ]


async def throughput(note: bytes) -> Row:
    with cores(2):
        async with worker(2) as warm:
            start = time.perf_counter()
            await asyncio.gather(*(warm.detect(note, captions=CAPTIONS) for _ in range(100)))
            rate = 100 / (time.perf_counter() - start)
    return "notes of 10 s a second on two cores", f"{rate:.1f}", "at least 15"


def sizes() -> list[Row]:
    model = default_model().stat().st_size
    paths = (ROOT / ".venv").rglob("*")
    environment = sum(path.lstat().st_blocks * 512 for path in paths)
    return [
        ("model file", f"{model / MEBIBYTE:.1f} MB", "under 5 MB"),
        (
            "installed size of the serving environment",
            f"{environment / MEBIBYTE:.0f} MB",
            "under 350 MB",
        ),
    ]


@asynccontextmanager
async def service(telegram: FakeTelegram) -> AsyncIterator[asyncio.subprocess.Process]:
    """scripts/run with a token, started and not waited for."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "DATA_DIR": folder,
            "OUVIDO_PORT": "0",
            "LOG_LEVEL": "ERROR",
            "WEBHOOK_URL": "",
        }
        process = await asyncio.create_subprocess_exec(
            ROOT / "scripts/run", env=os.environ | settings, stdout=asyncio.subprocess.DEVNULL
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


@asynccontextmanager
async def worker(processes: int) -> AsyncIterator[WorkerPool]:
    """Warm listeners."""
    warm = WorkerPool(None, 300.0, processes, places=1)
    try:
        await warm.start()
        for _ in range(2 * processes):
            await warm.detect(encode(speech(3.0), "ogg"), captions=CAPTIONS)
        yield warm
    finally:
        await warm.close()


if __name__ == "__main__":
    asyncio.run(main())
