"""A life with Telegram: commands, polling through trouble, a refused token, what is owed."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import application
from bot.db import Store, updates
from bot.settings import SettingError, Settings
from bot.updates import polling
from bot.updates.inbox import Inbox
from tests.bot.stand_ins import Polled, ReadyWorker, Telegram

SETTINGS = Settings(telegram_bot_token="1:a", database_url="sqlite://")
TEXT = {
    "message_id": 5,
    "date": 0,
    "chat": {"id": 7, "type": "private"},
    "from": {"id": 7, "is_bot": False, "first_name": "A", "language_code": "en"},
    "text": "hello",
}


async def serve(
    monkeypatch: pytest.MonkeyPatch, telegram: Telegram, answers: int, settings: Settings = SETTINGS
) -> Store:
    """Serve until so many answers were sent; the closed store."""
    monkeypatch.setattr(application, "PatientRequest", lambda *_: telegram)
    for module in (application, polling):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    store = Store(settings.database)
    built = application.build(settings, ReadyWorker(), store)
    serving = asyncio.create_task(application.serve(built, Inbox(store, built), settings))
    try:
        async with asyncio.timeout(60):
            while len(telegram.answers()) < answers:
                if serving.done():
                    break
                await asyncio.sleep(0.01)
    finally:
        serving.cancel()
        [outcome] = await asyncio.gather(serving, return_exceptions=True)
    if isinstance(outcome, SettingError):
        raise outcome
    assert isinstance(outcome, asyncio.CancelledError)
    return store


def _named(telegram: Telegram, wanted: str) -> list[dict[str, Any]]:
    return [sent for name, sent in telegram.sent if name == wanted]


async def test_updates_are_fetched_answered_and_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Polled([{"update_id": 41, "message": TEXT}], [{"update_id": 42, "message": TEXT}])
    await serve(monkeypatch, telegram, answers=2)
    assert telegram.offsets == [0, 42, 43, 43]


async def test_a_token_that_telegram_refuses_ends_the_service_with_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Telegram()
    telegram.refuse = lambda name: (404, {"description": "Not Found"})
    with pytest.raises(SettingError, match="@BotFather") as caught:
        await serve(monkeypatch, telegram, answers=1)
    assert "1:a" not in str(caught.value)


async def test_a_webhook_is_registered_with_its_secret_and_polling_is_not_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Polled()
    settings = Settings(
        telegram_bot_token="1:a",
        database_url="sqlite://",
        webhook_url="https://a.b/telegram",
        webhook_secret="s",
    )
    monkeypatch.setattr(telegram, "answers", lambda: _named(telegram, "setWebhook"))
    await serve(monkeypatch, telegram, answers=1, settings=settings)
    [sent] = _named(telegram, "setWebhook")
    assert (sent["url"], sent["secret_token"]) == ("https://a.b/telegram", "s")
    assert sent["allowed_updates"] == polling.KINDS
    assert telegram.offsets == []


async def test_a_webhook_that_telegram_refuses_ends_the_service_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Polled()
    refusal = (400, {"description": "Bad Request: bad webhook: IP address is reserved"})
    telegram.refuse = lambda name: refusal if name == "setWebhook" else None
    settings = Settings(
        telegram_bot_token="1:a",
        database_url="sqlite://",
        webhook_url="https://10.0.0.1/telegram",
        webhook_secret="s",
    )
    with pytest.raises(SettingError, match=r"WEBHOOK_URL: .*reserved"):
        await serve(monkeypatch, telegram, answers=1, settings=settings)


async def test_a_telegram_that_is_not_there_yet_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    telegram = Polled([{"update_id": 1, "message": TEXT}])
    troubles = {"getMe": 2, "deleteWebhook": 2}

    def refuse(name: str) -> tuple[int, dict[str, Any]] | None:
        troubles[name] = troubles.get(name, 0) - 1
        return (502, {"description": "Bad Gateway"}) if troubles[name] >= 0 else None

    telegram.refuse = refuse
    await serve(monkeypatch, telegram, answers=1)
    assert telegram.offsets[0] == 0


async def test_an_update_of_the_last_run_is_answered_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = Settings(telegram_bot_token="1:a", data_dir=tmp_path / "new")
    (tmp_path / "new").mkdir()
    killed = Store(settings.database)
    await killed.open()
    await updates.keep(killed, [{"update_id": 40, "message": TEXT}])
    await killed.close()
    store = await serve(monkeypatch, Polled(), answers=1, settings=settings)
    assert await updates.owed(store) == []
    await store.close()


@pytest.mark.parametrize("name", ["file", "database"])
async def test_a_store_that_cannot_be_opened_ends_the_service_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "ouvido.db").write_bytes(b"no database at all" * 99)
    settings = Settings(telegram_bot_token="1:a", data_dir=tmp_path / name)
    with pytest.raises(SettingError, match="DATA_DIR"):
        await serve(monkeypatch, Telegram(), answers=1, settings=settings)


async def test_a_database_server_that_is_not_there_yet_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    refusals = iter(range(2))

    async def open_(store: Store) -> None:
        for _ in refusals:
            raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(Store, "open", open_)
    settings = Settings(telegram_bot_token="1:a", database_url="postgresql://a@b/c")
    monkeypatch.setattr(application, "FIRST_PAUSE", 0.01)
    await application.opened(Store(settings.database), settings)
    assert caplog.text.count("The database can't be reached") == 2


async def test_a_folder_or_a_database_that_is_not_for_us_ends_the_service_with_the_reason(
    tmp_path: Path,
) -> None:
    settings = Settings(data_dir=tmp_path)
    first = Store(settings.database, tmp_path / "answered")
    await application.opened(first, settings)
    second = Store(settings.database, tmp_path / "answered")
    with pytest.raises(SettingError, match=f"Another bot runs on {tmp_path}: stop it"):
        await application.opened(second, settings)
    async with first.session() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await first.close()
    with pytest.raises(SettingError, match="of a newer Ouvido"):
        await application.opened(second, settings)
    await second.close()
