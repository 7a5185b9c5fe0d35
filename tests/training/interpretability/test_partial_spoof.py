"""Spliced recordings: where the insert lies, and that a cut is no clue."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dataset.manifest import Clip
from tests import sounds
from training.interpretability.partial_spoof import (
    FADE,
    MOST_INSERT,
    cross_fade,
    plan,
    recording,
    recordings,
)


def clip(file: str, label: str, source: str, language: str = "en", seconds: float = 4.0) -> Clip:
    return Clip(file, label, label, label, language, source=source, seconds=seconds)


CLIPS = [
    *(clip(f"page/{i}.wav", "human", "page", "pt-BR") for i in range(3)),
    *(clip(f"page/s{i}.wav", "synthetic", "page", "pt-BR") for i in range(2)),
    *(clip(f"phone/{i}.wav", "human", "phone", "pt-BR") for i in range(3)),
    *(clip(f"other/s{i}.wav", "synthetic", "other") for i in range(9)),
    clip("short.wav", "synthetic", "page", "pt-BR", seconds=2.9),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    for number, one in enumerate(CLIPS):
        path = folder / one.file
        path.parent.mkdir(exist_ok=True)
        loud = 10 ** (number % 3 - 2)
        sound = sounds.speech(one.seconds + 2.0, pitch=100.0 + 10 * number, seed=number)
        soundfile.write(path, loud * sound, sounds.RATE)
    return folder


def test_each_splice_has_a_control_with_the_same_people_around_another_person() -> None:
    splices = plan(CLIPS, 12)
    assert len(splices) == 24
    for forged, control in zip(splices[::2], splices[1::2], strict=True):
        assert forged.forged
        assert not control.forged
        assert (forged.before, forged.after) == (control.before, control.after)
        assert len({forged.before, forged.after, control.insert}) == 3
        assert forged.before.source == forged.after.source


def test_inserts_are_of_the_same_source_or_else_of_the_same_language() -> None:
    for splice in plan(CLIPS, 12):
        assert splice.insert.language == "pt-BR"
        assert splice.alike or (splice.forged and splice.before.source == "phone")
        assert splice.insert.seconds >= 3.0


def test_sources_take_turns() -> None:
    sources = [splice.before.source for splice in plan(CLIPS, 12)[::2]]
    assert sources.count("page") == sources.count("phone") == 6


def test_nothing_can_be_spliced_without_people_or_without_machines() -> None:
    with pytest.raises(ValueError, match="no source"):
        plan([one for one in CLIPS if one.label == "human"], 3)
    with pytest.raises(ValueError, match="no source"):
        plan([one for one in CLIPS if one.label == "synthetic"], 3)


def test_the_insert_lies_where_it_is_said_to_lie(folder: Path) -> None:
    """With another insert the recording changes there, and is the same before."""
    splice = plan(CLIPS, 1)[0]
    made = recording(splice, folder)
    assert 3.0 <= made.end - made.start <= MOST_INSERT + 1e-6
    assert 2.0 <= made.start < made.end <= len(made.samples) / sounds.RATE - 2.0 + FADE
    other = recording(replace(splice, insert=splice.before), folder)
    before, there = round((made.start - 0.1) * sounds.RATE), round((made.start + 0.1) * sounds.RATE)
    same = np.corrcoef(made.samples[:before], other.samples[:before])[0, 1]
    different = np.corrcoef(
        made.samples[there : there + sounds.RATE], other.samples[there : there + sounds.RATE]
    )[0, 1]
    assert same > 0.9
    assert abs(different) < 0.5


def test_pieces_are_equally_loud(folder: Path) -> None:
    for splice in plan(CLIPS, 2):
        made = recording(splice, folder)
        start, end = (round(t * sounds.RATE) for t in (made.start, made.end))
        parts = made.samples[:start], made.samples[start:end], made.samples[end:]
        levels = [20 * np.log10(np.sqrt(np.mean(part**2))) for part in parts]
        assert max(levels) - min(levels) < 3.0  # dB; the files differ by up to 40


def test_a_splice_without_speech_enough_is_left_out_with_its_control(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = plan(CLIPS, 1)
    broken = replace(second, insert=clip("tiny.wav", "human", "page"))
    soundfile.write(folder / "tiny.wav", sounds.speech(1.0), sounds.RATE)
    assert len(recordings([first, second, first, broken], folder)) == 2
    assert "1 of 2 made" in capsys.readouterr().err
    lost = replace(second, insert=clip("lost.wav", "human", "page"))
    for useless in (broken, lost):
        with pytest.raises(ValueError, match=r"0 of 1 made"):
            recordings([first, useless], folder)


def test_a_cross_fade_keeps_the_power_of_unlike_sounds() -> None:
    one, other = sounds.noise(1.0, seed=1), sounds.noise(1.0, seed=2)
    joined = cross_fade([one, other])
    n = round(FADE * sounds.RATE)
    assert len(joined) == 2 * sounds.RATE - n
    seam = joined[sounds.RATE - n : sounds.RATE]
    assert np.mean(seam**2) == pytest.approx(np.mean(one**2), rel=0.3)
