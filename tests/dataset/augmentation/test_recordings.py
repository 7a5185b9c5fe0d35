"""Whatever format a clip has, it is read as the others are, or refused by name."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.augmentation.recordings import MAX_SECONDS, read, read_pair, trimmed
from dataset.engines.engine import Refused
from dataset.manifest import Clip
from tests import sounds


@pytest.mark.parametrize("container", ["ogg", "wav", "mp3", "m4a", "amr"])
def test_every_container_becomes_16_khz_mono(container: str, tmp_path: Path) -> None:
    path = tmp_path / f"voz da avó.{container}"
    path.write_bytes(sounds.encode(sounds.speech(2.0), container))
    assert len(read(path)) == pytest.approx(2 * sounds.RATE, abs=0.15 * sounds.RATE)


def test_stereo_at_96_khz_is_brought_down_and_what_is_long_is_cut(tmp_path: Path) -> None:
    left = np.repeat(sounds.tone(MAX_SECONDS + 1.0), 6)
    soundfile.write(tmp_path / "wide.wav", np.stack([left, 0.0 * left], axis=1), 96_000)
    samples = read(tmp_path / "wide.wav")
    assert len(samples) == MAX_SECONDS * sounds.RATE
    assert np.abs(samples[100:-100]).max() == pytest.approx(0.15, rel=0.05)  # mean of the channels


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no bytes"),
        (b"RIFF and nothing else", "broken.wav"),
        (sounds.encode(sounds.silence(1.0), "wav"), "digital silence"),
        (sounds.encode(sounds.tone(0.1), "wav"), "0.10 s"),
    ],
)
def test_what_holds_no_sound_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(content)
    with pytest.raises(Refused, match=words):
        read(tmp_path / "broken.wav")


def test_a_twin_that_broke_off_does_not_cut_its_pair_down(tmp_path: Path) -> None:
    for name, seconds in (("whole", 3.0), ("other", 2.5), ("torn", 0.6)):
        (tmp_path / name).write_bytes(sounds.encode(sounds.speech(seconds), "wav"))
    clips = [Clip(name, "synthetic", pair="1") for name in ("whole", "torn", "other")]
    usable, refused = read_pair(tmp_path, clips)
    assert [one.clip.file for one in usable] == ["whole", "other"]
    assert [file for file, _ in refused] == ["torn"]
    assert "of speech" in refused[0][1]


@pytest.mark.parametrize(("container", "again"), [("ogg", True), ("wav", False)])
def test_a_fresh_twin_goes_through_as_many_encoders_as_its_recording(
    container: str, again: bool, tmp_path: Path
) -> None:
    voice = sounds.speech(2.0)
    (tmp_path / f"human.{container}").write_bytes(sounds.encode(voice, container))
    soundfile.write(tmp_path / "counterpart.flac", voice, sounds.RATE)
    clips = [
        Clip(f"human.{container}", "human", pair="1"),
        Clip("counterpart.flac", "synthetic", pair="1"),
    ]
    (_, counterpart), _ = read_pair(tmp_path, clips)
    untouched = np.allclose(counterpart.samples, read(tmp_path / "counterpart.flac"), atol=1e-3)
    assert untouched is not again
    assert len(counterpart.samples) == len(voice)


def test_silence_at_the_ends_goes() -> None:
    voice = sounds.speech(2.0)
    padded = np.concatenate([sounds.silence(0.7), voice, sounds.silence(1.1)])
    assert abs(len(trimmed(padded)) - len(trimmed(voice))) <= 0.15 * sounds.RATE


def test_where_nobody_speaks_nothing_is_cut() -> None:
    assert len(trimmed(sounds.silence(1.0))) == sounds.RATE
