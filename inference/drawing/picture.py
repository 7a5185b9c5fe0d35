"""A judgement goes in, a JPEG comes out: the answer, what the network saw, when it heard what."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from inference.detector import Analysis
from inference.drawing import axes, layout, lettering, palette, words
from inference.drawing.axes import Stretch
from inference.drawing.captions import Captions
from inference.drawing.layout import Box
from inference.pipeline import Judgement, shift
from inference.speech import FRAME
from inference.verdict import Label, Verdict

RANGE = 72.0  # dB from the darkest to the brightest colour
FAINTEST = -48.0  # dB; a recording weaker than this is not brightened up further
MARKED = 0.08  # share of the suspicious stretches that is outlined at most
LEAST_SALIENCY = 0.25  # below this nothing is outlined
PAUSE = 0.1  # s; so near to speech a sound may still belong to it


def draw(
    judgement: Judgement,
    captions: Captions,
    day: date,
    large: bool = False,
) -> bytes:
    """The picture of a verdict. Its words are drawn last: `words.rewrite` changes their language.

    `day` is when it was judged, UTC; `large`: with frequencies. What is synthetic in a mixed
    recording gets a bracket and its times.
    """
    places = layout.layout_of(judgement.verdict, large)
    picture = Image.new("RGB", places.size, palette.BACKGROUND)
    columns = judgement.analysis.spectrogram.shape[1] - 1
    seconds = max(columns / judgement.analysis.columns_per_second, 0.05)
    if places.spectrogram and places.timeline:
        charts = (places.spectrogram, places.timeline)
        parts = judgement.verdict.segments
        marked = [(each.start, each.end) for each in parts if each.label is Label.SYNTHETIC]
        _charts(picture, judgement, charts, seconds, marked)
        if large:
            axes.frequencies(picture, places.spectrogram, judgement.analysis.spec.frequencies)
    start, end = axes.clock(judgement.start), axes.clock(judgement.start + seconds)
    span = f"{start}–{end}" if large else end
    if judgement.verdict.is_cut and not large:
        span += f" / {axes.clock(judgement.verdict.duration_seconds or 0.0)}"
    facts = f"{span} · {day.isoformat()} UTC · {judgement.verdict.model}"
    lettering.write(picture, facts, places.facts, palette.FAINT)
    words.write(picture, judgement.verdict, captions, places)
    return words.jpeg(picture)


def _charts(
    picture: Image.Image,
    judgement: Judgement,
    charts: tuple[Box, Box],
    seconds: float,
    stretches: Sequence[Stretch],
) -> None:
    """The spectrogram with what sounded synthetic, the scores below it, and the time."""
    verdict, analysis = shift(judgement.verdict, -judgement.start), judgement.analysis
    above, below = charts
    picture.paste(_spectrogram(analysis.spectrogram, layout.size(above)), above[:2])
    if verdict.label is Label.SYNTHETIC:
        _outline(picture, above, _suspicious(verdict, analysis, judgement.measures.active))
    picture.paste(_timeline(verdict, seconds, layout.size(below)), below[:2])
    axes.times(picture, charts, judgement.start, seconds, stretches)
    axes.scores(picture, below, verdict.thresholds)


def _spectrogram(decibels: NDArray[np.float32], size: tuple[int, int]) -> Image.Image:
    if not decibels.size:
        return Image.new("RGB", size, palette.PANEL)
    brightest = max(float(np.quantile(decibels[:, ::4], 0.998)), FAINTEST)
    levels = np.clip((decibels - (brightest - RANGE)) * (255 / RANGE), 0, 255).astype(np.uint8)
    image = Image.fromarray(levels[::-1]).resize(size, Image.Resampling.BICUBIC)
    image.putpalette(palette.magma().tobytes())
    return image.convert("RGB")


def _suspicious(
    verdict: Verdict, analysis: Analysis, active: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """The saliency where somebody speaks in windows that sounded synthetic; above 1: outlined.

    It is 0 elsewhere, also in the pauses of a window.
    """
    saliency = np.zeros_like(analysis.saliency)
    rate = analysis.columns_per_second
    for window in verdict.windows:
        if window.score >= verdict.thresholds[1]:
            columns = slice(round(window.start * rate), round(window.end * rate))
            saliency[:, columns] = analysis.saliency[:, columns]
    saliency[:, ~_spoken(active, analysis)] = 0
    shown = saliency[saliency > 0]
    level = float(np.quantile(shown, 1 - MARKED)) if shown.size else 0.0
    return saliency / max(level, LEAST_SALIENCY)


def _spoken(active: NDArray[np.bool_], analysis: Analysis) -> NDArray[np.bool_]:
    """In which columns somebody speaks; `active` is one a frame."""
    n_columns = analysis.spectrogram.shape[1]
    if not active.size:
        return np.zeros(n_columns, np.bool_)
    frames = analysis.spec.sample_rate / FRAME  # in a second
    near = np.ones(2 * round(PAUSE * frames) + 1)
    wide = np.convolve(active, near)[len(near) // 2 :][: len(active)] > 0
    at = ((np.arange(n_columns) + 0.5) / analysis.columns_per_second * frames).astype(int)
    return np.asarray(wide[np.minimum(at, len(active) - 1)])


def _outline(picture: Image.Image, box: Box, saliency: NDArray[np.float32]) -> None:
    """Draw a line around the cells above 1."""
    width, height = layout.size(box)
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
        picture.paste(colour, box, mask)


def _timeline(verdict: Verdict, seconds: float, size: tuple[int, int]) -> Image.Image:
    """The scores against time, over the band in which nothing can be said."""
    width, height = size
    scores_of_rows = 1 - (np.arange(height, dtype=np.float32) + 0.5) / height
    low, high = verdict.thresholds
    image = Image.new("RGB", (width, height), palette.PANEL)
    band = (0, round((1 - high) * height), width, round((1 - low) * height))
    image.paste(palette.UNSURE_PANEL, band)
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
