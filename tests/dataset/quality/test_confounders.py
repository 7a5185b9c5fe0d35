"""Facts of a file are measured as they were made."""

import math
from pathlib import Path

import numpy as np
import pytest

from dataset.quality.confounders import CUTS, FRAMES, Confounders, examine
from inference.errors import DetectionError
from tests.sounds import RATE, Sound, encode, noise, silence, speech


def examined(folder: Path, sound: Sound, kind: str = "wav") -> Confounders:
    path = folder / f"sound.{kind}"
    path.write_bytes(encode(sound, kind, RATE))
    return examine(path)


def below(sound: Sound, frequency: float) -> Sound:
    spectrum = np.fft.rfft(sound)
    spectrum[np.fft.rfftfreq(len(sound), 1 / RATE) > frequency] = 0.0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


def test_silence_around_speech_is_measured(tmp_path: Path) -> None:
    sound = np.concatenate([silence(0.5), speech(2.0), silence(1.5)])
    found = examined(tmp_path, sound)
    assert found.seconds == pytest.approx(4.0)
    assert found.lead == pytest.approx(0.5, abs=0.2)
    assert found.tail == pytest.approx(1.5, abs=0.3)
    assert found.pauses > 0.4
    assert found.zeros > 0.45


def test_level_follows_the_gain_and_the_offset_does_not(tmp_path: Path) -> None:
    sound = speech(2.0)
    loud, quiet = examined(tmp_path, sound + 0.01), examined(tmp_path, 0.1 * (sound + 0.01))
    assert loud.level - quiet.level == pytest.approx(20.0, abs=0.5)
    assert loud.peak - quiet.peak == pytest.approx(20.0, abs=0.5)
    assert loud.offset == pytest.approx(quiet.offset, abs=0.02)
    assert loud.offset > 0.03


def test_a_band_that_ends_is_found(tmp_path: Path) -> None:
    narrow = examined(tmp_path, below(noise(2.0), 3_600.0))
    wide = examined(tmp_path, noise(2.0))
    assert narrow.rolloff == pytest.approx(3_600.0, abs=100.0)
    assert wide.rolloff > 7_700.0
    at = CUTS.index(4_000.0)
    assert narrow.above[at] < -60.0
    assert wide.above[at] == pytest.approx(-3.0, abs=0.5)
    assert narrow.holes > 0.4
    assert wide.holes < 0.01


def test_changes_in_step_with_a_codecs_frames_are_found(tmp_path: Path) -> None:
    gains = np.random.default_rng(1).uniform(0.2, 1.0, 300)
    stepping = noise(6.0) * np.repeat(gains, RATE // 50).astype(np.float32)
    at = FRAMES.index(0.02)
    steady = examined(tmp_path, noise(6.0)).frames[at]
    assert examined(tmp_path, stepping).frames[at] > steady + 6.0


def test_the_file_tells_what_it_was(tmp_path: Path) -> None:
    flac, m4a = (examined(tmp_path, speech(2.0), kind) for kind in ("flac", "m4a"))
    assert (flac.container, flac.rate) == ("flac", RATE)
    assert m4a.container == "mov"
    assert math.isnan(m4a.rate)
    assert 0 < m4a.density < flac.density < 3 * RATE


def test_less_than_a_frame_and_digital_silence_have_numbers_too(tmp_path: Path) -> None:
    for sound in (silence(0.01), silence(3.0)):
        found = examined(tmp_path, sound)
        assert np.isfinite([found.level, found.peak, found.offset, found.floor]).all()
        assert np.isfinite([*found.above, *found.frames, found.holes, found.rolloff]).all()


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.ogg").write_bytes(b"not a sound")
    with pytest.raises(DetectionError):
        examine(tmp_path / "note.ogg")
