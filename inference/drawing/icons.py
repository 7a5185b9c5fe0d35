"""Small shapes that are understood in every language: a person and a machine."""

from PIL import Image, ImageDraw

SIZE = 44  # px; of those beside the scores
FINE = 4  # drawn so many times larger: Pillow's shapes have steps at their edges


def person(size: int = SIZE) -> Image.Image:
    """A mask: head and shoulders."""
    mask, canvas = _empty()
    canvas.ellipse(_box(13, 3, 31, 21), 255)
    canvas.pieslice(_box(5, 25, 39, 63), 180, 360, 255)
    return _finished(mask, size)


def machine(size: int = SIZE) -> Image.Image:
    """A mask: a robot's head with an antenna."""
    mask, canvas = _empty()
    canvas.ellipse(_box(18, 1, 26, 9), 255)
    canvas.rectangle(_box(20, 7, 24, 15), 255)
    canvas.rounded_rectangle(_box(6, 14, 38, 41), 6 * FINE, 255)
    for left in (2, 40):
        canvas.rectangle(_box(left, 22, left + 2, 33), 255)
    for left in (13, 25):
        canvas.ellipse(_box(left, 21, left + 6, 27), 0)
    canvas.rectangle(_box(14, 32, 30, 35), 0)
    return _finished(mask, size)


def _empty() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    mask = Image.new("L", (SIZE * FINE, SIZE * FINE))
    return mask, ImageDraw.Draw(mask)


def _box(*corners: int) -> tuple[int, ...]:
    return tuple(FINE * each for each in corners)


def _finished(mask: Image.Image, size: int) -> Image.Image:
    return mask.resize((size, size), Image.Resampling.LANCZOS)
