"""Where things stand in a picture. Boxes are left, top, right, bottom in px.

Pictures are seen 360 px wide in a chat on a phone: a third of this.
"""

from dataclasses import dataclass

from inference.verdict import Reason, Verdict

Box = tuple[int, int, int, int]

WIDTH = 1080  # px
MARGIN = 40  # px; left and right of what is not a chart

TEXT_SIZE = 34  # px; the smallest of all sizes
HEADLINE_SIZES = (64, 40)  # px; the largest and the smallest
SENTENCE_SIZES = (48, TEXT_SIZE)

ICON = (MARGIN, 36)  # left and top of the answer's icon
ICON_SIZE = 100
HEADLINE = (164, 24, 1040, 152)
CHANCE = (MARGIN, 160, 1040, 210)
BAR = (MARGIN, 228, 1040, 264)
ZONES = (MARGIN, 280, 1040, 326)  # names of the bar's zones

REASON = (MARGIN, 168, 1040, 312)  # in place of the chart where nothing was judged
ADVICE = (MARGIN, 312, 1040, 480)


@dataclass(frozen=True)
class Layout:
    """The boxes of one kind of picture."""

    size: tuple[int, int]
    # All that depends on the language; painted over for another one. Edges lie on multiples of 8,
    # the size of JPEG's blocks, so that nothing of what stood there shines through.
    words: tuple[Box, ...]
    note: Box  # "no proof", and what the outlines mean
    facts: Box  # duration, day and model
    spectrogram: Box | None = None
    timeline: Box | None = None


CHART = Layout(
    size=(WIDTH, 1120),
    words=((0, 0, WIDTH, 336), (0, 1008, WIDTH, 1064)),
    note=(MARGIN, 1010, 1040, 1058),
    facts=(MARGIN, 1064, 1040, 1108),
    spectrogram=(112, 344, 1040, 744),
    timeline=(112, 768, 1040, 940),
)
# With the frequencies beside the spectrogram: a closer look, which is opened and not forwarded.
LARGE = Layout(
    size=(WIDTH, 1280),
    words=((0, 0, WIDTH, 336), (0, 1168, WIDTH, 1224)),
    note=(MARGIN, 1170, 1040, 1218),
    facts=(MARGIN, 1224, 1040, 1268),
    spectrogram=(172, 344, 1040, 900),
    timeline=(172, 924, 1040, 1100),
)
SENTENCE = Layout(
    size=(WIDTH, 608),
    words=((0, 0, WIDTH, 552),),
    note=(MARGIN, 496, 1040, 544),
    facts=(MARGIN, 552, 1040, 596),
)


def layout_of(verdict: Verdict, large: bool = False) -> Layout:
    """A refused recording has no chart: nothing was judged that it could show."""
    if set(verdict.reasons) - {Reason.UNSURE}:
        return SENTENCE
    return LARGE if large else CHART


def size(box: Box) -> tuple[int, int]:
    """Width and height."""
    left, top, right, bottom = box
    return right - left, bottom - top
