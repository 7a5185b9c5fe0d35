"""The clips of the quiz that come with the program: `clips.toml` and the sounds beside it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inference.verdict import Label

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Clip:
    """A short recording with its ground truth."""

    file: str  # Opus in Ogg, in `folder`
    seconds: float
    truth: Label  # human or synthetic
    language: str  # BCP 47
    licence: str
    attribution: str  # who speaks, or which program and voice; empty: nobody is named
    sha256: str  # of the file
    folder: Path = FOLDER

    def read(self) -> bytes:
        """Return the bytes of the file."""
        return (self.folder / self.file).read_bytes()


@cache
def shipped() -> tuple[Clip, ...]:
    """Read clips.toml, in its order."""
    table = tomllib.loads((FOLDER / "clips.toml").read_text(encoding="utf-8"))
    return tuple(
        Clip(
            file=row["file"],
            seconds=row["seconds"],
            truth=Label(row["truth"]),
            language=row["language"],
            licence=row["licence"],
            attribution=row["attribution"],
            sha256=row["sha256"],
        )
        for row in table["clip"]
    )
