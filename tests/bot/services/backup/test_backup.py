"""Everything comes back: from either database into either, of this version or an older one."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.db import Store, access, chats, people, statistics, updates
from bot.db.store import NewerDatabase, migrate, newest
from bot.db.tables import Answer, Note, Vote
from bot.services import donations, privacy
from bot.services.backup import Refused
from bot.services.backup.reading import Archive, restore
from bot.services.backup.writing import write
from bot.services.donations import Gift
from bot.services.quiz.own import own
from bot.settings import Settings
from tests.bot.db.test_migrations import ROWS_OF_0001, _fill, _rows
from tests.bot.stand_ins import verdict

ANA, GROUP = 2**40, -7
OGG = b"OggS" + bytes(60)


def settings_of(folder: Path, address: str = "") -> Settings:
    folder.mkdir(exist_ok=True)
    return Settings(data_dir=folder, database_url=address, donations_mb=5)


async def live(settings: Settings) -> dict[str, Any]:
    """Let people use the bot for a while, and return what it then knows."""
    store = Store(settings.database, settings.data_dir / "answered")
    await store.open()
    await people.choose(store, ANA, language="es", compare_consent_at=5)
    await chats.change(store, GROUP, reply_mode="summary", quiet_from=60, timezone="UTC")
    await access.decide(store, ANA, allowed=True)
    await access.maintain(store, True, "Até já 👋")
    async with store.session() as session:
        session.add(Note(sha256="a", model="m", verdict={"score": 0.5}, evidence={"á": [1, None]},
                         picture_file_ids={}, size=None, request_count=2, used_at=3))  # fmt: skip
        session.add(Answer(token="t", sha256="a", model="m", file_id="f", chat_id=GROUP,
                           asker_id=ANA, private=True, created_at=2**33))  # fmt: skip
        session.add(Vote(sha256="a", model="m", person_id=ANA, label="human", is_correct=False,
                         voted_at=4))  # fmt: skip
    gift = Gift(OGG, hashlib.sha256(OGG).hexdigest(), "own", "pt-BR", verdict())
    await donations.give(store, settings, ANA, gift)
    said = {"update_id": 9, "message": {"from": {"id": ANA}, "text": "olá"}}
    await updates.keep(store, [said, {"update_id": 8}])
    async with updates.answered(store, 8):
        pass
    await store.close()
    quiz = settings.data_dir / "quiz"
    quiz.mkdir()
    (quiz / "x.ogg").write_bytes(OGG)
    facts = {"file": "x.ogg", "seconds": 4.0, "truth": "human", "language": "pt"}
    facts |= {"licence": "CC0", "attribution": "Ana", "sha256": "s"}
    (quiz / "x.json").write_text(json.dumps(facts))
    return await known(settings)


async def known(settings: Settings) -> dict[str, Any]:
    """What people, groups and operators are told, all rows, and the files."""
    store = Store(settings.database)
    await store.open()
    try:
        return {
            "mydata": await privacy.known(store, ANA),
            "group": privacy._plain(await chats.of(store, GROUP)),
            "stats": await statistics.count(store),
            "quiz": [clip.read() for clip in own(settings.data_dir / "quiz")],
            "rows": await _rows(store),
            "files": {
                path.relative_to(settings.data_dir).as_posix(): path.read_bytes()
                for path in settings.data_dir.rglob("*")
                if path.is_file() and not path.name.startswith(("ouvido.db", "answered"))
            },
        }
    finally:
        await store.close()


async def backup(settings: Settings) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        await write(archive, settings, "9.9.9")
    return file.getvalue()


async def bring_back(data: bytes, settings: Settings, replace: bool = False) -> None:
    await restore(Archive(io.BytesIO(data)), settings, replace)


async def test_everything_comes_back_into_either_database(address: str, tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here", "" if address.startswith("sqlite") else address)
    there = settings_of(tmp_path / "there")
    before = await live(here)
    assert before["mydata"]["waiting"]
    assert before["mydata"]["donations"]
    assert len(before["files"]) == 4
    await bring_back(await backup(here), there)
    assert await known(there) == before
    for path in (there.data_dir / "donations", there.data_dir / "quiz"):
        assert path.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in path.iterdir()} == {0o600}
    # and from the file into the server, over what is there
    await bring_back(await backup(there), here, replace=True)
    assert await known(here) == before


async def test_a_backup_of_older_tables_is_brought_up_to_date(bare: str, tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here", bare), settings_of(tmp_path / "there")
    store = Store(bare)
    async with store.rebuilding() as connection:
        await connection.run_sync(migrate, "0001")
        await connection.run_sync(_fill, ROWS_OF_0001)
    await store.close()
    data = await backup(here)
    await bring_back(data, there)
    store = Store(here.database)
    await store.open()  # brings the original up to date as well
    original = await _rows(store)
    await store.close()
    assert (await known(there))["rows"] == original


async def test_what_was_answered_but_not_yet_noted_is_not_answered_again(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there")
    running = Store(here.database, here.data_dir / "answered")
    await running.open()
    await updates.keep(running, [{"update_id": 1}, {"update_id": 2}])
    await updates.owed(running)
    running.journal.strike(1)  # Telegram has taken the answer; the database hears of it later
    data = await backup(here)  # while the bot runs
    await running.close()
    await bring_back(data, there)
    back = Store(there.database, there.data_dir / "answered")
    await back.open()
    assert [content["update_id"] for content in await updates.owed(back)] == [2]
    await back.close()


async def test_a_donation_that_is_taken_back_meanwhile_is_in_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = settings_of(tmp_path / "here")
    await live(here)
    store = Store(here.database)
    async with store.session() as session:
        await session.execute(text("DELETE FROM donations"))  # its file goes in a moment
    await store.close()
    names = zipfile.ZipFile(io.BytesIO(await backup(here))).namelist()
    assert [name for name in names if "donations/" in name] == []


async def test_data_that_is_there_is_not_lost_by_accident(address: str, tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    await live(here)
    data = await backup(here)
    there = settings_of(tmp_path / "there", "" if address.startswith("sqlite") else address)
    store = Store(there.database)
    await store.open()
    await people.choose(store, 1, language="en")
    await store.close()
    before = await known(there)
    with pytest.raises(Refused, match=r"2 rows in .* With --replace"):
        await bring_back(data, there)
    assert await known(there) == before
    (there.data_dir / "quiz").mkdir()
    (there.data_dir / "quiz" / "old.ogg").write_bytes(b"old")
    await bring_back(data, there, replace=True)
    assert await known(there) == await known(here)


async def test_a_bot_that_runs_is_not_written_over(address: str, tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    await live(here)
    data = await backup(here)
    there = settings_of(tmp_path / "there", "" if address.startswith("sqlite") else address)
    running = Store(there.database, there.data_dir / "answered")
    await running.open()
    with pytest.raises(Refused, match="A bot runs on"):
        await bring_back(data, there, replace=True)
    await running.close()


async def test_a_bot_on_another_machine_is_noticed_by_its_connection(
    server: str, tmp_path: Path
) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there", server)
    await live(here)
    running = Store(server)
    await running.open()
    async with running.session() as session:
        await session.execute(text("SELECT 1"))
        with pytest.raises(Refused, match=r"is in use \(\d+ other connections\)"):
            await bring_back(await backup(here), there, replace=True)
    await running.close()


async def test_tables_of_somebody_else_are_not_dropped(server: str, tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there", server)
    await live(here)
    store = Store(server)
    await store.open()
    async with store.session() as session:
        await session.execute(text("CREATE TABLE shop (id INTEGER)"))
    await store.close()
    try:
        with pytest.raises(Refused, match=r"doesn't know \(shop\)"):
            await bring_back(await backup(here), there, replace=True)
    finally:
        async with store.session() as session:
            await session.execute(text("DROP TABLE shop"))
        await store.close()


async def test_going_back_to_an_older_version_replaces_what_the_newer_one_made(
    tmp_path: Path,
) -> None:
    here = settings_of(tmp_path / "here")
    before = await live(here)
    data = await backup(here)
    store = Store(here.database)
    async with store.session() as session:
        await session.execute(text("CREATE TABLE of_the_future (id INTEGER)"))
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        await backup(here)
    await store.close()
    await bring_back(data, here, replace=True)
    assert await known(here) == before


def _changed(data: bytes, name: str, content: str) -> bytes:
    """The archive with another content of a member."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for member in {*old.namelist(), name}:
            new.writestr(member, content if member == name else old.read(member))
    return file.getvalue()


