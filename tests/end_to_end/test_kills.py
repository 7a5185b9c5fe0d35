"""The process may be killed at any moment: what Telegram has handed over is answered, and once."""

from pathlib import Path

import pytest

from tests import sounds
from tests.fake_telegram import FakeTelegram
from tests.floods import killed

KILLS = 3


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="session")
async def test_notes_outlive_kills_at_any_moment(tmp_path: Path) -> None:
    note = sounds.encode(sounds.speech(3), "ogg")
    async with FakeTelegram() as telegram:
        flood = await killed(telegram, tmp_path, note, notes=40, kills=KILLS, seed=6)
    assert len(flood.sent) == 40
    assert flood.lost == 0
    assert flood.doubled <= KILLS  # a kill that falls into the very call that sends
