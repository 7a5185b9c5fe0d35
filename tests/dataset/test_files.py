"""Files are whole or not there, and not twice on the disk."""

import errno
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.files import link, unfinished, write_flac


def _stop_in_the_middle(path: Path) -> None:
    with unfinished(path) as new:
        new.write_text("hal")
        raise InterruptedError


def test_a_file_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "ção.txt"
    with unfinished(path) as new:
        new.write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"


def test_what_goes_wrong_leaves_the_file_before_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    with pytest.raises(InterruptedError):
        _stop_in_the_middle(path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "before")]


def test_a_linked_sound_needs_no_second_place(tmp_path: Path) -> None:
    original = tmp_path / "a.wav"
    original.write_bytes(b"sound")
    link(original, tmp_path / "other" / "b.wav")
    link(original, tmp_path / "other" / "b.wav")
    assert (tmp_path / "other" / "b.wav").samefile(original)


def test_a_sound_on_another_disk_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "a.wav").write_bytes(b"sound")
    link(tmp_path / "a.wav", tmp_path / "b.wav")
    assert (tmp_path / "b.wav").read_bytes() == b"sound"
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(("loudest", "written"), [(0.5, 0.5), (2.0, 1.0)])
def test_flac_keeps_the_samples_and_makes_the_too_loud_quieter(
    loudest: float, written: float, tmp_path: Path
) -> None:
    wave = np.sin(np.linspace(0.0, 300.0, 24_000)).astype(np.float32)
    write_flac(loudest * wave, 24_000, tmp_path / "a.flac")
    samples, rate = soundfile.read(tmp_path / "a.flac")
    assert rate == 24_000
    assert np.abs(samples - written * wave).max() < 2.0 / 32_768
