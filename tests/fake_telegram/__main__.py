"""Send notes to a bot that runs elsewhere (a container, say) and count its answers.

`python -m tests.fake_telegram --host 0.0.0.0 --port 8081 --note note.ogg --notes 100` prints one
JSON object and exits with 0 when every note was answered with a photo.
"""

import argparse
import asyncio
import json
import time
from pathlib import Path

from tests.fake_telegram import FakeTelegram

NOTE_SECONDS = 60.0  # one note may wait this long for its answer


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_telegram", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--note", type=Path, required=True, help="an ogg/opus file")
    parser.add_argument("--notes", type=int, default=100)
    parser.add_argument("--together", type=int, default=10, help="notes on their way at a time")
    arguments = parser.parse_args()
    data = arguments.note.read_bytes()
    async with FakeTelegram(arguments.host, arguments.port) as telegram:
        print(f"TELEGRAM_API_URL={telegram.url} TELEGRAM_BOT_TOKEN={telegram.token}", flush=True)
        await telegram.until(
            lambda: any(call.method == "getUpdates" for call in telegram.calls), 600
        )
        places = asyncio.Semaphore(arguments.together)

        async def one(number: int) -> bool:
            async with places:
                person = telegram.person(f"Person {number}")
                telegram.sends_voice(person, data)
                try:
                    await telegram.next_call("sendPhoto", person, NOTE_SECONDS)
                except TimeoutError:
                    return False
                return True

        started = time.monotonic()
        answered = sum(await asyncio.gather(*map(one, range(arguments.notes))))
        seconds = round(time.monotonic() - started, 2)
        print(json.dumps({"notes": arguments.notes, "answered": answered, "seconds": seconds}))
        return 0 if answered == arguments.notes else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
