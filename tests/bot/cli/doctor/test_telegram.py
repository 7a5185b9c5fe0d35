"""What the doctor asks Telegram, and what it makes of the answers."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, User, WebhookInfo

from bot.cli.doctor import telegram as doctor
from bot.cli.doctor.finding import Mark
from bot.db import Store
from bot.settings import Settings
from tests.bot.chatting import chatting
from tests.fake_telegram import FakeTelegram, LocalServer

OWN = "https://bot.example.org/very-secret"


async def lines(
    telegram: FakeTelegram, token: str = "", running: bool = False, **chosen: Any
) -> list[str]:
    settings = Settings(
        telegram_api_url=telegram.url, telegram_bot_token=token or telegram.token, **chosen
    )
    return [str(finding) async for finding in doctor.look(settings, running)]


async def test_a_wrong_token_is_ill() -> None:
    async with FakeTelegram() as telegram:
        found = await lines(telegram, token="123456:TEST-wrong")
    assert found[1].startswith("✗ Telegram refuses TELEGRAM_BOT_TOKEN")
    assert len(found) == 2


async def test_updates_that_wait_stay_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LISTEN_SECONDS", 1)
    async with FakeTelegram() as telegram:
        telegram.sends_text(telegram.person(), "hello")
        found = await lines(telegram)
        assert len(telegram.updates.pending) == 1
    assert "✓ Updates come by long polling" in found
    assert found[-1] == "✓ No other bot uses the token"


async def test_another_bot_with_the_same_token_is_noticed() -> None:
    async with FakeTelegram() as telegram:
        other = Bot(telegram.token, base_url=f"{telegram.url}/bot")

        async def poll() -> None:
            while True:
                try:
                    await other.get_updates(timeout=10)
                except Exception:  # it was disturbed and asks again, as bots do
                    await asyncio.sleep(0.2)

        async with other:
            polling = asyncio.create_task(poll())
            await telegram.until(lambda: bool(telegram.calls))
            found = await lines(telegram)
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
    assert found[-1].startswith("✗ Another bot fetches updates with the same token")


@pytest.mark.parametrize(
    ("url", "own", "mark", "words"),
    [
        ("", "", Mark.WELL, "Updates come by long polling"),
        (OWN, OWN, Mark.WELL, "Updates come by webhook to bot.example.org"),
        ("", OWN, Mark.DOUBT, "WEBHOOK_URL is not registered yet"),
        (OWN, "", Mark.DOUBT, "Telegram sends updates to bot.example.org, which is not"),
    ],
)
def test_the_way_of_updates_is_compared_with_the_settings(
    url: str, own: str, mark: Mark, words: str
) -> None:
    [finding] = doctor.ways(WebhookInfo(url, False, 3), Settings(webhook_url=own))
    assert finding.mark is mark
    assert words in finding.what
    assert "secret" not in str(finding)


def test_a_webhook_that_fails_and_a_queue_that_grows_are_told() -> None:
    failed = datetime.now(UTC) - timedelta(hours=1)
    info = WebhookInfo(OWN, False, 500, failed, "Wrong response from the webhook: 502")
    _, error, queue = doctor.ways(info, Settings(webhook_url=OWN))
    assert error.mark is Mark.ILL
    assert "Wrong response from the webhook: 502" in error.what
    assert queue.what == "500 updates wait at Telegram"
    long_ago = WebhookInfo(OWN, False, 0, failed - timedelta(days=2), "Connection refused")
    assert len(doctor.ways(long_ago, Settings(webhook_url=OWN))) == 1


def test_what_botfather_switched_off_is_told_with_the_way_to_switch_it_on() -> None:
    user = User(
        1, "Ouvido", True, None, "ouvido_bot", can_join_groups=False, supports_inline_queries=True
    )
    marks = {finding.what: finding.mark for finding in doctor.profile(user)}
    assert marks["It can't be added to groups"] is Mark.DOUBT
    assert marks["Guest mode is off"] is Mark.DOUBT
    assert marks["Inline mode is on, which Ouvido has no answers for"] is Mark.DOUBT
    assert marks["Privacy mode is on: in groups it sees commands and replies to it"] is Mark.WELL


async def test_a_clock_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "MOST_SKEW", -1.0)
    async with FakeTelegram() as telegram:
        finding = await doctor.clock(Settings(telegram_api_url=telegram.url))
    assert finding.mark is Mark.DOUBT


SERVER = "/var/lib/telegram-bot-api"


async def file_line(telegram: FakeTelegram, folder: Path, **chosen: Any) -> str:
    """What the doctor says of files, with a database in `folder`."""
    found = await lines(telegram, running=True, data_dir=folder, **chosen)
    return found[found.index("✓ Updates come by long polling") + 1]


async def test_a_file_is_downloaded_as_a_note_would_be(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.methods.profile.picture = telegram.chats.keep("photo", b"a face")
        line = await file_line(telegram, tmp_path)
        assert line == f"✓ A file was downloaded from {telegram.host}:{telegram.port}"
        assert "download" in [call.method for call in telegram.calls]
        told = await file_line(telegram, tmp_path, telegram_api_dir=tmp_path)
    assert told.startswith("! TELEGRAM_API_DIR is set, but the Bot API server sends files itself")
    assert "--local" in told


async def test_where_no_file_is_known_the_doctor_says_so(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        line = await file_line(telegram, tmp_path)
        assert line.startswith("· No file could be asked for: the bot has no picture")


async def test_the_files_of_a_local_server_are_tried(tmp_path: Path) -> None:
    async with FakeTelegram(local=LocalServer(tmp_path, SERVER)) as telegram:
        telegram.methods.profile.picture = telegram.chats.keep("photo", b"a face")
        missing = await file_line(telegram, tmp_path)
        assert missing.startswith(f"✗ The Bot API server's files can't be read: {SERVER}/")
        assert f"→ mount the server's working directory {SERVER} (its --dir)" in missing
        well = await file_line(telegram, tmp_path, telegram_api_dir=tmp_path)
        assert well == f"✓ The Bot API server's files can be read in {tmp_path}"
        assert "download" not in [call.method for call in telegram.calls]


async def test_a_local_server_of_the_same_machine_wants_its_folder_named(tmp_path: Path) -> None:
    async with FakeTelegram(local=LocalServer(tmp_path)) as telegram:
        telegram.methods.profile.picture = telegram.chats.keep("photo", b"a face")
        line = await file_line(telegram, tmp_path)
    assert line.startswith("! The Bot API server's files can be read, but only up to 20 MB")


async def test_without_a_picture_the_last_note_is_asked_for(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ouvido.db'}")
    await store.open()
    async with chatting(store=store) as chat:
        await chat.note()
        settings = Settings(
            telegram_api_url=chat.telegram.url,
            telegram_bot_token=chat.telegram.token,
            data_dir=tmp_path,
        )
        found = [str(finding) async for finding in doctor.look(settings, running=True)]
        assert any(line.startswith("✓ A file was downloaded from") for line in found)
    await store.close()
