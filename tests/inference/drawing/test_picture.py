"""The picture shows what was judged: frequencies, times, scores and what sounded synthetic."""

import io
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from inference.decoding.audio import SAMPLE_RATE
from inference.detector import Analysis
from inference.drawing import palette
from inference.drawing.picture import SIZE, SPECTROGRAM, TIMELINE, _clock, _font, draw
from inference.features import FeatureSpec
from inference.pipeline import Judgement, shift
from inference.speech import measure
from inference.verdict import Reason, Verdict, Window

NOBODY = measure(np.zeros(SAMPLE_RATE, np.float32))
SPEC = FeatureSpec()

Pixels = NDArray[np.int32]


def judgement(
    seconds: float, scores: tuple[float, ...] = (), reasons: tuple[Reason, ...] = ()
) -> Judgement:
    """A tone at 1 kHz from the first half on, whose right half is suspicious."""
    n_columns = round(seconds * SPEC.columns_per_second)
    decibels = np.full((SPEC.n_bins, n_columns), SPEC.floor, np.float32)
    tone = int(np.argmin(np.abs(SPEC.frequencies - 1000)))
    decibels[tone - 1 : tone + 2, n_columns // 2 :] = 0
    saliency = np.zeros_like(decibels)
    saliency[tone - 20 : tone + 20, n_columns * 5 // 8 : n_columns * 7 // 8] = 1
    length = seconds / max(len(scores), 1)
    windows = tuple(
        Window(number * length, (number + 1) * length, score) for number, score in enumerate(scores)
    )
    score = float(np.mean(scores)) if scores else 0.5
    verdict = Verdict(score, (0.3, 0.7), reasons, seconds, windows, "ouvido-0.1.0")
    branches = np.zeros((len(scores), 2), np.float32)
    analysis = Analysis(SPEC, decibels, saliency, windows, (1.0,) * len(scores), branches)
    return Judgement(verdict, analysis, NOBODY)


def pixels(drawn: bytes, box: tuple[int, int, int, int] = (0, 0, *SIZE)) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(drawn)).crop(box), np.int32)


def like(image: Pixels, colour: palette.Colour) -> NDArray[np.bool_]:
    """Where the image has about this colour; JPEG is never exact."""
    return np.asarray(np.abs(image - np.array(colour)).max(axis=-1) < 40)


@pytest.mark.parametrize("seconds", [0, 0.016, 0.2, 1.3, 10, 300])
def test_every_length_gives_a_picture(seconds: float) -> None:
    drawn = draw(judgement(seconds, (0.9,)))
    image = Image.open(io.BytesIO(drawn))
    assert (image.format, image.size, image.mode) == ("JPEG", SIZE, "RGB")
    assert len(drawn) < 500_000


def test_a_sound_stands_at_its_time_and_frequency() -> None:
    image = pixels(draw(judgement(10, (0.1,))), SPECTROGRAM).sum(axis=-1)
    rows, columns = np.nonzero(image > 500)
    height, width = image.shape
    octaves = np.log2(1000 / SPEC.fmin) * SPEC.bins_per_octave + 0.5
    assert np.median(rows) == pytest.approx(height * (1 - octaves / SPEC.n_bins), abs=4)
    assert columns.min() == pytest.approx(width / 2, abs=6)
    assert columns.max() == pytest.approx(width, abs=6)


def test_silence_is_dark() -> None:
    silent = judgement(5, (), (Reason.NO_SPEECH,))
    silent.analysis.spectrogram[:] = SPEC.floor
    assert np.median(pixels(draw(silent), SPECTROGRAM)) < 20


def test_what_sounded_synthetic_is_outlined_in_a_synthetic_verdict() -> None:
    marked = like(pixels(draw(judgement(10, (0.8, 0.9))), SPECTROGRAM), palette.MACHINE)
    rows, columns = np.nonzero(marked)
    height, width = marked.shape
    assert len(rows) > 500
    assert columns.min() == pytest.approx(width * 5 / 8, abs=25)
    assert columns.max() == pytest.approx(width * 7 / 8, abs=25)
    tone = height * (1 - np.log2(1000 / SPEC.fmin) * SPEC.bins_per_octave / SPEC.n_bins)
    assert rows.min() == pytest.approx(tone - height * 20 / SPEC.n_bins, abs=25)
    assert rows.max() == pytest.approx(tone + height * 20 / SPEC.n_bins, abs=25)


