"""Donations lie apart without a name in them, within their limits, and are gone when erased."""

import json
from pathlib import Path

import pytest

from bot.db import Store
from bot.db.tables import Person
from bot.services import donations
from bot.services.donations import A_DAY, MOST_BYTES, OWN, Declined, Gift, check, erase, give, given
from bot.settings import Settings
from tests.bot.stand_ins import MEBIBYTE, verdict

PERSON, OTHER = 7_654_321, 8_765_432
DATA = b"OggS a voice note"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, donations_mb=8)


def gift(sha256: str = "a", truth: str = OWN, data: bytes = DATA) -> Gift:
    return Gift(data, sha256, truth, "pt-BR", verdict(0.2))


async def test_a_gift_is_a_sound_and_its_facts(store: Store, settings: Settings) -> None:
    name = await give(store, settings, PERSON, gift())
    folder = donations.folder_of(settings)
    assert (folder / f"{name}.oga").read_bytes() == DATA
    facts = json.loads((folder / f"{name}.json").read_text())
    assert facts["file"] == f"{name}.oga"
    assert (facts["truth"], facts["engine"], facts["language"]) == ("human", "", "pt-BR")
    assert (facts["score"], facts["model"], facts["sha256"]) == (0.2, "ouvido-9.9.9", "a")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


async def test_nothing_on_the_disk_tells_who_gave_it(store: Store, settings: Settings) -> None:
    await give(store, settings, PERSON, gift("a"))
    await give(store, settings, PERSON, gift("b", truth="xtts"))
    await give(store, settings, OTHER, gift("c"))
    written = [path.read_text() for path in settings.data_dir.rglob("*.json")]
    assert not any(str(person) in text for text in written for person in (PERSON, OTHER))
    speakers = {json.loads(text)["sha256"]: json.loads(text)["speaker"] for text in written}
    assert speakers["a"] == speakers["b"] != speakers["c"]


async def test_what_a_machine_said_is_synthetic(store: Store, settings: Settings) -> None:
    name = await give(store, settings, PERSON, gift(truth="elevenlabs"))
    facts = json.loads((donations.folder_of(settings) / f"{name}.json").read_text())
    assert (facts["truth"], facts["engine"]) == ("synthetic", "elevenlabs")


async def test_the_consent_is_noted(store: Store, settings: Settings) -> None:
    await give(store, settings, PERSON, gift())
    async with store.session() as session:
        person = await session.get(Person, PERSON)
    assert person is not None
    assert person.donate_consent_at


async def test_one_is_erased_and_the_others_stay(store: Store, settings: Settings) -> None:
    first = await give(store, settings, PERSON, gift("a"))
    second = await give(store, settings, PERSON, gift("b"))
    assert await erase(store, settings, PERSON, first) == 1
    assert [each.id for each in await given(store, PERSON)] == [second]
    left = {path.stem for path in donations.folder_of(settings).iterdir()}
    assert left == {second}


async def test_nobody_erases_what_somebody_else_gave(store: Store, settings: Settings) -> None:
    name = await give(store, settings, PERSON, gift())
    for wanted in (name, None, "*", "../.."):
        assert await erase(store, settings, OTHER, wanted) == 0
    assert len(list(donations.folder_of(settings).iterdir())) == 2


async def test_all_of_a_person_are_erased(store: Store, settings: Settings) -> None:
    for sha256 in "abc":
        await give(store, settings, PERSON, gift(sha256))
    assert await erase(store, settings, PERSON) == 3
    assert list(donations.folder_of(settings).iterdir()) == []


async def declined(store: Store, settings: Settings, size: int = len(DATA)) -> str:
    with pytest.raises(Declined) as caught:
        await check(store, settings, PERSON, size)
    return caught.value.code


async def test_the_limits(store: Store, settings: Settings, tmp_path: Path) -> None:
    assert await declined(store, Settings(data_dir=tmp_path)) == "off"
    assert await declined(store, settings, MOST_BYTES + 1) == "too_large"
    big = b"OggS" + bytes(5 * MEBIBYTE - 4)
    await give(store, settings, OTHER, gift(data=big))
    await check(store, settings, PERSON, 3 * MEBIBYTE)
    assert await declined(store, settings, 3 * MEBIBYTE + 1) == "full"
    for number in range(A_DAY):
        await give(store, settings, PERSON, gift(str(number)))
    assert await declined(store, settings) == "enough_today"


async def test_what_could_not_be_written_is_not_remembered_either(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_hex", lambda _: "longer than a disk takes " * 20)
    with pytest.raises(OSError, match="too long"):
        await give(store, settings, PERSON, gift())
    assert await given(store, PERSON) == []
    assert list(donations.folder_of(settings).iterdir()) == []


async def test_the_same_twice_and_what_is_no_sound_are_not_kept(
    store: Store, settings: Settings
) -> None:
    await give(store, settings, PERSON, gift())
    with pytest.raises(Declined, match="known"):
        await give(store, settings, PERSON, gift())
    film = b"\x1a\x45\xdf\xa3 a film"
    with pytest.raises(Declined, match="no_sound"):
        await give(store, settings, PERSON, gift("b", data=film))
    assert len(await given(store, PERSON)) == 1
