"""Text that stays in its box: letters that the font has, as large as fits, broken into lines."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from inference.drawing.layout import TEXT_SIZE, Box, size
from inference.drawing.palette import Colour

FONTS = Path(__file__).parents[1] / "fonts"
STEP = 4  # px between two sizes that are tried
NARROWER = 40  # px between two widths that are tried to make lines equally long
LEADING = 1.2  # height of a line, in sizes of the font
CUT = "…"
SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # of variations


@cache
def font(weight: str = "Regular", size: int = TEXT_SIZE) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Inter-{weight}.ttf", size)


def legible(text: str) -> str:
    """The text without emoji; a letter that the font lacks is written without its accents."""
    letters = unicodedata.normalize("NFC", text)
    return " ".join("".join(map(_legible, letters)).split())


@cache
def _legible(letter: str) -> str:
    if unicodedata.category(letter) == "Cf" or letter in SELECTORS:
        return ""  # joins or chooses emoji
    if letter.isspace() or _has(letter):
        return letter
    return "".join(filter(_has, unicodedata.normalize("NFKD", letter)))


def _has(letter: str) -> bool:
    shape = font("SemiBold")
    missing = shape.getmask("\uffff")
    mask = shape.getmask(letter)
    return (mask.size, bytes(mask)) != (missing.size, bytes(missing))


@lru_cache(256)  # of all languages: measuring a text costs more than drawing it
def fit(
    text: str, box: Box, sizes: tuple[int, int], weight: str = "Regular"
) -> tuple[ImageFont.FreeTypeFont, tuple[str, ...]]:
    """The font and the lines in which a text fits into a box; what does not fit at all is cut.

    `sizes` are the largest and the smallest, px.
    """
    width, height = size(box)
    largest, smallest = sizes
    words = legible(text).split()
    for each in range(largest, smallest - 1, -STEP):
        shape, most = font(weight, each), int(height / (each * LEADING))
        lines = _broken(words, shape, width)
        if len(lines) <= most and all(shape.getlength(line) <= width for line in lines):
            return shape, tuple(_balanced(words, shape, width, lines))
    kept = lines[: max(most, 1)]
    last = len(kept) - 1
    cut = [_cut(kept[i], shape, width, i == last and kept != lines) for i in range(len(kept))]
    return shape, tuple(cut)


def _balanced(
    words: list[str], shape: ImageFont.FreeTypeFont, width: int, lines: list[str]
) -> list[str]:
    """As many lines, but about equally long: no word stands alone in the last one."""
    if len(lines) < 2:
        return lines
    for narrower in range(width - NARROWER, width // 2, -NARROWER):
        tried = _broken(words, shape, narrower)
        if len(tried) > len(lines) or any(shape.getlength(each) > narrower for each in tried):
            break
        lines = tried
    return lines


def _broken(words: list[str], shape: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and shape.getlength(longer := f"{lines[-1]} {word}") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, shape: ImageFont.FreeTypeFont, width: int, more: bool) -> str:
    """A line no longer than `width`; `more`: something follows that is not shown."""
    if not more and shape.getlength(line) <= width:
        return line
    while line and shape.getlength(line + CUT) > width:
        line = line[:-1]
    return line.rstrip() + CUT


def write(
    picture: Image.Image,
    text: str,
    box: Box,
    colour: Colour,
    sizes: tuple[int, int] = (TEXT_SIZE, TEXT_SIZE),
    weight: str = "Regular",
    align: str = "l",
) -> None:
    """Draw a text into a box, its lines in the middle of the height; `align`: l, m or r."""
    shape, lines = fit(text, box, sizes, weight)
    left, top, right, bottom = box
    x = {"l": left, "m": (left + right) / 2, "r": right}[align]
    step = shape.size * LEADING
    y = (top + bottom - step * (len(lines) - 1)) / 2
    canvas = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        canvas.text((x, y + number * step), line, colour, shape, anchor=f"{align}m")
