"""What is posted to the webhook: only Telegram's own updates get through."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.db.updates import Content
from bot.settings import Settings
from bot.updates import webhook
from bot.web.app import build
from tests.bot.stand_ins import ReadyWorker

SETTINGS = Settings(
    telegram_bot_token="1:a", webhook_url="https://bot.example/telegram", webhook_secret="s-3"
)
SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s-3"}

Client = TestClient[Any, Any]


class Taking:
    """Stands in for the inbox: what it was given, refused while the database is away."""

    def __init__(self) -> None:
        self.taken: list[Content] = []
        self.away = False

    async def take(self, contents: list[Content]) -> None:
        if self.away:
            raise OSError("no database today")
        self.taken += contents


@pytest.fixture
def inbox() -> Any:
    return Taking()


@pytest.fixture
async def client(inbox: Any) -> AsyncIterator[Client]:
    site = build(SETTINGS, ReadyWorker())
    webhook.add_route(site, inbox, SETTINGS)
    async with TestClient(TestServer(site)) as client:
        yield client


async def test_an_update_with_the_secret_is_taken(client: Client, inbox: Any) -> None:
    response = await client.post("/telegram", json={"update_id": 3}, headers=SECRET)
    assert response.status == 200
    assert inbox.taken == [{"update_id": 3}]


async def test_an_update_that_could_not_be_kept_is_sent_again_by_telegram(
    client: Client, inbox: Any
) -> None:
    inbox.away = True
    response = await client.post("/telegram", json={"update_id": 3}, headers=SECRET)
    assert response.status == 500


@pytest.mark.parametrize("secret", ["", "s-4", "s-33", "é"])
async def test_a_wrong_secret_is_refused(client: Client, inbox: Any, secret: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    response = await client.post("/telegram", json={"update_id": 3}, headers=headers)
    assert response.status == 401
    assert inbox.taken == []


@pytest.mark.parametrize(
    "body",
    [
        *[b"", b"{", b"[]", b"7", b'{"message": {}}', b'{"update_id": "3"}', b"\xff"],
        *[b'{"update_id": %s}' % number for number in (b"true", b"-1", b"%d" % 2**63, b"3.0")],
    ],
)
async def test_what_is_no_update_is_refused(client: Client, inbox: Any, body: bytes) -> None:
    headers = {**SECRET, "Content-Type": "application/json"}
    response = await client.post("/telegram", data=body, headers=headers)
    assert response.status == 400
    assert inbox.taken == []


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
