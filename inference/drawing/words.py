"""The words of a picture: drawn last, over a picture that is the same in all languages."""

import io
import math

from PIL import Image, ImageDraw

from inference.drawing import icons, layout, lettering, palette
from inference.drawing.captions import PERCENT, Captions
from inference.drawing.layout import BAR, SENTENCE, Box, Layout, layout_of
from inference.drawing.palette import Colour
from inference.verdict import SUSPICIOUS, Label, Reason, Verdict, percent

SWATCH = 26  # px
GAP = 14  # px between a swatch and its word
SEAM = 3  # px; half of what lies between two zones of the bar
MARKER = (7, 14)  # px; half its width, and how far it stands out of the bar
ALIKE = 0.01  # shares in which the sides of two pictures may differ that are one


def write(picture: Image.Image, verdict: Verdict, captions: Captions, places: Layout) -> None:
    """Everything that depends on the language, over whatever stood there."""
    for box in places.words:
        picture.paste(palette.BACKGROUND, box)
    _headline(picture, verdict, captions)
    if places is SENTENCE:
        first = next(reason for reason in verdict.reasons if reason is not Reason.UNSURE)
        why = " ".join(captions.reasons[r] for r in verdict.reasons if r is not Reason.UNSURE)
        sizes = layout.SENTENCE_SIZES
        lettering.write(picture, why, layout.REASON, palette.TEXT, sizes)
        lettering.write(picture, captions.advice[first], layout.ADVICE, palette.FAINT, sizes)
    else:
        _chance(picture, verdict, captions)
    _note(picture, verdict, captions, places.note)


def rewrite(drawn: bytes, verdict: Verdict, captions: Captions) -> bytes:
    """A JPEG that was drawn of this verdict, with other words; ValueError: it is none."""
    places = layout_of(verdict)
    try:
        with Image.open(io.BytesIO(drawn), formats=["JPEG"]) as opened:
            kept = opened.convert("RGB")
    except (OSError, Image.DecompressionBombError) as error:
        raise ValueError(f"no picture of ours: {error}") from error
    width, height = places.size
    if abs(kept.height / kept.width * width / height - 1) > ALIKE:
        raise ValueError(f"{kept.width} × {kept.height} px, {width} × {height} are expected")
    if kept.size != places.size:
        kept = kept.resize(places.size, Image.Resampling.LANCZOS)
    write(kept, verdict, captions, places)
    return jpeg(kept)


def jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, subsampling=0)  # 4:2:0 smears the outlines
    return file.getvalue()


def _headline(picture: Image.Image, verdict: Verdict, captions: Captions) -> None:
    left, top = layout.ICON
    if verdict.label is Label.HUMAN:
        picture.paste(palette.PERSON, layout.ICON, icons.person(layout.ICON_SIZE))
    elif verdict.label in SUSPICIOUS:
        picture.paste(palette.MACHINE, layout.ICON, icons.machine(layout.ICON_SIZE))
    else:
        box = (left, top, left + layout.ICON_SIZE, top + layout.ICON_SIZE)
        size = (layout.ICON_SIZE - 20,) * 2
        lettering.write(picture, "?", box, palette.FAINT, size, "SemiBold", "m")
    text = captions.headlines[verdict.answer]
    lettering.write(picture, text, layout.HEADLINE, palette.TEXT, layout.HEADLINE_SIZES, "SemiBold")


def _chance(picture: Image.Image, verdict: Verdict, captions: Captions) -> None:
    """P(synthetic) as a number, and as a place in the bar of the three answers.

    Neither for a mixed recording: the score of the whole says nothing about its parts.
    """
    whole = verdict.label is not Label.MIXED
    if whole:
        text = captions.chance.replace(PERCENT, str(percent(verdict.score)))
        lettering.write(picture, text, layout.CHANCE, palette.TEXT, (40, layout.TEXT_SIZE))
    canvas = ImageDraw.Draw(picture)
    left, top, right, bottom = BAR
    ends = [left + share * (right - left) for share in (0, *verdict.thresholds, 1)]
    colours = (palette.PERSON, palette.UNSURE, palette.MACHINE)
    for number, colour in enumerate(colours):
        start = ends[number] + (SEAM if number else 0)
        end = ends[number + 1] - (SEAM if number < 2 else 0)
        if end - start >= 1:
            canvas.rectangle((start, top, end - 1, bottom - 1), colour)
    if whole:
        x = left + verdict.score * (right - left)
        half, out = MARKER
        box = (x - half, top - out, x + half, bottom + out)
        canvas.rounded_rectangle(box, half, palette.TEXT, palette.BACKGROUND, 3)
    _zones(picture, captions, colours)


def _zones(picture: Image.Image, captions: Captions, colours: tuple[Colour, ...]) -> None:
    """What the colours mean, here and in the scores: a third of the width each."""
    left, top, right, bottom = layout.ZONES
    third = (right - left) // 3
    words = (captions.person, captions.unsure, captions.machine)
    for number, (word, colour) in enumerate(zip(words, colours, strict=True)):
        box = (left + number * third, top, left + (number + 1) * third, bottom)
        x = _beside(picture, word, box, align="lmr"[number])
        y = (top + bottom - SWATCH) // 2
        ImageDraw.Draw(picture).rounded_rectangle((x, y, x + SWATCH, y + SWATCH), 6, colour)


def _note(picture: Image.Image, verdict: Verdict, captions: Captions, box: Box) -> None:
    """That it is no proof; beside it what the outlines mean, where there may be some."""
    left, top, right, bottom = box
    sizes, middle = (layout.TEXT_SIZE,) * 2, (left + right) // 2
    end = middle - GAP if verdict.label is Label.SYNTHETIC else right
    proof = (left, top, end, bottom)
    lettering.write(picture, captions.no_proof, proof, palette.TEXT, sizes, "SemiBold")
    if verdict.label is Label.SYNTHETIC:
        x = _beside(picture, captions.marks, (middle, top, right, bottom), align="r")
        y = (top + bottom - SWATCH) // 2
        ImageDraw.Draw(picture).rounded_rectangle(
            (x, y, x + SWATCH, y + SWATCH), 8, outline=palette.MACHINE, width=4
        )


def _beside(picture: Image.Image, word: str, box: Box, align: str) -> int:
    """Write a word with room for a swatch before it; where that begins, px."""
    left, top, right, bottom = box
    room = (left + SWATCH + GAP, top, right, bottom)
    shape, lines = lettering.fit(word, room, (layout.TEXT_SIZE,) * 2)
    width = math.ceil(shape.getlength(lines[0])) if lines else 0
    spare = right - room[0] - width
    start = left + {"l": 0, "m": spare // 2, "r": spare}[align]
    place = (start + SWATCH + GAP, top, start + SWATCH + GAP + width, bottom)
    lettering.write(picture, word, place, palette.TEXT, (layout.TEXT_SIZE,) * 2)
    return start
