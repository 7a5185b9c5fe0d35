"""eSpeak NG, run for real where it is installed."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from dataset.engines.engine import Job, NotReady, Options, Refused, Speech
from dataset.engines.tts import espeak
from dataset.manifest import Clip

TEXT = "A reunião foi adiada para quinta-feira porque o diretor está doente."
installed = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="there is no espeak-ng here")


def _say(text: str = TEXT, language: str = "pt-BR", speaker: str = "ana", **facts: float) -> Speech:
    clip = Clip("a.wav", "human", speaker=speaker, sex="f", text=text, language=language, **facts)  # type: ignore[arg-type]
    return espeak.make(Options())(Job(clip, Path("a.wav"), (), 1))


@installed
def test_it_is_about_as_long_as_the_human_and_the_same_a_second_time() -> None:
    speech = _say(seconds=5.0)
    assert len(speech.samples) / speech.sample_rate == pytest.approx(5.0, rel=0.15)
    np.testing.assert_array_equal(speech.samples, _say(seconds=5.0).samples)


@installed
def test_a_speaker_keeps_a_voice_of_the_same_sex_and_speakers_differ() -> None:
    women = {name for name, sex in espeak.variants() if sex == "f"}
    voices = {
        name: _say("Bom dia.", speaker=name).speaker for name in ("ana", "eva", "rita", "ines")
    }
    assert _say("Boa noite.", speaker="ana").speaker == voices["ana"]
    assert len(set(voices.values())) > 1
    names = {voice.removeprefix("espeak-").rpartition("-")[0] for voice in voices.values()}
    assert names <= {woman.replace(" ", "-") for woman in women}


@installed
def test_it_has_about_a_hundred_voices() -> None:
    assert len(espeak.variants()) > 80


@installed
def test_a_text_that_looks_like_an_option_is_read() -> None:
    assert len(_say("--help").samples) > 0


@installed
@pytest.mark.parametrize(
    ("text", "language", "reason"), [("", "pt-BR", "no text"), ("x", "xx", "doesn't speak xx")]
)
def test_what_it_can_not_say_is_refused(text: str, language: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        _say(text, language)


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotReady, match="apt-get install espeak-ng"):
        espeak.make(Options())
