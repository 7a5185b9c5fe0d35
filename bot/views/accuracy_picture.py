"""What was measured of a model becomes a picture: a bar of what was said for each kind of note."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import inference
from bot.texts import Texts
from bot.views.accuracy import FEWEST, hundred, measured_sections
from inference.accuracy import Accuracy, Said
from inference.drawing import palette

FONTS = Path(inference.__file__).parent / "fonts"
WIDTH, MARGIN = 1080, 28  # px; fills the width of a phone in a chat
BAR = (280, 44)  # px; four digits fit between it and the next one
COLUMNS = (360, 712)  # px; left ends of the bars of people and of machines
ROW, SECTION, HEAD, FOOT = 58, 70, 144, 64  # px; heights

Colour = palette.Colour


def draw(found: Accuracy, texts: Texts) -> bytes:
    """A PNG of all groups that hold enough recordings."""
    sections = measured_sections(found)
    height = HEAD + sum(SECTION + ROW * len(rows) for rows in sections.values()) + FOOT
    picture = Image.new("RGB", (WIDTH, height), palette.BACKGROUND)
    canvas = ImageDraw.Draw(picture)
    _head(canvas, texts)
    y = HEAD
    for section, rows in sections.items():
        label = texts.say("accuracy", f"section_{section}")
        canvas.text((MARGIN, y + 50), label, palette.TEXT, _font("SemiBold", 34), anchor="ls")
        y += SECTION
        for name in rows:
            label = texts.say("accuracy", f"row_{name}")
            middle = y + ROW // 2
            _text(canvas, (MARGIN, middle), label, palette.FAINT, COLUMNS[0] - 2 * MARGIN)
            group = found.groups[name]
            _bar(canvas, (COLUMNS[0], middle), group.people, (0, 1, 2))
            _bar(canvas, (COLUMNS[1], middle), group.machines, (2, 1, 0))
            y += ROW
    foot = texts.say("accuracy", "picture_counts")
    canvas.text((MARGIN, height - 26), foot, palette.FAINT, _font("Regular", 28), anchor="ls")
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _head(canvas: ImageDraw.ImageDraw, texts: Texts) -> None:
    """What the colours mean, and whose bars stand in which column."""
    x = MARGIN
    for name, colour in zip(("person", "unsure", "machine"), _COLOURS, strict=True):
        word, font = texts.say("accuracy", f"picture_{name}"), _font("Regular", 31)
        canvas.rounded_rectangle((x, 32, x + 28, 60), 6, colour)
        canvas.text((x + 40, 46), word, palette.TEXT, font, anchor="lm")
        x += 40 + round(font.getlength(word)) + 44
    for name, left in zip(("people", "machines"), COLUMNS, strict=True):
        word = texts.say("accuracy", f"picture_{name}")
        canvas.text((left, 122), word, palette.TEXT, _font("SemiBold", 30), anchor="lm")


_COLOURS = (palette.PERSON, palette.UNSURE, palette.MACHINE)  # of what was said


def _bar(
    canvas: ImageDraw.ImageDraw, place: tuple[int, int], said: Said, order: tuple[int, int, int]
) -> None:
    """One bar from the left, `order` being the colours of right, unsure and wrong."""
    if said.clips < FEWEST:
        return
    x, middle = place
    width, height = BAR
    left, top = float(x), middle - height // 2
    shares = hundred(said)
    for index in sorted(range(3), key=lambda i: order[i]):
        right = left + shares[index] * width / 100
        if shares[index]:
            canvas.rectangle(
                (round(left), top, round(right) - 1, top + height), _COLOURS[order[index]]
            )
            number, room = str(shares[index]), right - left
            font = _font("SemiBold", 28 if room > 40 else 16)
            if font.getlength(number) <= room:
                spot = ((left + right) / 2, middle)
                canvas.text(spot, number, palette.BACKGROUND, font, anchor="mm")
        left = right
    spot = (x + width + 8, middle)
    canvas.text(spot, str(said.clips), palette.FAINT, _font("Regular", 22), anchor="lm")


def _text(
    canvas: ImageDraw.ImageDraw, place: tuple[int, int], text: str, colour: Colour, width: int
) -> None:
    """A text as large as fits."""
    size = 32
    while _font("Regular", size).getlength(text) > width and size > 14:
        size -= 1
    canvas.text(place, text, colour, _font("Regular", size), anchor="lm")


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Inter-{weight}.ttf", size)
