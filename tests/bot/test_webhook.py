"""What is posted to the webhook: only Telegram's own updates get through."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from telegram import Update

from bot import application, webhook
from bot.settings import Settings
from bot.web import build
from tests.bot.stand_ins import ReadyWorker, Telegram

SETTINGS = Settings(
    telegram_bot_token="1:a", webhook_url="https://bot.example/telegram", webhook_secret="s-3"
)
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s-3"}

Client = TestClient[Any, Any]


@pytest.fixture
async def updates(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[object]:
    return asyncio.Queue()


@pytest.fixture
async def client(
    monkeypatch: pytest.MonkeyPatch, updates: asyncio.Queue[object]
) -> AsyncIterator[Client]:
    monkeypatch.setattr(application, "PatientRequest", Telegram)
    worker = ReadyWorker()
    telegram = application.build(SETTINGS, worker)
    telegram.update_queue = updates
    site = build(SETTINGS, worker)
    webhook.add_route(site, telegram, SETTINGS)
    async with TestClient(TestServer(site)) as client:
        yield client


async def test_an_update_with_the_secret_is_taken(
    client: Client, updates: asyncio.Queue[object]
) -> None:
    response = await client.post("/telegram", json={"update_id": 3}, headers=SECRET)
    assert response.status == 200
    update = updates.get_nowait()
    assert isinstance(update, Update)
    assert update.update_id == 3


@pytest.mark.parametrize("secret", ["", "s-4", "s-33", "é"])
async def test_a_wrong_secret_is_refused(
    client: Client, updates: asyncio.Queue[object], secret: str
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    response = await client.post("/telegram", json={"update_id": 3}, headers=headers)
    assert response.status == 401
    assert updates.empty()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"message": {}}', b"\xff"])
async def test_what_is_no_update_is_refused(
    client: Client, updates: asyncio.Queue[object], body: bytes
) -> None:
    headers = {**SECRET, "Content-Type": "application/json"}
    response = await client.post("/telegram", data=body, headers=headers)
    assert response.status == 400
    assert updates.empty()


async def test_an_update_that_cannot_be_read_is_passed_over(
    client: Client, updates: asyncio.Queue[object]
) -> None:
    body = {"update_id": 4, "poll": {"id": "of a kind that nobody knows"}}
    response = await client.post("/telegram", json=body, headers=SECRET)
    assert response.status == 200  # Telegram would send it again and again
    assert updates.get_nowait() == Update(4)


async def test_another_content_type_is_refused(client: Client) -> None:
    response = await client.post("/telegram", data={"update_id": "3"}, headers=SECRET)
    assert response.status == 415


async def test_a_body_that_is_too_long_is_refused(client: Client) -> None:
    headers = {**SECRET, "Content-Type": "application/json"}
    body = io.BytesIO(b"[" + b" " * 2 * 1024**2 + b"]")
    response = await client.post("/telegram", data=body, headers=headers)
    assert response.status == 413


async def test_only_posts_are_taken(client: Client) -> None:
    assert (await client.get("/telegram", headers=SECRET)).status == 405
