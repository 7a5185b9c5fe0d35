"""The words of a picture in each language: all are there, and none is cut."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from bot.captions import captions_of
from bot.texts import LANGUAGES, texts_for
from inference.drawing import layout
from inference.drawing.captions import PERCENT
from inference.drawing.layout import CHART, SENTENCE
from inference.drawing.lettering import fit
from inference.drawing.words import rewrite
from inference.verdict import ANSWERS, Label, Reason, Segment, Verdict
from tests.bot.stand_ins import verdict

SMALL = (layout.TEXT_SIZE, layout.TEXT_SIZE)
JUDGED = [verdict(0.95), verdict(0.05), verdict(0.5, (Reason.UNSURE,))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(language: str) -> None:
    captions = captions_of(texts_for(language, "en"))
    assert PERCENT in captions.chance
    third, half = 1000 // 3 - 40, 1000 // 2 - 40
    for word, width in (
        *((zone, third) for zone in (captions.person, captions.unsure, captions.machine)),
        *((note, half) for note in (captions.marks, captions.no_proof)),
        (captions.chance.replace(PERCENT, "99"), 1000),
    ):
        _, [line] = fit(word, (0, 0, width, 46), SMALL)
        assert line == word
    for answer in ANSWERS:
        _, lines = fit(
            captions.headlines[answer], layout.HEADLINE, layout.HEADLINE_SIZES, "SemiBold"
        )
        assert "…" not in "".join(lines)
    for box, said in ((layout.REASON, captions.reasons), (layout.ADVICE, captions.advice)):
        for reason in Reason:
            assert "…" not in "".join(fit(said[reason], box, layout.SENTENCE_SIZES)[1])
    several = " ".join(captions.reasons[reason] for reason in list(Reason)[3:7])
    assert "…" not in "".join(fit(several, layout.REASON, layout.SENTENCE_SIZES)[1])


@pytest.mark.parametrize("found", [*JUDGED, verdict(0.9, (Reason.NOISY, Reason.CLIPPED))])
def test_each_language_is_written_over_the_others_and_leaves_the_rest(found: Verdict) -> None:
    places = layout.layout_of(found)
    file = io.BytesIO()
    Image.effect_noise(places.size, 60).convert("RGB").save(file, "JPEG", quality=95, subsampling=0)
    drawn = {
        language: rewrite(file.getvalue(), found, captions_of(texts_for(language, "en")))
        for language in LANGUAGES
    }
    images = {name: np.asarray(Image.open(io.BytesIO(of)), np.int32) for name, of in drawn.items()}
    one, two, three = images.values()
    for box in places.words:
        left, top, right, bottom = box
        for a, b in ((one, two), (two, three), (one, three)):
            assert np.abs(a - b)[top:bottom, left:right].max() > 100
    kept = np.ones(places.size[::-1], np.bool_)
    for left, top, right, bottom in places.words:
        kept[top:bottom, left:right] = False
    assert (one[kept] == two[kept]).all()
    assert (one[kept] == three[kept]).all()
    spanish = captions_of(texts_for("es", "en"))
    again = rewrite(drawn["en"], found, spanish)  # over words, not over noise
    over = np.asarray(Image.open(io.BytesIO(again)), np.int32)
    assert np.abs(over - images["es"])[~kept].max() < 40


def test_a_picture_of_another_shape_is_refused_and_one_of_another_size_is_taken() -> None:
    captions, found = captions_of(texts_for("en", "en")), verdict(0.9)

    def of(width: int, height: int) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", (width, height)).save(file, "JPEG")
        return file.getvalue()

    with Image.open(io.BytesIO(rewrite(of(540, 560), found, captions))) as rewritten:
        assert rewritten.size == CHART.size
    for wrong in (of(1080, 880), of(*SENTENCE.size), b"no picture"):
        with pytest.raises(ValueError, match=r"picture of ours|are expected"):
            rewrite(wrong, found, captions)


def test_the_marker_stands_at_the_score_between_the_thresholds_of_the_bar() -> None:
    file = io.BytesIO()
    Image.new("RGB", CHART.size).save(file, "JPEG")
    for found in JUDGED:
        captions = captions_of(texts_for("en", "en"))
        image = Image.open(io.BytesIO(rewrite(file.getvalue(), found, captions)))
        left, top, right, bottom = layout.BAR
        row = np.asarray(image, np.int32)[(top + bottom) // 2, left:right]
        white = np.flatnonzero(row.min(axis=1) > 200)
        assert white.mean() / len(row) == pytest.approx(found.score, abs=0.004)
        dark = np.flatnonzero(row.max(axis=1) < 60)
        low, high = found.thresholds
        seams = [place for place in dark if abs(place - white.mean()) > 20]
        assert min(seams) / len(row) == pytest.approx(low, abs=0.005)
        assert max(seams) / len(row) == pytest.approx(high, abs=0.005)


def test_a_mixed_note_has_no_number_for_the_whole() -> None:
    part = Segment(0.0, 4.0, Label.HUMAN, 0.1), Segment(4.0, 8.0, Label.SYNTHETIC, 0.9)
    file = io.BytesIO()
    Image.new("RGB", CHART.size).save(file, "JPEG")
    for found, there in ((verdict(0.5), True), (replace(verdict(0.5), segments=part), False)):
        captions = captions_of(texts_for("en", "en"))
        image = np.asarray(Image.open(io.BytesIO(rewrite(file.getvalue(), found, captions))))
        _, top, _, bottom = layout.CHANCE
        assert (image[top:bottom].min(axis=-1) > 180).any() == there
