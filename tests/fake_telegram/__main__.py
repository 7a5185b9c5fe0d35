"""Send notes to a bot that runs elsewhere (a container, say) and count its answers.

`python -m tests.fake_telegram --host 0.0.0.0 --port 8081 --note note.ogg --notes 100` prints one
JSON object and exits with 0 when every note was answered with a photo.
"""

import argparse
import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path

from tests.fake_telegram import FakeTelegram


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_telegram", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--note", type=Path, required=True, help="an ogg/opus file")
    parser.add_argument("--notes", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=300, help="to wait for all answers")
    arguments = parser.parse_args()
    data = arguments.note.read_bytes()
    async with FakeTelegram(arguments.host, arguments.port) as telegram:
        print(f"TELEGRAM_API_URL={telegram.url} TELEGRAM_BOT_TOKEN={telegram.token}", flush=True)
        await telegram.until(lambda: bool(telegram.calls), arguments.seconds)
        people = [telegram.person(f"Person {number}") for number in range(arguments.notes)]
        started = time.monotonic()
        for person in people:
            telegram.sends_voice(person, data)

        def answered() -> int:
            return sum(any("photo" in sent for sent in telegram.sent_to(one)) for one in people)

        with suppress(TimeoutError):
            await telegram.until(lambda: answered() == len(people), arguments.seconds)
        seconds = round(time.monotonic() - started, 2)
        print(json.dumps({"notes": len(people), "answered": answered(), "seconds": seconds}))
        return 0 if answered() == len(people) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
