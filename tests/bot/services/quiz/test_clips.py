"""The clips of the quiz are what their table says, small, and alike in all but who speaks."""

import hashlib

import numpy as np
import pytest

from bot.services.quiz.clips import FOLDER, Clip, shipped
from inference.decoding.audio import SAMPLE_RATE, decode
from inference.speech import measure
from inference.verdict import Label

MOST_BYTES = 500_000


def test_every_file_is_the_one_that_the_table_describes() -> None:
    assert {clip.file for clip in shipped()} == {path.name for path in FOLDER.glob("*.ogg")}
    for clip in shipped():
        assert hashlib.sha256(clip.read()).hexdigest() == clip.sha256, clip.file
        assert clip.licence, clip.file
        assert clip.attribution, clip.file


def test_all_together_they_are_small() -> None:
    assert sum(len(clip.read()) for clip in shipped()) < MOST_BYTES


def test_languages_have_both_people_and_machines_and_portuguese_waits_for_people() -> None:
    truths = {
        language: {clip.truth for clip in shipped() if clip.language == language}
        for language in (clip.language for clip in shipped())
    }
    both = {Label.HUMAN, Label.SYNTHETIC}
    assert truths == {"en": both, "es": both, "pt": {Label.SYNTHETIC}}


def test_whose_recordings_they_are_stands_beside_them() -> None:
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for clip in shipped():
        if clip.truth is Label.HUMAN:
            assert clip.attribution.partition(",")[0] in notice


@pytest.mark.parametrize("clip", shipped(), ids=lambda clip: clip.file)
def test_nothing_but_the_voice_tells_who_speaks(clip: Clip) -> None:
    samples = decode(clip.read(), 60.0)
    measures = measure(samples)
    assert clip.seconds == pytest.approx(len(samples) / SAMPLE_RATE, abs=0.05)
    assert 3.0 <= clip.seconds <= 8.0
    assert -25.0 <= measures.level <= -19.0  # dBFS
    power = np.abs(np.fft.rfft(samples)) ** 2
    above = power[round(7_200 * len(samples) / SAMPLE_RATE) :].sum() / power.sum()
    assert above < 1e-4  # no band that only one of the classes has
