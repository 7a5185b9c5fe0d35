"""A bot in this process among the people of a strict Telegram; tests decide what it hears."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from bot import application
from bot.db import Store
from bot.settings import Settings
from bot.telegram.context import App
from bot.updates.inbox import Inbox
from bot.worker.pool import Detection
from bot.worker.process import Progress
from inference.drawing.captions import Captions
from tests.bot.stand_ins import ReadyWorker
from tests.fake_telegram import FakeTelegram


class QuickWorker(ReadyWorker):
    """Answers at once, with a picture that Telegram takes."""

    async def detect(
        self,
        source: bytes | Path,
        part: tuple[float, float] | None = None,
        captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:
        answer = await super().detect(source, part, captions)
        return replace(answer, picture=PICTURE) if captions else answer


def _picture() -> bytes:
    with io.BytesIO() as file:
        Image.new("RGB", (64, 48), "white").save(file, "JPEG")
        return file.getvalue()


PICTURE = _picture()


@asynccontextmanager
async def meeting(
    telegram: FakeTelegram, worker: ReadyWorker, store: Store | None = None, **settings: Any
) -> AsyncIterator[App]:
    """The bot at work; `store` is left open for the next one."""
    kept = store or Store("sqlite://")
    await kept.open()
    chosen = Settings(
        telegram_bot_token=telegram.token, telegram_api_url=telegram.url, language="en", **settings
    )
    built = application.build(chosen, worker, kept)
    serving = asyncio.create_task(application.serve(built, Inbox(kept, built), chosen))
    try:
        await telegram.until(lambda: any(call.method == "getUpdates" for call in telegram.calls))
        yield built
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
