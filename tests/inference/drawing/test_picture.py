"""The picture shows what was judged: frequencies, times, scores and what sounded synthetic."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from inference.decoding.audio import SAMPLE_RATE
from inference.detector import Analysis
from inference.drawing import palette
from inference.drawing.axes import clock
from inference.drawing.captions import Captions
from inference.drawing.layout import CHART, LARGE, SENTENCE, TEXT_SIZE, Box
from inference.drawing.lettering import font
from inference.drawing.picture import draw as draw_picture
from inference.features import FeatureSpec
from inference.pipeline import Judgement, shift
from inference.speech import Measures, measure
from inference.verdict import ANSWERS, Label, Reason, Segment, Verdict, Window

NOBODY = measure(np.zeros(SAMPLE_RATE, np.float32))
SPEC = FeatureSpec()
DAY = date(2026, 11, 30)
assert CHART.spectrogram
assert CHART.timeline
assert LARGE.spectrogram
SPECTROGRAM, TIMELINE, SIZE = CHART.spectrogram, CHART.timeline, CHART.size
HEAD, FOOT = CHART.words

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
    return Judgement(verdict, analysis, speaking(np.ones(round(seconds * 50) + 1, np.bool_)))


def speaking(active: NDArray[np.bool_]) -> Measures:
    """Somebody speaks in these frames of 20 ms."""
    return replace(NOBODY, active=active)


def mixed(judged: Judgement, stretches: list[tuple[float, float]]) -> Judgement:
    """The same note, of which these stretches, in s, are synthetic."""
    segments = tuple(Segment(start, end, Label.SYNTHETIC, 0.9) for start, end in stretches)
    first = Segment(0, stretches[0][0], Label.HUMAN, 0.1)
    return replace(judged, verdict=replace(judged.verdict, segments=(first, *segments)))


def captions(headline: str = "It is so", no_proof: str = "No proof") -> Captions:
    return Captions(
        headlines=dict.fromkeys(ANSWERS, headline),
        reasons={reason.value: f"A reason: {reason}." for reason in Reason},
        advice={reason.value: f"An advice: {reason}." for reason in Reason},
        chance="Chance: {percent}%",
        person="person",
        unsure="unsure",
        machine="machine",
        marks="outlined",
        no_proof=no_proof,
    )


def draw(judgement: Judgement, words: Captions | None = None, **options: Any) -> bytes:
    return draw_picture(judgement, words or captions(), DAY, **options)


def pixels(drawn: bytes, box: Box | None = None) -> Pixels:
    image = Image.open(io.BytesIO(drawn))
    return np.asarray(image.crop(box) if box else image, np.int32)


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


@pytest.mark.parametrize("large", [False, True])
def test_both_sizes_are_as_wide_and_only_the_large_one_has_frequencies(large: bool) -> None:
    places = LARGE if large else CHART
    drawn = draw(judgement(10, (0.1,)), large=large)
    assert Image.open(io.BytesIO(drawn)).size == places.size
    assert places.spectrogram
    left, top, _, bottom = places.spectrogram
    beside = pixels(drawn, (0, top, left, bottom))
    assert (beside.max() > 100) == large


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.UNSURE])
def test_what_was_not_judged_is_a_sentence_in_place_of_a_chart(reason: Reason, large: bool) -> None:
    silent = judgement(5, (0.95,), (reason,))
    silent.analysis.spectrogram[:] = SPEC.floor
    words = captions()
    image = pixels(drawn := draw(silent, words, large=large))
    assert image.shape[:2] == SENTENCE.size[::-1]
    for colour in (palette.MACHINE, palette.PERSON):
        assert like(image, colour).mean() < 0.001  # neither bar nor line
    words.reasons[reason] = "Something else altogether."
    assert np.abs(image - pixels(draw(silent, words, large=large)))[168:312].max() > 100
    assert len(drawn) < 200_000


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


def test_pauses_are_not_marked() -> None:
    spoken = np.ones(500, np.bool_)  # frames of 20 ms
    spoken[350:] = False  # from 7 s on; the saliency goes on until 8.75 s
    whole = judgement(10, (0.8, 0.9))
    marked = like(
        pixels(draw(replace(whole, measures=speaking(spoken))), SPECTROGRAM), palette.MACHINE
    )
    columns = np.nonzero(marked)[1]
    assert len(columns) > 100
    assert columns.max() / marked.shape[1] * 10 == pytest.approx(7.1, abs=0.3)
    nowhere = replace(whole, measures=NOBODY)
    assert not like(pixels(draw(nowhere), SPECTROGRAM), palette.MACHINE).any()


def test_stretches_stand_in_brackets_with_their_times_on_the_axis() -> None:
    whole = judgement(60, (0.1, 0.9, 0.1))
    axis = (0, TIMELINE[3] + 1, SIZE[0], FOOT[1])
    assert not like(pixels(draw(whole), axis), palette.MACHINE).any()
    marked = like(pixels(draw(mixed(whole, [(16, 33), (45, 59.5)])), axis), palette.MACHINE)
    columns = np.flatnonzero(marked[:8].any(axis=0))
    width = TIMELINE[2] - TIMELINE[0]
    gap = np.flatnonzero(np.diff(columns) > 5)
    ends = [columns[0], columns[gap[0]], columns[gap[0] + 1], columns[-1]]
    times = [(end - TIMELINE[0]) / width * 60 for end in ends]
    assert len(gap) == 1
    assert times == pytest.approx([16, 33, 45, 59.5], abs=0.3)
    below = np.flatnonzero(marked[12:].any(axis=0))
    named = font().getlength("0:16–0:33")
    first = below[below < (ends[1] + ends[2]) / 2]
    assert np.ptp(first) == pytest.approx(named, abs=8)
    assert first.mean() == pytest.approx((ends[0] + ends[1]) / 2, abs=12)


def test_many_short_stretches_keep_their_times_apart_and_in_the_picture() -> None:
    stretches = [(number, number + 0.5) for number in range(60)]
    axis = (0, TIMELINE[3] + 12, SIZE[0], FOOT[1])
    image = pixels(draw(mixed(judgement(60, (0.1,)), [*stretches, (58, 90)])), axis)
    columns = np.flatnonzero(like(image, palette.MACHINE).any(axis=0))
    assert columns.min() >= 16
    assert columns.max() < SIZE[0] - 16
    assert (np.diff(columns) > 12).sum() >= 3


def test_nothing_touches_the_edges() -> None:
    whole = judgement(10, (0.95,))
    wide = captions("W" * 300, "W" * 300)
    for drawn in (draw(whole, wide), draw(mixed(whole, [(0, 0.1), (9, 10)]), wide, large=True)):
        image = pixels(drawn) - np.array(palette.BACKGROUND)
        for edge in (image[:8], image[-8:], image[:, :16], image[:, -16:]):
            assert np.abs(edge).max() < 30


def test_the_smallest_text_is_readable_in_a_chat() -> None:
    assert TEXT_SIZE * 360 / SIZE[0] >= 11  # px on a phone that shows it 360 px wide


def test_a_part_looks_like_a_whole_with_another_time_below_it() -> None:
    whole = judgement(4, (0.1, 0.95, 0.2))
    part = replace(whole, verdict=shift(whole.verdict, 75.0), start=75.0)
    image, moved = pixels(draw(whole, large=True)), pixels(draw(part, large=True))
    assert LARGE.timeline
    axis = LARGE.timeline[3] + 4
    assert np.abs(image[:axis] - moved[:axis]).max() < 40  # JPEG: letters are near
    assert np.abs(image[axis:] - moved[axis:]).max() > 100


def test_the_marks_of_a_part_stand_at_round_times() -> None:
    assert [clock(time, step) for time, step in ((75, 1), (75.5, 0.5), (119.95, 0.05))] == [
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
