"""What the bot keeps of a donation is what the workshop reads; what was erased is gone."""

import hashlib
from pathlib import Path

import pytest

from bot.db import Store
from bot.services import donations
from bot.services.donations import OWN, Gift
from bot.settings import Settings
from dataset import manifest
from dataset.acquisition.collect import Wanted, collect
from dataset.corpora import donations as corpus
from tests import sounds
from tests.bot.stand_ins import verdict
from tests.pools import Here

PERSON = 7_654_321


def gift(truth: str, seconds: int) -> Gift:
    data = sounds.encode(sounds.speech(seconds), "ogg")
    return Gift(data, hashlib.sha256(data).hexdigest(), truth, "pt-BR", verdict())


async def test_donations_are_collected_until_they_are_erased(tmp_path: Path) -> None:
    settings, store = Settings(data_dir=tmp_path, donations_mb=8), Store("sqlite://")
    await store.open()
    own = await donations.give(store, settings, PERSON, gift(OWN, 2))
    made = await donations.give(store, settings, PERSON, gift("xtts", 3))
    folder = donations.folder_of(settings)

    first = collect(corpus.DONATIONS, folder, tmp_path / "first", Wanted(), Here())
    clips = {clip.file: clip for clip in manifest.read(tmp_path / "first")}
    assert first.left_out == 0
    assert {file: clip.label for file, clip in clips.items()} == {
        f"{own}.oga": "human",
        f"{made}.oga": "synthetic",
    }
    assert clips[f"{made}.oga"].seconds == pytest.approx(3.0, abs=0.1)
    assert clips[f"{made}.oga"].speaker == clips[f"{own}.oga"].speaker
    assert str(PERSON) not in (tmp_path / "first" / manifest.NAME).read_text()

    await donations.erase(store, settings, PERSON, own)
    await store.close()
    collect(corpus.DONATIONS, folder, tmp_path / "second", Wanted(), Here())
    assert [clip.file for clip in manifest.read(tmp_path / "second")] == [f"{made}.oga"]


def test_both_sides_speak_of_the_same_licence() -> None:
    assert donations.LICENCE == corpus.LICENCE