async def test_a_damaged_file_changes_nothing(tmp_path: Path) -> None:
    here, there = settings_of(tmp_path / "here"), settings_of(tmp_path / "there")
    await live(here)
    data = await backup(here)
    about = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("backup.json"))
    fewer = about | {"rows": about["rows"] | {"people": 2}}
    places = data.index(b"asker_id"), data.index(OGG) + 9, data.rindex(b"tables/people")
    damaged = [b"", b"no archive", data[: len(data) // 2], data[:-1], data[100:]]
    damaged += [data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] for place in places]
    damaged += [
        _changed(data, "backup.json", "{}"),
        _changed(data, "backup.json", json.dumps(fewer)),
        _changed(data, "tables/people.jsonl", "{"),
        _changed(data, "tables/people.jsonl", "[1]\n"),
        _changed(data, "files/../../outside", "x"),
        _changed(data, "backup.json", json.dumps(about | {"files": about["files"] + 1})),
    ]
    for wrong in damaged:
        with pytest.raises(Refused, match="damaged"):
            await bring_back(wrong, there)
    for name in ("files/../../outside", "files/ouvido.db", "files/.env", "files//etc/passwd"):
        wrong = _changed(data, name, "x")
        wrong = _changed(wrong, "backup.json", json.dumps(about | {"files": about["files"] + 1}))
        with pytest.raises(Refused, match="damaged"):
            await bring_back(wrong, there)
    assert {path.name for path in there.data_dir.iterdir()} <= {
        "answered", "ouvido.db", "ouvido.db-wal", "ouvido.db-shm",
    }  # fmt: skip
    await bring_back(data, there)
    assert await known(there) == await known(here)


async def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    await live(here)
    data = await backup(here)
    about = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("backup.json"))
    assert about["tables"] == newest()
    newer = _changed(data, "backup.json", json.dumps(about | {"tables": "9999"}))
    with pytest.raises(Refused, match=r"newer Ouvido \(9\.9\.9; its tables: 9999"):
        await bring_back(newer, settings_of(tmp_path / "there"))
    other = _changed(data, "backup.json", json.dumps(about | {"format": 2}))
    with pytest.raises(Refused, match="newer Ouvido"):
        await bring_back(other, settings_of(tmp_path / "there"))


async def test_where_nothing_is_remembered_nothing_is_written(tmp_path: Path) -> None:
    here = settings_of(tmp_path / "here")
    with pytest.raises(Refused, match="is that the DATA_DIR of the bot"):
        await backup(here)
    assert list(here.data_dir.iterdir()) == []
