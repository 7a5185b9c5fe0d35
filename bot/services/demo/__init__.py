"""Four recordings that show the answers: a person, a machine, a machine in a person's recording,
and one that can't be told. `clips.toml` and the sounds beside it; `/demo` sends them.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inference.verdict import Label

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """A recording and the answer that the served model gives to it."""

    file: str  # Opus in Ogg, beside the table
    seconds: float
    answer: Label
    machine: tuple[float, float] | None  # s between which a machine speaks, where it is a part
    licence: str
    attribution: str
    sha256: str  # of the file

    @property
    def name(self) -> str:
        """In buttons and in the words about it."""
        return self.file.removesuffix(".ogg")

    def read(self) -> bytes:
        return (FOLDER / self.file).read_bytes()


@cache
def examples() -> tuple[Example, ...]:
    """In the table's order."""
    table = tomllib.loads((FOLDER / "clips.toml").read_text(encoding="utf-8"))
    return tuple(
        Example(
            file=row["file"],
            seconds=row["seconds"],
            answer=Label(row["answer"]),
            machine=tuple(row["machine"]) if "machine" in row else None,
            licence=row["licence"],
            attribution=row["attribution"],
            sha256=row["sha256"],
        )
        for row in table["clip"]
    )
