"""The page and the bot side by side, to their common end."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from bot import application, service
from bot.db import Store, updates
from bot.settings import Settings
from bot.updates.inbox import Inbox
from bot.web import app as web
from bot.worker import process
from tests.bot.stand_ins import ReadyWorker, Telegram

COMPOSE = Path(__file__).parents[2] / "compose.yaml"


class Hanging(Telegram):
    """Neither an update nor a file ever comes."""

    def __init__(self) -> None:
        super().__init__()
        self.polling, self.downloading = asyncio.Event(), asyncio.Event()

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> Any:
        if "/getUpdates?" in url:
            self.polling.set()
            await asyncio.Event().wait()
        if "/file/" in url:
            self.downloading.set()
            await asyncio.Event().wait()
        return await super().do_request(url, method, *args, **kwargs)


async def test_a_note_that_takes_longer_than_the_end_is_kept_for_the_next_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    telegram = Hanging()
    monkeypatch.setattr(application, "PatientRequest", lambda *_: telegram)
    monkeypatch.setattr(service, "END_SECONDS", 0.1)
    settings = Settings(telegram_bot_token="1:a", data_dir=tmp_path, port=0)
    store = Store(settings.database)
    built = application.build(settings, ReadyWorker(), store)
    inbox = Inbox(store, built)

    async def told_to_end() -> None:
        voice = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 5}
        chat = {"id": 7, "type": "private"}
        note = {"message_id": 5, "date": 0, "chat": chat, "voice": voice}
        await telegram.polling.wait()
        await inbox.take([{"update_id": 1, "message": note}])
        await telegram.downloading.wait()

    async with asyncio.timeout(60):
        await _run(settings, [told_to_end, lambda: application.serve(built, inbox, settings)])
    assert [owed["update_id"] for owed in await updates.owed(store)] == [1]
    await store.close()
    assert telegram.answers() == []


async def _run(settings: Settings, running: list[service.Part]) -> None:
    await service._run(web.build(settings, ReadyWorker()), settings, running)


def test_the_end_takes_less_than_the_container_is_given() -> None:
    grace = re.search(r"stop_grace_period: (\d+)s", COMPOSE.read_text(encoding="utf-8"))
    assert grace is not None
    at_most = service.END_SECONDS + service.CANCEL_SECONDS + process.END_SECONDS
    assert at_most < int(grace[1])


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8942"),
        ("0.0.0.0", "http://127.0.0.1:8942"),
        ("::1", "http://[::1]:8942"),
        ("::", "http://[::1]:8942"),
    ],
)
def test_the_address_is_one_that_a_browser_takes(host: str, address: str) -> None:
    assert service._address(host, 8942) == address
