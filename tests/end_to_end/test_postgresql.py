"""The whole service on PostgreSQL: only an address is different."""

import asyncio
import signal
from pathlib import Path

import pytest

from tests import postgresql
from tests.fake_telegram import FakeTelegram
from tests.service import running, start

pytestmark = pytest.mark.skipif(
    postgresql.program("postgres") is None, reason="PostgreSQL is not installed"
)


async def test_a_note_is_answered_and_remembered_over_a_restart(note: bytes) -> None:
    with postgresql.running() as address:
        async with FakeTelegram() as telegram:
            person = telegram.person()
            for _ in range(2):
                async with running(telegram, DATABASE_URL=address) as bot:
                    message = telegram.sends_voice(person, note)
                    await telegram.next_call("sendPhoto", person)
                    assert [path.name for path in bot.folder.glob("data/*")] == ["answered"]
                    assert await bot.ends(signal.SIGTERM) == 0
            judged = [photo for photo in telegram.sent_to(person) if photo["reply_to_message"]]
            assert len(judged) == 2
            assert judged[-1]["reply_to_message"]["message_id"] == message["message_id"]


async def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    with postgresql.running() as address:
        pass  # gone again
    async with FakeTelegram() as telegram, asyncio.timeout(90):
        service = await start(tmp_path, telegram, DATABASE_URL=address)
        while "can't be reached" not in service.written:
            assert service.process.returncode is None, service.written
            await asyncio.sleep(0.05)
        assert await service.ends(signal.SIGTERM) == 0
        assert "Traceback" not in service.written
