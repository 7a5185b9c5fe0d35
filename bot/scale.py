"""The one scale of every answer, P(machine): as a number, in words, as a bar of text."""

import math

from inference.verdict import ROUNDING, Label, Verdict, percent

# From which chance of its own side on, in %, an answer is called so: the keys of the words
# `sure-…`, which mean these numbers in every language. (From where on "I can't tell" leans:
# `inference.verdict.LEAN`.)
SURENESS = {"very": 90, "fairly": 75, "hardly": 50}

BAR = 40  # characters
PERSON, UNSURE, MACHINE = "━", "·", "━"  # the zones of a bar
MARKER = "●"  # where the score lies


def sureness(score: float) -> str:
    """The word for how sure an answer of this score is, one of SURENESS."""
    number = percent(score)
    chance = max(number, 100 - number)
    return next(word for word, least in SURENESS.items() if chance >= least)


def limits(verdict: Verdict) -> tuple[int, int]:
    """Up to how many % an answer is "person" and from how many on "machine", without promising
    more than the thresholds do."""
    low, high = verdict.thresholds
    return math.floor(100 * low + ROUNDING), math.ceil(100 * high - ROUNDING)


def is_judged(verdict: Verdict) -> bool:
    """Whether the score of the whole says anything: it is the answer, or between the thresholds.

    A mixed recording is answered by its parts.
    """
    return verdict.label in (Label.HUMAN, Label.SYNTHETIC) or verdict.is_between


def bar(verdict: Verdict) -> str:
    """Three zones, person, "I can't tell" and machine, as wide as the thresholds make them, and a
    marker at the score; as pictures show it."""
    low, high = (round(BAR * threshold) for threshold in verdict.thresholds)
    zones = PERSON * low + UNSURE * (high - low) + MACHINE * (BAR - high)
    # In the zone of the answer, also where rounding would put it across the border.
    first, last = {
        Label.HUMAN: (0, low),
        Label.SYNTHETIC: (high, BAR),
    }.get(verdict.label, (low, high))
    place = min(max(int(BAR * verdict.score), first), max(first, last - 1))
    marked = zones[:place] + MARKER + zones[place + 1 :]
    return "│".join((marked[:low], marked[low:high], marked[high:]))
