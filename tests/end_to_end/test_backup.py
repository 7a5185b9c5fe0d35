"""A bot is moved: written into a file while it runs, brought back elsewhere, and nobody notices."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests import postgresql
from tests.end_to_end.test_groups import choose
from tests.end_to_end.test_operator import asks
from tests.fake_telegram import Chat, FakeTelegram, Person
from tests.service import REPOSITORY, ready, start

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def ouvido(*arguments: str, **settings: str) -> str:
    """What a command says, which must succeed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=REPOSITORY, env={"PATH": os.environ["PATH"]} | settings,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
    return output.decode()


async def live(telegram: FakeTelegram, ana: Person, group: Chat, note: bytes) -> None:
    """A note is judged and given; a language and a group's settings are chosen."""
    sent = telegram.sends_voice(ana, note)
    await telegram.next_call("sendPhoto", ana)
    telegram.sends_text(ana, "/donate", reply_to=sent)
    asked = await telegram.next_call("sendMessage", ana)
    telegram.taps(ana, asked.result, "donate:was:own")
    consent = await telegram.next_call("editMessageText", ana)
    telegram.taps(ana, consent.result, "I agree")
    await telegram.next_call("editMessageText", ana)
    telegram.sends_text(ana, "/language")
    which = await telegram.next_call("sendMessage", ana)
    telegram.taps(ana, which.result, "Español")
    await telegram.next_call("editMessageText", ana)
    await choose(telegram, ana, group, "page:notes", "notes:all", "page:home", "close")


async def told(telegram: FakeTelegram, ana: Person, group: Chat) -> dict[str, Any]:
    """What the person, the group and the operator (who is that person) are shown."""
    telegram.sends_text(ana, "/mydata")
    shown = await telegram.next_call("sendMessage", ana)
    telegram.taps(ana, shown.result, "mydata:file")
    file = await telegram.next_call("sendDocument", ana)
    telegram.sends_text(ana, "/settings", chat=group)
    menu = await telegram.next_call("sendMessage", group)
    stats = (await asks(telegram, ana, "/stats")).splitlines()
    return {
        "mydata": shown.parameters["text"],
        "file": file.files["document"],
        "settings": (menu.parameters["text"], menu.parameters["reply_markup"]),
        "stats": [line for line in stats if line.startswith(("Respuestas", "Personas", "Votos"))],
    }


@pytest.mark.parametrize("server", [False, True], ids=["sqlite", "to postgresql"])
async def test_everything_comes_back_on_another_machine(
    note: bytes, tmp_path: Path, server: bool
) -> None:
    if server and postgresql.program("postgres") is None:
        pytest.skip("PostgreSQL is not installed")
    old, new, file = tmp_path / "old", tmp_path / "new", tmp_path / "backup.zip"
    old.mkdir()
    new.mkdir()
    async with FakeTelegram() as telegram:
        ana, group = telegram.person("Ana", language="en"), telegram.group()
        settings = {"DONATIONS_MB": "5", "OPERATORS": str(ana.id)}
        bot = await start(old, telegram, **settings)
        await ready(bot, telegram)
        await live(telegram, ana, group, note)
        before = await told(telegram, ana, group)
        assert b'"donations": [\n' in before["file"]
        assert len(before["stats"]) > 3
        said = await ouvido("backup", str(file), DATA_DIR=str(old / "data"))  # it runs
        assert said.endswith(" 2 files\n")
        assert await bot.ends(signal.SIGTERM) == 0

        where = {"DATA_DIR": str(new / "data")}
        with postgresql.running() if server else nullcontext("") as address:
            where |= {"DATABASE_URL": address}
            await ouvido("restore", str(file), **where)
            moved = await start(new, telegram, **settings, **where)
            await ready(moved, telegram)
            assert await told(telegram, ana, group) == before
            refused = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "restore", "--replace", str(file),
                cwd=REPOSITORY, env={"PATH": os.environ["PATH"]} | where,
                stderr=subprocess.PIPE,
            )  # fmt: skip
            _, words = await refused.communicate()
            assert (refused.returncode, words.decode()) == (
                1, f"restore: A bot runs on {new / 'data'}: stop it first.\n",
            )  # fmt: skip
            assert await moved.ends(signal.SIGTERM) == 0
        assert "Traceback" not in bot.written + moved.written


async def test_two_bots_live_side_by_side_but_not_in_one_folder(
    note: bytes, tmp_path: Path
) -> None:
    """Each with its own token, folder and port; a second one in the same folder is refused."""
    folders = [tmp_path / "one", tmp_path / "two"]
    async with FakeTelegram() as first, FakeTelegram() as second:
        bots = []
        for folder, telegram in zip(folders, (first, second), strict=True):
            folder.mkdir()
            bots.append(await start(folder, telegram))
        for bot, telegram in zip(bots, (first, second), strict=True):
            await ready(bot, telegram)
            ana = telegram.person("Ana", language="en")
            telegram.sends_voice(ana, note)
            await telegram.next_call("sendPhoto", ana)
        assert bots[0].address != bots[1].address
        third = await start(tmp_path / "one", second)
        assert await third.ends() == 2
        words = (
            f"Another bot runs on {folders[0] / 'data'}: stop it, or give each its own DATA_DIR."
        )
        assert third.errors[-1] == words
        for bot in bots:
            assert await bot.ends(signal.SIGTERM) == 0
