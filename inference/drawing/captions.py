"""The words of a picture in one language, handed in by whoever knows the reader."""

from dataclasses import dataclass

PERCENT = "{percent}"  # stands in `Captions.chance` where the number comes


@dataclass(frozen=True)
class Captions:
    """All words that may stand in a picture. Emoji and letters that the font lacks are left out."""

    headlines: dict[str, str]  # of each `Verdict.answer`
    reasons: dict[str, str]  # of each `Reason`: a sentence that says why nothing was judged
    advice: dict[str, str]  # of each `Reason`: what to do about it
    chance: str  # "chance of a machine: {percent}%"
    person: str  # the three zones of the bar
    unsure: str
    machine: str
    marks: str  # what the outlines mean
    no_proof: str
