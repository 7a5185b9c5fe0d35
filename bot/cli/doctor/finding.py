"""What the doctor found: one line, and what to do where something is wrong."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    WELL = "✓"
    DOUBT = "!"  # it runs, but the operator may want to know
    ILL = "✗"  # it does not run, or not as the settings say
    UNKNOWN = "·"  # could not be looked at


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    mark: Mark
    what: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.mark} {self.what}"
        return f"{line}\n    → {self.advice}" if self.advice else line


def well(what: str) -> Finding:
    return Finding(Mark.WELL, what)


def doubt(what: str, advice: str) -> Finding:
    return Finding(Mark.DOUBT, what, advice)


def ill(what: str, advice: str) -> Finding:
    return Finding(Mark.ILL, what, advice)


def unknown(what: str) -> Finding:
    return Finding(Mark.UNKNOWN, what)