@pytest.mark.parametrize(
    ("scores", "reasons"),
    [
        ((0.1, 0.2), ()),  # human
        ((0.5, 0.6), (Reason.UNSURE,)),
        ((0.9, 0.9), (Reason.NOISY,)),  # refused, whatever the score
        ((0.99, 0.5), ()),  # synthetic, but not where the saliency is
    ],
)
def test_nothing_else_is_outlined(scores: tuple[float, ...], reasons: tuple[Reason, ...]) -> None:
    image = pixels(draw(judgement(10, scores, reasons)), SPECTROGRAM)
    assert not like(image, palette.MACHINE).any()


@pytest.mark.parametrize(
    ("score", "colour"), [(0.1, palette.PERSON), (0.5, palette.UNSURE), (0.9, palette.MACHINE)]
)
def test_the_line_runs_at_the_height_of_the_score(score: float, colour: palette.Colour) -> None:
    reasons = (Reason.UNSURE,) if score == 0.5 else ()
    image = pixels(draw(judgement(10, (score,), reasons)), TIMELINE)
    rows = np.nonzero(like(image, colour).mean(axis=1) > 0.9)[0]
    assert rows.mean() == pytest.approx(len(image) * (1 - score), abs=3)


def test_a_refused_note_has_no_line() -> None:
    image = pixels(draw(judgement(10, (0.95,), (Reason.TOO_SHORT,))), TIMELINE)
    for colour in (palette.MACHINE, palette.UNSURE, palette.PERSON):
        assert not like(image, colour).any()
    line = pixels(draw(judgement(10, (0.95,), ())), TIMELINE)
    assert like(line, palette.MACHINE).any()


def test_there_is_no_line_where_nothing_was_scored() -> None:
    scored = judgement(10, (0.9,))
    half = Window(0, 5, 0.9)
    verdict = Verdict(0.9, (0.3, 0.7), (), 5, (half,), "ouvido-0.1.0")
    image = pixels(draw(Judgement(verdict, scored.analysis, NOBODY)), TIMELINE)
    columns = np.nonzero(like(image, palette.MACHINE).any(axis=0))[0]
    assert columns.max() == pytest.approx(image.shape[1] / 2, abs=6)


def test_a_machine_stands_at_the_top_of_the_scores_and_a_person_at_the_bottom() -> None:
    beside = pixels(draw(judgement(10, (0.5,))), (0, TIMELINE[1], TIMELINE[0], TIMELINE[3]))
    machine = np.nonzero(like(beside, palette.MACHINE).any(axis=1))[0]
    person = np.nonzero(like(beside, palette.PERSON).any(axis=1))[0]
    assert machine.max() < len(beside) / 3
    assert person.min() > 2 * len(beside) / 3


def test_the_font_has_the_letters_of_our_languages() -> None:
    font = _font("SemiBold")
    missing = bytes(font.getmask("\uffff"))
    for letter in "áàâãçéêíñóôõúü¿¡ÁÀÂÃÇÉÊÍÑÓÔÕÚÜ·–—…":
        assert bytes(font.getmask(letter)) != missing, letter


def test_a_part_looks_like_a_whole_with_another_time_below_it() -> None:
    whole = judgement(4, (0.1, 0.95, 0.2))
    part = replace(whole, verdict=shift(whole.verdict, 75.0), start=75.0)
    image, moved = pixels(draw(whole)), pixels(draw(part))
    axis = TIMELINE[3] + 4
    assert np.abs(image[:axis] - moved[:axis]).max() < 40  # JPEG: letters are near
    assert np.abs(image[axis:] - moved[axis:]).max() > 100


def test_the_marks_of_a_part_stand_at_round_times() -> None:
    assert [_clock(time, step) for time, step in ((75, 1), (75.5, 0.5), (119.95, 0.05))] == [
        "1:15",
        "1:15.5",
        "1:59.95",
    ]
    part = replace(judgement(3, (0.1,)), start=0.3)  # marks at 0.5 s, 1 s, …
    brightness = pixels(draw(part), TIMELINE)[:20].sum(axis=-1).mean(axis=0)
    marks = np.flatnonzero(brightness > np.median(brightness) + 20)
    width = TIMELINE[2] - TIMELINE[0]
    seconds = (round(3 * SPEC.columns_per_second) - 1) / SPEC.columns_per_second
    assert 0.3 + marks[0] / width * seconds == pytest.approx(0.5, abs=0.02)
    assert 0.3 + marks[-1] / width * seconds == pytest.approx(3.0, abs=0.02)
