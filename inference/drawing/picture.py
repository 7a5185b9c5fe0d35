"""A judgement goes in, a JPEG comes out: what the network saw, and when it heard what."""

import io
import math
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from inference.detector import Analysis
from inference.drawing import icons, palette
from inference.pipeline import Judgement, shift
from inference.verdict import Label, Reason, Verdict

SIZE = (1080, 880)  # px; fills the width of a phone in a chat
SPECTROGRAM = (144, 28, 1040, 590)  # px; left, top, right, bottom
TIMELINE = (144, 622, 1040, 812)
TEXT_SIZE = 28  # px; a third of that on a phone

FREQUENCIES = (100, 200, 500, 1000, 2000, 4000, 7000)  # Hz
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)  # s
MARKS = 7  # at most, along the time axis

RANGE = 72.0  # dB from the darkest to the brightest colour
FAINTEST = -48.0  # dB; a recording weaker than this is not brightened up further
MARKED = 0.08  # share of the suspicious stretches that is outlined at most
LEAST_SALIENCY = 0.25  # below this nothing is outlined

Box = tuple[int, int, int, int]


def draw(judgement: Judgement) -> bytes:
    """The picture of a verdict. No words are in it: it is the same in every language."""
    verdict, analysis = shift(judgement.verdict, -judgement.start), judgement.analysis
    seconds = max((analysis.spectrogram.shape[1] - 1) / analysis.columns_per_second, 0.05)
    picture = Image.new("RGB", SIZE, palette.BACKGROUND)
    picture.paste(_spectrogram(analysis.spectrogram), SPECTROGRAM[:2])
    if verdict.label is Label.SYNTHETIC:
        _outline(picture, _suspicious(verdict, analysis))
    picture.paste(_timeline(verdict, seconds), TIMELINE[:2])
    canvas = ImageDraw.Draw(picture, "RGBA")
    _frequency_axis(canvas, analysis.spec.frequencies)
    _time_axis(canvas, judgement.start, seconds)
    _score_axis(picture, canvas, verdict.thresholds)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, subsampling=0)  # 4:2:0 smears the outlines
    return file.getvalue()


def _spectrogram(decibels: NDArray[np.float32]) -> Image.Image:
    width, height = _size(SPECTROGRAM)
    if not decibels.size:
        return Image.new("RGB", (width, height), palette.PANEL)
    brightest = max(float(np.quantile(decibels[:, ::4], 0.998)), FAINTEST)
    levels = np.clip((decibels - (brightest - RANGE)) * (255 / RANGE), 0, 255).astype(np.uint8)
    image = Image.fromarray(levels[::-1]).resize((width, height), Image.Resampling.BICUBIC)
    image.putpalette(palette.magma().tobytes())
    return image.convert("RGB")


def _suspicious(verdict: Verdict, analysis: Analysis) -> NDArray[np.float32]:
    """The saliency of the windows that sounded synthetic, 0 elsewhere and where it is weak."""
    saliency = np.zeros_like(analysis.saliency)
    for window in verdict.windows:
        if window.score >= verdict.thresholds[1]:
            rate = analysis.columns_per_second
            columns = slice(round(window.start * rate), round(window.end * rate))
            saliency[:, columns] = analysis.saliency[:, columns]
    shown = saliency[saliency > 0]
    level = float(np.quantile(shown, 1 - MARKED)) if shown.size else 0.0
    return saliency / max(level, LEAST_SALIENCY)


