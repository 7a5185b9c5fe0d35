"""The bot's own handlers talk with the strict Telegram, in one process and without a model."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image
from telegram import Update

from bot import application
from bot.db import Store
from bot.settings import Settings
from bot.telegram.context import App
from bot.worker.pool import Detection
from bot.worker.process import Progress
from inference.drawing.captions import Captions
from tests.bot.stand_ins import ReadyWorker
from tests.fake_telegram import FakeTelegram, LocalServer, Person
from tests.fake_telegram.errors import JSON


class DrawingWorker(ReadyWorker):
    """Its pictures are pictures; each is another one."""

    async def detect(
        self,
        source: bytes | Path,
        part: tuple[float, float] | None = None,
        captions: Captions | None = None,
        progress: Progress | None = None,
    ) -> Detection:
        answer = await super().detect(source, part, captions)
        file = io.BytesIO()
        Image.new("RGB", (32, 24), (len(self.asked) % 256, 0, 0)).save(file, "JPEG")
        return replace(answer, picture=file.getvalue()) if captions else answer


@dataclass
class Chat:
    """Whoever has one is Maria; `said` has what the bot wrote to her."""

    telegram: FakeTelegram
    bot: App
    worker: DrawingWorker
    store: Store
    maria: Person

    @property
    def said(self) -> list[JSON]:
        return self.telegram.sent_to(self.maria)

    async def answered(self) -> None:
        """All that people did is dealt with, in its order."""
        pending = self.telegram.updates.pending
        while pending:
            update = Update.de_json(pending.pop(min(pending)), self.bot.bot)
            await self.bot.process_update(update)

    async def note(self, data: bytes = b"a voice note", **where: Any) -> JSON:
        """Maria sends a note; the message that answers it."""
        self.telegram.sends_voice(self.maria, data, **where)
        await self.answered()
        return self.said[-1]

    async def tap(self, message: JSON, wanted: str, who: Person | None = None) -> str:
        """Press a button; what pops up then, nothing for no words."""
        self.telegram.taps(who or self.maria, message, wanted)
        await self.answered()
        call = await self.telegram.next_call("answerCallbackQuery")
        return call.parameters.get("text", "")

    def calls(self, *methods: str) -> list[str]:
        """What the bot asked of Telegram so far, of these."""
        return [call.method for call in self.telegram.calls if call.method in methods]


@asynccontextmanager
async def chatting(
    worker: DrawingWorker | None = None,
    whispers: bool = False,
    store: Store | None = None,
    local: LocalServer | None = None,
    main_mini_app: bool = False,
    **settings: Any,
) -> AsyncIterator[Chat]:
    """A bot with an empty store, or an open one of the caller; `settings` as in `bot.settings`."""
    async with FakeTelegram(ephemeral=whispers, local=local) as telegram:
        mine = store is None
        telegram.bot["has_main_web_app"] = main_mini_app
        store, worker = store or Store("sqlite://"), worker or DrawingWorker()
        if mine:
            await store.open()
        chosen = Settings(
            telegram_bot_token=telegram.token, telegram_api_url=telegram.url, **settings
        )
        try:
            async with application.build(chosen, worker, store) as bot:
                yield Chat(telegram, bot, worker, store, telegram.person("Maria", "en"))
        finally:
            if mine:
                await store.close()
