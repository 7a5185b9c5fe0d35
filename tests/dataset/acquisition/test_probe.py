"""A recording is heard before it is believed."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.acquisition.probe import Unplayable, probe, shape
from tests import sounds
from tests.dataset.corpora.archives import sound


@pytest.mark.parametrize(
    ("name", "kind", "rate", "channels"),
    [
        ("a.wav", "WAV", 96_000, 2),
        ("a.flac", "FLAC", 16_000, 1),
        ("a.ogg", "OGG", 16_000, 1),
        ("a.mp3", "MP3", 44_100, 1),
        ("não é.wav", "WAV", 16_000, 1),
    ],
)
def test_what_corpora_have_is_heard(
    tmp_path: Path, name: str, kind: str, rate: int, channels: int
) -> None:
    (tmp_path / name).write_bytes(sound(1, kind, rate, channels))
    assert probe(tmp_path / name) == pytest.approx(0.2, abs=0.06)  # mp3 comes in frames
    assert shape(tmp_path / name) == (channels, rate)


def test_what_telephones_record_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "a.m4a"
    path.write_bytes(sounds.encode(sounds.noise(1.0), "m4a"))
    assert probe(path) == pytest.approx(1.0, abs=0.1)
    assert shape(path) == (0, 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: no bytes"),
        (b"<html>" * 100, "not a sound: "),
        (sound(1)[:4000], "cut off: 3956 of 6400 bytes are there"),
        (sound(1)[:44], "cut off: 0 of 6400 bytes are there"),
        (sound(1, "FLAC")[:3000], "damaged: "),
    ],
)
def test_what_cannot_be_heard_has_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(Unplayable, match=f"^{reason}"):
        probe(tmp_path / "a.wav")


def test_a_hole_in_the_middle_of_a_flac_is_found(tmp_path: Path) -> None:
    data = bytearray(sound(1, "FLAC", 96_000))
    data[len(data) // 2 : len(data) // 2 + 100] = bytes(100)
    (tmp_path / "a.flac").write_bytes(data)
    with pytest.raises(Unplayable, match=r"^damaged: "):
        probe(tmp_path / "a.flac")


@pytest.mark.parametrize(
    ("value", "reason"), [(1 / 32_768, "silent"), (np.nan, "damaged"), (np.inf, "damaged")]
)
def test_silence_and_numbers_that_are_none_are_refused(
    tmp_path: Path, value: float, reason: str
) -> None:
    samples = np.full(1000, value, np.float32)
    soundfile.write(tmp_path / "a.wav", samples, 16_000, subtype="FLOAT")
    with pytest.raises(Unplayable, match=reason):
        probe(tmp_path / "a.wav")


def test_a_header_without_samples_is_empty(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0), 16_000)
    with pytest.raises(Unplayable, match="empty: no samples"):
        probe(tmp_path / "a.wav")


def test_a_wav_that_was_written_to_a_pipe_is_taken(tmp_path: Path) -> None:
    data = bytearray(sound(1))
    data[40:44] = b"\xff\xff\xff\xff"  # the length of its data, unknown when it began
    (tmp_path / "a.wav").write_bytes(data)
    assert probe(tmp_path / "a.wav") == pytest.approx(0.2)
