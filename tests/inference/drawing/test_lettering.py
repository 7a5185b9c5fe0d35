"""Text stays in its box, and no letter becomes an empty rectangle."""

import numpy as np
import pytest
from PIL import Image

from inference.drawing import palette
from inference.drawing.layout import HEADLINE, HEADLINE_SIZES, size
from inference.drawing.lettering import LEADING, fit, font, legible, write


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("🤖 Parece voz feita por máquina", "Parece voz feita por máquina"),
        ("🧑\u200d💻️ a 👩🏽\u200d🦰 b\ufe0f", "a b"),
        ("naça\u0303o", "nação"),  # an accent of its own
        ("Ł ě", "e"),  # a letter may lose its accent; what cannot be written goes
        ("日本語", ""),
        ("a\n\tb", "a b"),
    ],
)
def test_letters_that_the_font_lacks_are_no_rectangles(said: str, written: str) -> None:
    assert legible(said) == written


def test_the_font_has_the_letters_of_our_languages() -> None:
    letters = "áàâãçéêíñóôõúü¿¡ÁÀÂÃÇÉÊÍÑÓÔÕÚÜ·–—…'’%"
    assert legible(letters) == letters


@pytest.mark.parametrize(
    "text",
    [
        "Short",
        "Two lines are needed for a headline of this length",
        "many words " * 60,
        "W" * 200,
        "",
    ],
)
def test_a_text_stays_in_its_box(text: str) -> None:
    shape, lines = fit(text, HEADLINE, HEADLINE_SIZES, "SemiBold")
    width, height = size(HEADLINE)
    assert all(shape.getlength(line) <= width for line in lines)
    assert len(lines) * shape.size * LEADING <= height
    assert HEADLINE_SIZES[1] <= shape.size <= HEADLINE_SIZES[0]
    picture = Image.new("RGB", (1080, 300))
    write(picture, text, HEADLINE, palette.TEXT, HEADLINE_SIZES, "SemiBold")
    drawn = picture.getbbox()
    left, top, right, bottom = HEADLINE
    if text:
        assert drawn is not None
        assert drawn[0] >= left - 2
        assert drawn[1] >= top
        assert drawn[2] <= right + 2
        assert drawn[3] <= bottom


def test_what_is_cut_says_so() -> None:
    _, lines = fit("many words " * 60, HEADLINE, HEADLINE_SIZES)
    assert lines[-1].endswith("…")
    assert not any("…" in line for line in lines[:-1])
    _, [word] = fit("W" * 200, (0, 0, 400, 40), (34, 34))
    assert word.endswith("W…")


def test_lines_are_about_equally_long() -> None:
    shape, lines = fit("This sounds like a voice made by a machine", HEADLINE, HEADLINE_SIZES)
    assert len(lines) == 2
    assert shape.getlength(lines[1]) > 0.6 * shape.getlength(lines[0])


@pytest.mark.parametrize("align", ["l", "m", "r"])
def test_a_text_stands_where_it_is_aligned(align: str) -> None:
    picture, box = Image.new("RGB", (400, 100)), (50, 10, 350, 90)
    write(picture, "HH", box, palette.TEXT, align=align)
    columns = np.flatnonzero(np.asarray(picture).any(axis=(0, 2)))
    length = font().getlength("HH")
    middle = {"l": 50 + length / 2, "m": 200, "r": 350 - length / 2}[align]
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(middle, abs=3)
