"""A report becomes a PDF: the answer, the picture, the facts, every stretch, the limits."""

import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Image,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

import inference
from bot.texts import Texts, clock
from bot.views.file_facts import facts, recorder
from bot.views.report import Report, limits
from inference.verdict import percent

FONTS = Path(inference.__file__).parent / "fonts"
SIDE = 20 * mm  # margins
PADDING = 6  # pt; ReportLab's own, within the margins
WIDTH = A4[0] - 2 * SIDE - 2 * PADDING
PICTURE = 0.66 * WIDTH
LABEL = 44 * mm  # of the column that says what a fact is
LEAST = 50 * mm  # of the table's beginning on a page, or it begins on the next
COLUMNS = 3  # of the table of stretches, side by side

INK, FAINT, LINE = (
    colors.HexColor("#17162a"),
    colors.HexColor("#605d78"),
    colors.HexColor("#d5d3e0"),
)


def draw(report: Report, texts: Texts, picture: bytes | None) -> bytes:
    """The whole document."""
    _register()
    file = io.BytesIO()
    title = texts.say("report", "title")
    document = SimpleDocTemplate(
        file, pagesize=A4, title=title, author="Ouvido", lang=texts.language,
        leftMargin=SIDE, rightMargin=SIDE, topMargin=SIDE, bottomMargin=SIDE,
    )  # fmt: skip

    def foot(canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.setFont("Inter", 8)
        canvas.setFillColor(FAINT)
        canvas.drawString(SIDE + PADDING, 11 * mm, f"SHA-256 {report.sha256}")
        canvas.drawRightString(A4[0] - SIDE - PADDING, 11 * mm, str(canvas.getPageNumber()))

    story = [*_answer(report, texts, title, picture), *_facts(report, texts)]
    story += [*_limits(report, texts), *_stretches(report, texts)]
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return file.getvalue()


def _answer(report: Report, texts: Texts, title: str, picture: bytes | None) -> list[Flowable]:
    time = f"{report.made_at:%Y-%m-%d %H:%M:%S} UTC"
    cut = texts.cut(report.verdict)
    first, *rest = texts.verdict(report.verdict).split("\n")[len(cut) :]
    story = [
        _words(texts.say("report", "made", time=time), "faint"),
        _words(title, "title"),
        *(_words(line, "body") for line in cut),
        _words(first, "answer"),
        *(_words(line, "body") for line in rest if line),
    ]
    if picture:
        image = Image(io.BytesIO(picture))
        image.drawHeight = PICTURE * image.imageHeight / image.imageWidth
        image.drawWidth, image.hAlign = PICTURE, "LEFT"
        words = " ".join([texts.say("report", "picture"), *texts.partly(report.verdict)])
        story += [Spacer(1, 4 * mm), image, _words(words, "faint")]
    return story


def _facts(report: Report, texts: Texts) -> list[Flowable]:
    told = [("sha256", report.sha256), *facts(report.evidence, texts)]
    told += recorder(report.evidence, texts)
    low, high = report.verdict.thresholds
    judged = [
        ("model", report.verdict.model),
        ("model_sha256", report.model_sha256 or texts.say("report", "replaced")),
        ("score", _chance(report.verdict.score, texts)),
        ("thresholds", texts.say("report", "in_thresholds", low=100 * low, high=100 * high)),
        ("speech", clock(report.verdict.seconds)),
        ("longest", clock(report.max_seconds)),
    ]
    return [*_rows(texts, "file", told), *_rows(texts, "judged", judged)]


def _rows(texts: Texts, section: str, facts: list[tuple[str, str]]) -> list[Flowable]:
    cells = [
        [_words(texts.say("report", f"fact_{name}"), "faint"), _words(value, "cell")]
        for name, value in facts
    ]
    table = Table(cells, [LABEL, WIDTH - LABEL], hAlign="LEFT", style=_RULED)
    return [KeepTogether([_words(texts.say("report", section), "heading"), table])]


def _limits(report: Report, texts: Texts) -> list[Flowable]:
    again = [_words(texts.say("report", "reproduce"), "body"), _words(report.command, "cell")]
    said = [_words(f"• {limit}", "body") for limit in limits(report, texts)]
    return [
        KeepTogether([_words(texts.say("report", "limits"), "heading"), *said]),
        KeepTogether([_words(texts.say("report", "again"), "heading"), *again]),
    ]


def _stretches(report: Report, texts: Texts) -> list[Flowable]:
    """Start, end and score of every window, a few side by side."""
    windows = report.verdict.windows
    if not windows:
        return []
    head = [texts.say("report", "stretch"), texts.say("report", "chance")] * COLUMNS
    cells = []
    for window in windows:
        cells.append(_words(f"{clock(window.start)}–{clock(window.end)}", "cell"))
        cells.append(_words(_chance(window.score, texts), "cell"))
    width = 2 * COLUMNS
    cells += [_words("", "cell")] * (-len(cells) % width)
    rows = [cells[first : first + width] for first in range(0, len(cells), width)]
    table = Table(
        [[_words(word, "faint") for word in head], *rows],
        [WIDTH / width] * width, repeatRows=1, hAlign="LEFT", style=_RULED,
    )  # fmt: skip
    heading = _words(texts.say("report", "stretches"), "heading")
    return [CondPageBreak(LEAST), heading, table]


def _chance(score: float, texts: Texts) -> str:
    """The very number of the caption."""
    return texts.say("report", "in_score", value=percent(score))


def _words(text: str, style: str) -> Paragraph:
    """A paragraph; what the font lacks is left out where it is a sign of ours, else a "?"."""
    known = _register()
    shown = "".join(c if ord(c) in known else "" if ord(c) > 0xFFFF else "?" for c in text)
    return Paragraph(escape(shown.strip()), _STYLES[style])


def _style(size: float, before: float = 0.0, **more: object) -> ParagraphStyle:
    look = {"fontName": "Inter", "textColor": INK, "spaceBefore": before * mm, **more}
    return ParagraphStyle("", fontSize=size, leading=1.4 * size, **look)


_STYLES = {
    "title": _style(13, 1, spaceAfter=3 * mm, fontName="Inter-SemiBold"),
    "answer": _style(17, 0, spaceAfter=2 * mm, fontName="Inter-SemiBold"),
    "heading": _style(12, 6, spaceAfter=2 * mm, fontName="Inter-SemiBold"),
    "body": _style(10, 1),
    "cell": _style(9, splitLongWords=1),
    "faint": _style(9, textColor=FAINT),
}
_RULED = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
]


@cache
def _register() -> set[int]:
    """Make the fonts known; the letters that they hold, as numbers of Unicode."""
    fonts = [
        TTFont("Inter", FONTS / "Inter-Regular.ttf"),
        TTFont("Inter-SemiBold", FONTS / "Inter-SemiBold.ttf"),
    ]
    for font in fonts:
        registerFont(font)
    registerFontFamily("Inter", "Inter", "Inter-SemiBold", "Inter", "Inter-SemiBold")
    return set.intersection(*(set(font.face.charToGlyph) for font in fonts))
