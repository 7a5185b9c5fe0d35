"""Which clips get a text, and what becomes of the others; Whisper itself has a stand-in here."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from dataset import manifest
from dataset.manifest import Clip
from dataset.quality.asr import RATE, Heard
from dataset.transcribe import transcribe
from tests import sounds
from tests.pools import Here

LISTENED: list[tuple[float, str]] = []  # seconds and language of what it was given


class StandIn:
    """Hears English words in whatever is not silent."""

    def hear(self, samples: NDArray[np.float32], language: str = "") -> Heard:
        LISTENED.append((len(samples) / RATE, language))
        quiet = float(np.std(samples)) < 0.01
        return Heard("" if quiet else "so be it", "en", "no words are heard in it" if quiet else "")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("dataset.transcribe.Whisper", StandIn)
    LISTENED.clear()
    folder = tmp_path / "in"
    folder.mkdir()
    clips = [
        Clip("new.wav", "human"),
        Clip("told.wav", "human", text="já escrito"),
        Clip("quiet.wav", "human", language="pt"),
        Clip("noise.wav", "noise"),
        Clip("made.wav", "synthetic", language="pt"),
        Clip("gone.wav", "human"),
    ]
    for clip in clips[:-1]:
        sound = sounds.noise(1.0, 0.001 if clip.file == "quiet.wav" else 0.1)
        soundfile.write(folder / clip.file, np.repeat(sound, 2), 2 * RATE)  # at 32 kHz
    manifest.write(clips, folder)
    return folder


def test_clips_without_a_text_get_one_and_the_others_stay(source: Path, tmp_path: Path) -> None:
    outcome = transcribe(source, tmp_path / "out", Here())
    before = {clip.file: clip for clip in manifest.read(source)}
    after = {clip.file: clip for clip in manifest.read(tmp_path / "out")}
    assert outcome.made == 5
    assert after["new.wav"] == replace(before["new.wav"], text="so be it", language="en")
    assert after["made.wav"] == replace(before["made.wav"], text="so be it")
    for file in ("told.wav", "quiet.wav", "noise.wav"):
        assert after[file] == before[file]
        assert (tmp_path / "out" / file).samefile(source / file)
    assert after.keys() == before.keys() - {"gone.wav"}
    assert "1 × no words are heard in it" in outcome.summary
    assert "1 × the manifest lists it, but it is not there" in outcome.summary
    assert sorted(LISTENED) == [(1.0, ""), (1.0, "pt"), (1.0, "pt")]


def test_what_was_heard_is_not_listened_to_again(source: Path, tmp_path: Path) -> None:
    transcribe(source, tmp_path / "out", Here())
    LISTENED.clear()
    transcribe(source, tmp_path / "out", Here())
    assert LISTENED == [(1.0, "pt")]  # only where nothing was made out
