"""Scores become an answer: human, synthetic, mixed or inconclusive, and why."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Label(StrEnum):
    HUMAN = "human"
    SYNTHETIC = "synthetic"
    MIXED = "mixed"  # a stretch of a few seconds sounds otherwise than the rest, see `segments`
    INCONCLUSIVE = "inconclusive"


class Channel(StrEnum):
    """Of two channels that hold different voices, the one that a verdict is about."""

    LEFT = "left"
    RIGHT = "right"


class Reason(StrEnum):
    """Why the answer is "I can't tell". In order of how much they matter."""

    NO_SPEECH = "no_speech"  # silence, noise
    MUSIC = "music"  # in its place where nobody speaks and it sounds like music
    TOO_SHORT = "too_short"  # under `MIN_SPEECH` seconds of speech
    OVERLAP = "overlap"  # several people speak over each other
    NOISY = "noisy"  # the speech hardly stands out of the noise
    TOO_QUIET = "too_quiet"  # so weak that its encoder kept little of it
    CLIPPED = "clipped"  # the recorder was overdriven
    # Telephone band, where the traces of vocoders are cut off: not judged by a model that has no
    # thresholds for it; by one that has, the score lies between these.
    NARROW_BAND = "narrow_band"
    UNSURE = "unsure"  # the score lies between the model's two thresholds


# What a machine has said, all of it or a part.
SUSPICIOUS = frozenset({Label.SYNTHETIC, Label.MIXED})
NOBODY_SPEAKS = frozenset({Reason.NO_SPEECH, Reason.MUSIC})

# From this chance of either side on, "I can't tell" says to which side it leans: the highest one at
# which 85 % of dev get an answer or a lean; `training evaluate` prints how often leans are right.
LEAN = 0.63
# The reasons that leave the score its meaning. Of too little speech the leans were right on dev as
# often as of more; what is noisy, overdriven or no speech at all has too few clips to know.
LEANING = frozenset({Reason.UNSURE, Reason.NARROW_BAND, Reason.TOO_SHORT})


# All that `Verdict.answer` can be.
ANSWERS = (*(label.value for label in Label), "leans_human", "leans_synthetic")

ROUNDING = 1e-9  # 0.29 * 100 is 28.999…


@dataclass(frozen=True)
class Window:
    """The score of one stretch of a recording."""

    start: float  # s
    end: float  # s
    score: float  # P(synthetic), 0..1


@dataclass(frozen=True)
class Segment:
    """A part of a mixed recording, from one change of the voice to the next."""

    start: float  # s
    end: float  # s
    label: Label  # human or synthetic
    probability: float  # P(synthetic) of the part, 0.01..0.99


@dataclass(frozen=True)
class Verdict:
    """The answer for one recording and what it rests on."""

    score: float  # P(synthetic) of the whole recording, calibrated, 0.01..0.99
    # Human at or below the first, synthetic at or above the second: the model's for this band.
    thresholds: tuple[float, float]
    reasons: tuple[Reason, ...]  # what speaks against judging; empty when there is an answer
    seconds: float  # s of speech that were judged
    windows: tuple[Window, ...]  # those that hold speech, in time order, overlapping
    model: str  # name and version of the model file, e.g. "ouvido-0.1.0"
    # False: synthetic, and the branch that the picture does not show weighed more.
    pictured: bool = True
    # In time order, without gaps, human and synthetic by turns; empty unless the label is mixed.
    segments: tuple[Segment, ...] = ()
    # s of the recording, and of its beginning that was judged; None in a part of one, and in
    # verdicts that were stored before 0.7.0.
    duration_seconds: float | None = None
    heard_seconds: float | None = None
    channel: Channel | None = None  # None: there is one voice in both, or one channel
    track: int = 1  # which sound track of the file was heard, from 1
    tracks: int = 1  # that the file has

    @property
    def is_cut(self) -> bool:
        """Whether a second or more at the end was not judged."""
        if self.duration_seconds is None or self.heard_seconds is None:
            return False
        return self.duration_seconds - self.heard_seconds >= 1.0

    @property
    def label(self) -> Label:
        if self.reasons:
            return Label.INCONCLUSIVE
        if self.segments:
            return Label.MIXED
        return Label.SYNTHETIC if self.score >= self.thresholds[1] else Label.HUMAN

    @property
    def is_between(self) -> bool:
        """Whether nothing but the score, between the thresholds, speaks against an answer."""
        low, high = self.thresholds
        return (
            len(self.reasons) == 1
            and self.reasons[0] in (Reason.UNSURE, Reason.NARROW_BAND)
            and low < self.score < high
        )

    @property
    def answer(self) -> str:
        """What is said of it in a line: the label, or where there is a lean "leans_human" or
        "leans_synthetic"."""
        return f"leans_{self.lean}" if self.lean else self.label.value

    @property
    def lean(self) -> Label | None:
        """To which side "I can't tell" leans; None: to none, or there is an answer."""
        if not self.reasons or set(self.reasons) - LEANING:
            return None
        if self.score >= LEAN:
            return Label.SYNTHETIC
        return Label.HUMAN if self.score <= 1.0 - LEAN else None


def percent(score: float) -> int:
    """P(machine) in %, rounded towards 50, so that no number is more certain than the model; 1 to
    99."""
    exact = 100 * score
    rounded = math.floor(exact + ROUNDING) if score >= 0.5 else math.ceil(exact - ROUNDING)
    return min(max(rounded, 1), 99)


def from_fields(values: dict[str, Any]) -> Verdict:
    """The verdict that `dataclasses.asdict` took apart before a pipe or the store."""
    low, high = values["thresholds"]
    return Verdict(
        score=values["score"],
        thresholds=(low, high),
        reasons=tuple(Reason(reason) for reason in values["reasons"]),
        seconds=values["seconds"],
        windows=tuple(Window(**window) for window in values["windows"]),
        model=values["model"],
        pictured=values.get("pictured", True),  # verdicts of 0.4.0 lack it
        segments=tuple(map(_segment, values.get("segments", ()))),  # and this
        duration_seconds=values.get("duration_seconds"),  # verdicts of 0.6.0 lack both
        heard_seconds=values.get("heard_seconds"),
        channel=Channel(values["channel"]) if values.get("channel") else None,
        track=values.get("track", 1),  # verdicts of 0.7.0 lack these three
        tracks=values.get("tracks", 1),
    )


def _segment(values: dict[str, Any]) -> Segment:
    return Segment(**{**values, "label": Label(values["label"])})


def as_json(verdict: Verdict) -> dict[str, object]:
    """The one form in which a verdict leaves the house: in a terminal, over HTTP, in a log."""
    return {
        "label": verdict.label.value,
        "lean": verdict.lean.value if verdict.lean else None,
        "score": round(verdict.score, 4),
        "reasons": [reason.value for reason in verdict.reasons],
        "seconds": round(verdict.seconds, 2),
        "duration_seconds": _rounded(verdict.duration_seconds),
        "heard_seconds": _rounded(verdict.heard_seconds),
        "channel": verdict.channel.value if verdict.channel else None,
        "track": verdict.track,
        "tracks": verdict.tracks,
        "windows": [
            {
                "start": round(window.start, 2),
                "end": round(window.end, 2),
                "score": round(window.score, 4),
            }
            for window in verdict.windows
        ],
        "model": verdict.model,
        "pictured": verdict.pictured,
        "segments": [
            {
                "start": round(segment.start, 2),
                "end": round(segment.end, 2),
                "label": segment.label.value,
                "probability": round(segment.probability, 4),
            }
            for segment in verdict.segments
        ],
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
