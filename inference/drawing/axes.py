"""What stands beside the charts: times, marked stretches, frequencies, and whose scores are where.

Nothing here depends on a language.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from inference.drawing import icons, palette
from inference.drawing.layout import MARGIN, WIDTH, Box
from inference.drawing.lettering import font

FREQUENCIES = (100, 200, 500, 1000, 2000, 4000, 7000)  # Hz
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)  # s
MARKS = 7  # at most, along the time axis
GAP = 14  # px between a chart and what stands beside it
APART = 18  # px between two times at least
EDGE = MARGIN // 2  # px; nothing comes nearer to the picture's edge
BRACKET = (8, 3)  # px; height of its ends, and how thick its lines are

Stretch = tuple[float, float]  # s from the beginning of the recording


def times(
    picture: Image.Image,
    charts: tuple[Box, Box],
    start: float,
    seconds: float,
    stretches: Sequence[Stretch],
) -> None:
    """Marks and the time of the recording, also where the picture shows a part of it.

    Below each stretch stands a bracket with its times. Where there is no room for all, the longer
    stretch is named, and any of them rather than a mark.
    """
    canvas = ImageDraw.Draw(picture, "RGBA")
    left, _, right, bottom = charts[1]
    step = next((step for step in STEPS if seconds / step <= MARKS), STEPS[-1])
    taken: list[tuple[float, float]] = []

    def x_of(time: float) -> float:
        return left + (time - start) / seconds * (right - 1 - left)

    shown = [(max(a, start), min(b, start + seconds)) for a, b in stretches]
    shown = [(a, b) for a, b in shown if a < b]
    for a, b in sorted(shown, key=lambda each: each[0] - each[1]):
        _bracket(canvas, x_of(a), x_of(b), bottom)
        x = (x_of(a) + x_of(b)) / 2
        _label(canvas, f"{clock(a)}–{clock(b)}", (x, bottom + GAP + 2), palette.MACHINE, taken)
    for mark in range(math.ceil(start / step - 1e-6), int((start + seconds) / step + 1e-6) + 1):
        x = x_of(mark * step)
        for box in charts:
            canvas.line((x, box[1], x, box[3] - 1), fill=(255, 255, 255, 26), width=1)
        _label(canvas, clock(mark * step, step), (x, bottom + GAP + 2), palette.FAINT, taken)


def clock(time: float, step: float = 1) -> str:
    """Minutes and seconds, with as many digits as the step has."""
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    time = round(time, digits) if digits else math.floor(time + 1e-6)
    width = 2 if digits == 0 else 3 + digits
    return f"{time // 60:.0f}:{time % 60:0{width}.{digits}f}"


def frequencies(picture: Image.Image, box: Box, of_bins: NDArray[np.float64]) -> None:
    """Lines across the spectrogram, and their frequencies on its left."""
    canvas = ImageDraw.Draw(picture, "RGBA")
    left, top, right, bottom = box
    for frequency in FREQUENCIES:
        if not of_bins[0] <= frequency <= of_bins[-1]:
            continue
        bin_number = np.interp(np.log(frequency), np.log(of_bins), np.arange(len(of_bins)))
        y = float(bottom - (bin_number + 0.5) / len(of_bins) * (bottom - top))
        canvas.line((left, y, right - 1, y), fill=(255, 255, 255, 34), width=1)
        label = f"{frequency} Hz" if frequency < 1000 else f"{frequency // 1000} kHz"
        y = max(y, top + font().size / 2)  # the highest lies near the bar above
        canvas.text((left - GAP, y), label, palette.FAINT, font(), anchor="rm")


def scores(picture: Image.Image, box: Box, thresholds: tuple[float, float]) -> None:
    """A machine at the top, a person at the bottom, a question mark where nothing can be said."""
    left, top, _, bottom = box
    x = left - GAP - icons.SIZE
    picture.paste(palette.MACHINE, (x, top), icons.machine())
    picture.paste(palette.PERSON, (x, bottom - icons.SIZE), icons.person())
    unsure = bottom - (bottom - top) * sum(thresholds) / 2
    y = min(max(unsure, top + icons.SIZE + 18), bottom - icons.SIZE - 18)
    middle = x + icons.SIZE / 2
    ImageDraw.Draw(picture).text((middle, y), "?", palette.FAINT, font("SemiBold"), anchor="mm")


def _bracket(canvas: ImageDraw.ImageDraw, start: float, end: float, bottom: int) -> None:
    out, thick = BRACKET
    end = max(end, start + 2 * thick)
    canvas.rectangle((start, bottom + out, end, bottom + out + thick - 1), palette.MACHINE)
    for x in (start, end - thick):
        canvas.rectangle((x, bottom, x + thick, bottom + out), palette.MACHINE)


def _label(
    canvas: ImageDraw.ImageDraw,
    text: str,
    place: tuple[float, float],
    colour: palette.Colour,
    taken: list[tuple[float, float]],
) -> None:
    """A time in the middle of `place`, inside the picture; not where another one stands."""
    x, y = place
    half = font().getlength(text) / 2
    x = min(max(x, EDGE + half), WIDTH - EDGE - half)
    if all(x + half + APART <= left or x - half - APART >= right for left, right in taken):
        canvas.text((x, y), text, colour, font(), anchor="mt")
        taken.append((x - half, x + half))
