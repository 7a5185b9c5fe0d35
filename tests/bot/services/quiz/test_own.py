"""What an operator adds is validated, made like the shipped clips, listed, and erased for good."""

import re
from pathlib import Path

import numpy as np
import pytest

from bot.services.quiz import adding
from bot.services.quiz.adding import Refused, add
from bot.services.quiz.own import own, remove
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.errors import DetectionError
from inference.speech import measure
from inference.verdict import Label
from tests.sounds import Sound, encode, noise, silence, speech


def given(sound: Sound, container: str = "ogg") -> bytes:
    return encode(sound, container)


def test_a_recording_becomes_like_the_shipped_clips(tmp_path: Path) -> None:
    note = np.concatenate([silence(2.0), 0.2 * speech(6.0), silence(1.0)])
    clip = add(tmp_path / "quiz", given(note, "m4a"), Label.HUMAN, "pt", " CC0 1.0 ", "Ana")
    assert own(tmp_path / "quiz") == (clip,)
    samples = decode(clip.read(), 60.0)
    assert clip.seconds == pytest.approx(len(samples) / SAMPLE_RATE, abs=0.05)
    assert clip.seconds < 6.6  # the silence is gone
    assert -25.0 <= measure(samples).level <= -19.0
    power = np.abs(np.fft.rfft(samples)) ** 2
    assert power[round(7_200 * len(samples) / SAMPLE_RATE) :].sum() / power.sum() < 1e-4
    assert (clip.truth, clip.language, clip.licence) == (Label.HUMAN, "pt", "CC0 1.0")


def test_others_on_the_machine_can_not_read_it(tmp_path: Path) -> None:
    add(tmp_path / "quiz", given(speech(5.0)), Label.HUMAN, "pt", "CC0 1.0")
    paths = [tmp_path / "quiz", *(tmp_path / "quiz").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}


def test_the_same_recording_twice_is_refused_until_it_is_removed(tmp_path: Path) -> None:
    first = add(tmp_path, given(speech(5.0)), Label.HUMAN, "pt", "CC0 1.0")
    name = Path(first.file).stem
    with pytest.raises(Refused, match=f"added before, as {name}.* ouvido quiz remove {name}"):
        add(tmp_path, given(speech(5.0)), Label.HUMAN, "es", "CC BY 4.0")
    assert own(tmp_path) == (first,)
    remove(tmp_path, name)
    again = add(tmp_path, given(speech(5.0)), Label.HUMAN, "es", "CC BY 4.0")
    assert own(tmp_path) == (again,)


def test_a_part_of_a_longer_recording_can_be_taken(tmp_path: Path) -> None:
    long = given(speech(20.0))
    with pytest.raises(Refused, match="--part START END"):
        add(tmp_path, long, Label.HUMAN, "pt", "CC0 1.0")
    clip = add(tmp_path, long, Label.HUMAN, "pt", "CC0 1.0", part=(4.0, 9.0))
    assert 4.0 < clip.seconds < 5.5


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (speech(5.0) + noise(5.0), "question: there is too much noise around the voice"),
        (silence(5.0), "question: I didn't hear anybody speak"),
        (speech(2.2), "2"),
    ],
    ids=["noise", "silence", "short"],
)
def test_what_would_be_no_fair_question_is_refused(
    tmp_path: Path, sound: Sound, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        add(tmp_path, given(sound), Label.HUMAN, "pt", "CC0 1.0")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ((4.5, 1), "must end after it begins, not begin at 4.5 s and end at 1 s"),
        ((2, 2), "must end after it begins"),
        ((0, float("nan")), "must end after it begins"),
        ((-3, 4), "must begin at 0 s or later, not at -3 s"),
        ((50, 60), "begins at 50 s, but the recording is 5 s long"),
        ((1, 5.5), "ends at 5.5 s, but the recording is 5 s long"),
        ((1, float("inf")), "ends at inf s, but the recording is 5 s long"),
    ],
)
def test_a_part_that_is_not_there_is_refused(
    tmp_path: Path, part: tuple[float, float], words: str
) -> None:
    with pytest.raises(Refused, match=re.escape(f"--part {words}")):
        add(tmp_path, given(speech(5.0), "wav"), Label.HUMAN, "pt", "CC0 1.0", part=part)


def test_a_part_is_not_looked_for_behind_what_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "LONGEST_SOURCE", 6.0)
    with pytest.raises(Refused, match="ends at 9 s, but only the first 6 s of a recording are"):
        add(tmp_path, given(speech(12.0)), Label.HUMAN, "pt", "CC0 1.0", part=(4, 9))


@pytest.mark.parametrize(("licence", "attribution"), [(" ", ""), ("L" * 31, ""), ("L", "A" * 61)])
def test_a_licence_is_named_and_fits_behind_its_button(
    tmp_path: Path, licence: str, attribution: str
) -> None:
    with pytest.raises(Refused, match="characters"):
        add(tmp_path, given(speech(5.0)), Label.HUMAN, "pt", licence, attribution)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DetectionError):
        add(tmp_path, b"no sound at all", Label.HUMAN, "pt", "CC0 1.0")


def test_what_was_removed_is_gone(tmp_path: Path) -> None:
    clip = add(tmp_path, given(speech(5.0)), Label.HUMAN, "pt", "CC0 1.0")
    kept = add(tmp_path, given(speech(5.0, seed=1)), Label.HUMAN, "pt", "CC0 1.0")
    assert remove(tmp_path, Path(clip.file).stem)
    assert own(tmp_path) == (kept,)
    assert not [path for path in tmp_path.iterdir() if Path(clip.file).stem in path.name]
    assert not remove(tmp_path, Path(clip.file).stem)
    assert not remove(tmp_path, "../" + Path(kept.file).stem)


@pytest.mark.parametrize("facts", ["", "[]", "{}", '{"file": "a.ogg", "truth": "alien"}'])
def test_a_damaged_file_costs_only_itself(
    tmp_path: Path, facts: str, caplog: pytest.LogCaptureFixture
) -> None:
    clip = add(tmp_path, given(speech(5.0)), Label.HUMAN, "pt", "CC0 1.0")
    (tmp_path / "a.json").write_text(facts)
    lost = add(tmp_path, given(speech(5.0, seed=1)), Label.HUMAN, "pt", "CC0 1.0")
    (tmp_path / lost.file).unlink()
    assert own(tmp_path) == (clip,)
    assert "a.json is no clip" in caplog.text


def test_there_is_nothing_before_anything_was_added(tmp_path: Path) -> None:
    assert own(tmp_path / "absent") == ()
