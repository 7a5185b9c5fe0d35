"""Which part of a recording is looked at closely, and which parts lie beside it."""

import math
from dataclasses import dataclass

from bot.texts import Texts, clock, length, synthetic_stretches
from inference.verdict import Verdict, percent

SHORTEST = 2  # s; less speech is not judged
FIRST = (4, 15)  # s; the least and the most of the first view
OFFERED = 3  # stretches that sounded artificial


@dataclass(frozen=True)
class View:
    """A part of a recording, in whole seconds."""

    start: int
    end: int
    length: int  # of the recording

    @property
    def moves(self) -> dict[str, "View"]:
        """By the names of their buttons, all that show something else."""
        span, middle = self.end - self.start, (self.start + self.end) // 2
        step = max(1, span // 2)
        near, far = max(SHORTEST, span // 2), min(self.length, 2 * span)
        moves = {
            "earlier": within(self.start - step, span, self.length),
            "later": within(self.start + step, span, self.length),
            "nearer": within(middle - near // 2, near, self.length),
            "farther": within(middle - far // 2, far, self.length),
        }
        return {name: view for name, view in moves.items() if view != self}


def within(start: int, span: int, length: int) -> View:
    """The nearest view of so many seconds that lies in the recording."""
    span = min(max(span, SHORTEST), length)
    start = min(max(start, 0), length - span)
    return View(start, start + span, length)


def first(verdict: Verdict) -> View:
    """A quarter of the recording around its most telling stretch."""
    seconds = math.ceil(length(verdict))
    span = min(max(seconds // 4, FIRST[0]), FIRST[1])
    middle = sum(verdict.thresholds) / 2
    best = max(verdict.windows, key=lambda window: abs(window.score - middle))
    return within(round((best.start + best.end - span) / 2), span, seconds)


def read(arguments: list[str], verdict: Verdict) -> View | None:
    """The view that a button asks for; None for what no button of ours says."""
    try:
        start, end = map(int, arguments)
    except ValueError:
        return None
    return within(start, end - start, math.ceil(length(verdict)))


def artificial(verdict: Verdict) -> list[View]:
    """The longest stretches that sounded artificial, in time order."""
    seconds = math.ceil(length(verdict))
    longest = sorted(synthetic_stretches(verdict), key=lambda each: each[0] - each[1])[:OFFERED]
    return [
        within(int(start), math.ceil(end) - int(start), seconds) for start, end in sorted(longest)
    ]


def caption(wanted: View, verdict: Verdict, texts: Texts) -> str:
    """What this part sounds like by itself."""
    where = texts.say(
        "zoom",
        "where",
        start=clock(wanted.start),
        end=clock(wanted.end),
        length=clock(wanted.length),
    )
    if verdict.reasons and not verdict.is_between:
        said = texts.say("zoom", verdict.label, reason=texts.reasons(verdict))
    else:
        key = "unsure" if verdict.reasons else verdict.label
        said = texts.say("zoom", key, percent=percent(verdict.score))
    heard = "\n".join([where, said, *texts.source(verdict), *texts.partly(verdict)])
    return f"{heard}\n\n{texts.say('zoom', 'caution')}"
