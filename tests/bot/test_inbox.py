"""An update is on the disk from its arrival to its answer, and no longer."""

import asyncio
import json
from pathlib import Path

import pytest
from telegram import Bot, Update

from bot.inbox import Inbox

BOT = Bot("1:a")


def update(number: int) -> Update:
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 5, "date": 1700000000, "chat": chat, "text": "hello"}
    return Update.de_json({"update_id": number, "message": message}, BOT)


def kept(folder: Path) -> list[str]:
    return [note.name for note in (folder / "inbox").iterdir()]


async def test_an_update_is_kept_until_it_is_answered(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)

    async def answer() -> None:
        [note] = tmp_path.rglob("*.json")
        assert json.loads(note.read_text())["message"]["text"] == "hello"

    await inbox.process_update(update(1), answer())
    assert kept(tmp_path) == []


async def test_an_update_that_is_not_answered_at_the_end_is_left_to_the_next_start(
    tmp_path: Path,
) -> None:
    work = asyncio.create_task(Inbox(tmp_path).process_update(update(1), asyncio.sleep(60)))
    await asyncio.sleep(0)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert Inbox(tmp_path).left_over(BOT) == [update(1)]


async def test_an_update_that_kills_the_bot_is_tried_twice_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    works, owed = [], [update(1)]
    while owed:
        inbox = Inbox(tmp_path)
        works.append(asyncio.create_task(inbox.process_update(owed[0], asyncio.sleep(60))))
        await asyncio.sleep(0)  # it has begun, and its bot does not live to see the end
        owed = Inbox(tmp_path).left_over(BOT)
        assert len(works) < 9
    assert len(works) == 2
    assert kept(tmp_path) == []
    assert "Update 1 is given up" in caplog.text
    for work in works:
        work.cancel()
    await asyncio.gather(*works, return_exceptions=True)


async def test_a_second_try_that_is_answered_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "1.json").write_text(update(1).to_json())
    inbox = Inbox(tmp_path)
    [owed] = inbox.left_over(BOT)
    assert kept(tmp_path) == ["1.retry"]
    await inbox.process_update(owed, asyncio.sleep(0))
    assert kept(tmp_path) == []


async def test_a_full_disk_does_not_keep_an_update_from_its_answer(tmp_path: Path) -> None:
    inbox, answered = Inbox(tmp_path), []
    (tmp_path / "inbox").rmdir()

    async def answer() -> None:
        answered.append(True)

    await inbox.process_update(update(1), answer())
    assert answered


async def test_a_failed_answer_leaves_nothing_behind(tmp_path: Path) -> None:
    async def answer() -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await Inbox(tmp_path).process_update(update(1), answer())
    assert kept(tmp_path) == []


def test_what_a_killed_bot_owes_is_found_once_and_in_order(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for number in (10, 9):
        (tmp_path / "inbox" / f"{number}.json").write_text(update(number).to_json())
    (tmp_path / "inbox" / "11.json").write_text('{"update_id": 11, "mess')  # killed while writing
    assert inbox.left_over(BOT) == [update(9), update(10)]
    assert inbox.left_over(BOT) == []


async def test_a_note_survives_its_way_over_the_disk(tmp_path: Path) -> None:
    voice = {"file_id": "v", "file_unique_id": "u", "duration": 3, "file_size": 5}
    user = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "es"}
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 5, "date": 1700000000, "chat": chat, "from": user, "voice": voice}
    before = Update.de_json({"update_id": 1, "message": message}, BOT)
    inbox = Inbox(tmp_path)
    (tmp_path / "inbox" / "1.json").write_text(before.to_json())
    [after] = inbox.left_over(BOT)
    assert after.message is not None
    assert after.message.voice is not None
    assert after.message.from_user is not None
    assert after.message.get_bot() is BOT
    assert (after.message.voice.file_id, after.message.from_user.language_code) == ("v", "es")
