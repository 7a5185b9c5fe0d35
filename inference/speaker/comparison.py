"""What comparing two voices says, and how often it errs: the values that `voices` makes.

Knows no numpy, so that whoever only puts it into words need not load it.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from inference.errors import ModelError
from inference.verdict import Reason

FILE = Path(__file__).parents[1] / "models" / "voices.json"  # beside the network that it is about
MIN_SPEECH = 3.0  # s in each recording: a voice takes longer to know than to judge
RATES = (
    "same_as_same",
    "same_as_different",
    "others_as_same",
    "others_as_different",
    "clones_as_same",
    "clones_as_different",
)


class Likeness(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Rate:
    """A measured share and how surely it is known."""

    share: float  # 0..1
    interval: tuple[float, float]  # 95 %, over speakers
    speakers: int


@dataclass(frozen=True)
class VoicesCard:
    """The facts about the network: which file it is, how to read it, how often it errs.

    Written by `python -m training compare-voices --ship`.
    """

    sha256: str  # of the file
    source: str
    licence: str
    slope: float  # log odds of "same person" = slope * similarity + intercept
    intercept: float
    thresholds: tuple[float, float]  # different at or below the first, same at or above the second
    same_as_same: Rate  # two notes of one person
    same_as_different: Rate
    others_as_same: Rate  # notes of two people
    others_as_different: Rate
    clones_as_same: Rate  # a person and a synthetic voice made after that person
    clones_as_different: Rate

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


@dataclass(frozen=True)
class Comparison:
    """How alike the voices of two recordings are."""

    similarity: float  # cosine of the two voices, -1..1
    chance: float  # P(same person) when both were as likely before, calibrated, 0.01..0.99
    thresholds: tuple[float, float]  # different at or below the first, same at or above the second
    suspicious: tuple[Reason, ...]  # what speaks against comparing the recording in question
    known: tuple[Reason, ...]  # the same for the one that is known to be genuine

    @property
    def likeness(self) -> Likeness:
        low, high = self.thresholds
        if self.suspicious or self.known or low < self.chance < high:
            return Likeness.UNSURE
        return Likeness.SAME if self.chance >= high else Likeness.DIFFERENT


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The form in which a comparison goes from one process to another."""
    return asdict(comparison)


def from_fields(values: dict[str, Any]) -> Comparison:
    """The comparison that `as_json` took apart, also when JSON lay between."""
    low, high = values["thresholds"]
    return Comparison(
        similarity=values["similarity"],
        chance=values["chance"],
        thresholds=(low, high),
        suspicious=tuple(Reason(reason) for reason in values["suspicious"]),
        known=tuple(Reason(reason) for reason in values["known"]),
    )


@cache
def card() -> VoicesCard:
    """What is known of the network that comes with the program; raises ModelError."""
    try:
        facts = json.loads(FILE.read_text(encoding="utf-8"))
        low, high = facts.pop("thresholds")
        rates: dict[str, Any] = {name: _rate(facts.pop(name)) for name in RATES}
        return VoicesCard(thresholds=(low, high), **rates, **facts)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{FILE} cannot be read: {error!r}") from error


def _rate(values: dict[str, Any]) -> Rate:
    low, high = values["interval"]
    return Rate(values["share"], (low, high), values["speakers"])