def _outline(picture: Image.Image, saliency: NDArray[np.float32]) -> None:
    """Draw a line around the cells above 1."""
    width, height = _size(SPECTROGRAM)
    field = Image.fromarray(np.clip(saliency[::-1] * 96, 0, 255).astype(np.uint8))
    # Half as large, enlarged later: that makes the line smooth, and costs a quarter.
    field = field.resize((width // 2, height // 2), Image.Resampling.BILINEAR)
    inside = field.filter(ImageFilter.GaussianBlur(5)).point([0] * 96 + [255] * 160)
    wide = inside.filter(ImageFilter.GaussianBlur(9)).point([0] * 72 + [255] * 184)
    inside = ImageChops.darker(inside, wide)  # specks would become dots
    edge = inside.filter(ImageFilter.GaussianBlur(2))  # 128 on the border, equally steep everywhere
    distance = np.abs(np.arange(256) - 127.5)
    for colour, width_of_line in ((palette.BACKGROUND, 125.0), (palette.MACHINE, 80.0)):
        ink = np.clip((width_of_line - distance) * 8, 0, 255).round().astype(int)
        mask = edge.point(ink.tolist()).resize((width, height), Image.Resampling.BILINEAR)
        picture.paste(colour, SPECTROGRAM, mask)


def _timeline(verdict: Verdict, seconds: float) -> Image.Image:
    """The scores against time, over the band in which nothing can be said."""
    width, height = _size(TIMELINE)
    scores_of_rows = 1 - (np.arange(height, dtype=np.float32) + 0.5) / height
    low, high = verdict.thresholds
    image = Image.new("RGB", (width, height), palette.PANEL)
    band = (0, round((1 - high) * height), width, round((1 - low) * height))
    image.paste(palette.UNSURE_PANEL, band)
    if set(verdict.reasons) - {Reason.UNSURE}:
        return image  # what was not judged has no score; a line would say that it has
    curve = _curve(verdict, seconds, width) * height
    rows = palette.of_scores(scores_of_rows, verdict.thresholds)
    colours = Image.fromarray(rows[:, None]).resize((width, height), Image.Resampling.NEAREST)
    image.paste(colours, mask=_ink(curve, (low * height, high * height), height))
    return image


def _curve(verdict: Verdict, seconds: float, width: int) -> NDArray[np.float32]:
    """The score at each pixel: a line from window to window, NaN where there is none."""
    times = (np.arange(width) + 0.5) * seconds / width
    curve = np.full(width, np.nan, np.float32)
    if verdict.windows:
        middles = [(window.start + window.end) / 2 for window in verdict.windows]
        line = np.interp(times, middles, [window.score for window in verdict.windows])
        for window in verdict.windows:
            inside = (times >= window.start) & (times <= window.end)
            curve[inside] = line[inside]
    return curve


def _ink(heights: NDArray[np.float32], band: tuple[float, float], height: int) -> Image.Image:
    """How much colour lies on each pixel: a smooth line, and a veil between it and the band."""
    from_floor = height - np.arange(height, dtype=np.float32)[:, None] - 0.5
    steep = np.hypot(1, np.nan_to_num(np.gradient(heights)))  # as thick on a slope as on the level
    line = np.clip(3.5 - np.abs(from_floor - heights) / steep, 0, 1)
    above = np.minimum(heights - from_floor, from_floor - band[1])
    below = np.minimum(from_floor - heights, band[0] - from_floor)
    veil = np.clip(np.maximum(above, below), 0, 1) * 0.25
    return Image.fromarray((np.nan_to_num(np.maximum(line, veil)) * 255).astype(np.uint8))


def _frequency_axis(canvas: ImageDraw.ImageDraw, frequencies: NDArray[np.float64]) -> None:
    left, top, right, bottom = SPECTROGRAM
    for frequency in FREQUENCIES:
        if not frequencies[0] <= frequency <= frequencies[-1]:
            continue
        bin_number = np.interp(np.log(frequency), np.log(frequencies), np.arange(len(frequencies)))
        y = bottom - (bin_number + 0.5) / len(frequencies) * (bottom - top)
        canvas.line((left, y, right - 1, y), fill=(255, 255, 255, 34), width=1)
        label = f"{frequency} Hz" if frequency < 1000 else f"{frequency // 1000} kHz"
        canvas.text((left - 14, y), label, palette.FAINT, _font("Regular"), anchor="rm")


def _time_axis(canvas: ImageDraw.ImageDraw, start: float, seconds: float) -> None:
    """Marks and the time of the recording, also where the picture shows a part of it."""
    left, _, right, bottom = TIMELINE
    step = next((step for step in STEPS if seconds / step <= MARKS), STEPS[-1])
    for mark in range(math.ceil(start / step - 1e-6), int((start + seconds) / step + 1e-6) + 1):
        time = mark * step
        x = left + (time - start) / seconds * (right - 1 - left)
        for box in (SPECTROGRAM, TIMELINE):
            canvas.line((x, box[1], x, box[3] - 1), fill=(255, 255, 255, 26), width=1)
        label = f"{time:g} s" if start + seconds < 60 else _clock(time, step)
        x = min(x, SIZE[0] - 8 - _font("Regular").getlength(label) / 2)
        canvas.text((x, bottom + 14), label, palette.FAINT, _font("Regular"), anchor="mt")


def _clock(time: float, step: float) -> str:
    """Minutes and seconds, with as many digits as the step has."""
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    width = 2 if digits == 0 else 3 + digits
    return f"{time // 60:.0f}:{time % 60:0{width}.{digits}f}"


def _score_axis(
    picture: Image.Image, canvas: ImageDraw.ImageDraw, thresholds: tuple[float, float]
) -> None:
    """A machine at the top, a person at the bottom, a question mark where nothing can be said."""
    left, top, _, bottom = TIMELINE
    x = left - 14 - icons.SIZE
    picture.paste(palette.MACHINE, (x, top), icons.machine())
    picture.paste(palette.PERSON, (x, bottom - icons.SIZE), icons.person())
    unsure = bottom - (bottom - top) * sum(thresholds) / 2
    y = min(max(unsure, top + icons.SIZE + 18), bottom - icons.SIZE - 18)
    middle = x + icons.SIZE / 2
    canvas.text((middle, y), "?", palette.UNSURE, _font("SemiBold"), anchor="mm")


def _size(box: Box) -> tuple[int, int]:
    left, top, right, bottom = box
    return right - left, bottom - top


@cache
def _font(weight: str, size: int = TEXT_SIZE) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(__file__).parents[1] / "fonts" / f"Inter-{weight}.ttf", size)
