"""Whoever talks with the bot, in any of its languages, can read all that it says."""

from pathlib import Path

import pytest

from tests.chromium import EXECUTABLE
from tests.walkthrough.draw import draw, photograph
from tests.walkthrough.notes import notes
from tests.walkthrough.phone import page

MISSING = "chromium is not installed: the chats are NOT looked at (apt-get install chromium)"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(EXECUTABLE is None, reason=MISSING)]


async def test_nothing_is_cut_off_or_longer_than_a_screen_or_raw(tmp_path: Path) -> None:
    assert await draw(tmp_path, notes()) == []
    assert len(list(tmp_path.glob("*.png"))) >= 15


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<div class="key">{}</div>'.format("a label that goes on " * 9), "cut off"),
        (
            '<div class="bot"><div class="text">{}</div></div>'.format("on<br>" * 60),
            "longer",
        ),
        ('<div class="toast">{$count} notes</div>', "raw"),
        ('<div class="toast">verdict-no_such_key</div>', "raw"),
    ],
)
async def test_what_nobody_could_read_is_noticed(tmp_path: Path, html: str, fault: str) -> None:
    phone = f'<div class="phone" lang="en">{html}</div>'
    [found] = await photograph({"step": page([phone])}, tmp_path)
    assert fault in found
