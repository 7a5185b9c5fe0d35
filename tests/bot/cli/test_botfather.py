"""`ouvido botfather` from outside: what it sets, what it lists, what it says when it can't."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from telegram import User

from bot.cli import botfather
from tests.fake_telegram import TOKEN, FakeTelegram, TooMany

ROOT = Path(__file__).parents[3]
MANUAL = ROOT / "docs" / "operate.md"


async def run(*arguments: str, **settings: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "bot", "botfather", *arguments,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN}
        | settings,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate()
    return process.returncode or 0, output.decode(), errors.decode()


async def test_it_sets_all_that_differs_and_lists_the_rest() -> None:
    async with FakeTelegram() as telegram:
        code, first, errors = await run("--name", "Ouvido", TELEGRAM_API_URL=telegram.url)
        assert (code, errors) == (0, "")
        assert "  pt: set commands in private chats, commands in groups" in first
        assert telegram.methods.profile.texts["name", "es"] == "Ouvido"
        assert "  Group Privacy: on; off only if" in first
        assert first.count("(now on)") == 3  # privacy, groups, guest mode
        assert "  Inline Mode: off (now off)" in first
        code, second, _ = await run(TELEGRAM_API_URL=telegram.url)
        assert code == 0
        assert second.count("was right already") == 7
        assert " set " not in second.partition("Set by you")[0].replace("set by this", "")


async def test_what_it_can_not_do_is_one_sentence(tmp_path: Path) -> None:
    code, _, errors = await run(TELEGRAM_BOT_TOKEN="")
    assert (code, errors[:31]) == (1, "There is no TELEGRAM_BOT_TOKEN:")
    code, _, errors = await run(TELEGRAM_API_URL="http://127.0.0.1:9")
    assert (code, errors.count("\n")) == (1, 1)
    assert "call this again, and it goes on from there." in errors
    assert TOKEN.partition(":")[2] not in errors
    async with FakeTelegram() as telegram:
        wrong = {"TELEGRAM_API_URL": telegram.url, "TELEGRAM_BOT_TOKEN": "1:wrong"}
        code, _, errors = await run(**wrong)
        assert (code, errors.count("\n")) == (1, 1)
        assert errors.startswith("Telegram refuses TELEGRAM_BOT_TOKEN; send /token")
        telegram.fails("setMyDescription", TooMany(retry_after=77))
        code, _, errors = await run(TELEGRAM_API_URL=telegram.url)
        assert (code, errors) == (
            1, "Telegram allows no more changes now; call this again in 77 s.\n",
        )  # fmt: skip
        no_picture = str(tmp_path / "none.jpg")
        code, _, errors = await run("--picture", no_picture, TELEGRAM_API_URL=telegram.url)
        assert (code, errors.count("\n")) == (1, 1)
        assert "none.jpg" in errors


def test_what_telegram_tells_is_turned_into_botfathers_words() -> None:
    user = User(1, "O", True, can_read_all_group_messages=True, can_join_groups=False)
    lines = "\n".join(botfather.checklist(user))
    assert "again) (now off)" in lines
    assert "Allow Groups: on (now off)" in lines
    assert "Inline Mode: off (now not told)" in lines


def test_the_manual_has_the_whole_checklist() -> None:
    manual = MANUAL.read_text(encoding="utf-8")
    assert [name for name, *_ in botfather.CHECKLIST if f"| {name} |" not in manual] == []
