"""Pictures are written to a folder, never over what is there."""

import os
import sys
from pathlib import Path

from bot.cli.arguments import STANDARD_INPUT
from bot.cli.check.lines import printable

STEM = 240  # bytes of a picture's name before its number and `.jpg`; file systems take 255 in all


def keep(picture: bytes, folder: Path, file: str) -> bool:
    """Write a picture beside what is there, never over it; whether that could be done."""
    stem = "standard-input" if file == STANDARD_INPUT else Path(file).stem
    while len(os.fsencode(stem)) > STEM:
        stem = stem[:-1]
    name, number = f"{stem}.jpg", 1
    while True:
        try:
            with (folder / name).open("xb") as kept:
                kept.write(picture)
        except FileExistsError:
            number += 1
            name = f"{stem}-{number}.jpg"
        except OSError as error:
            print(f"The picture {printable(name)} can't be kept: {error}.", file=sys.stderr)
            return False
        else:
            return True
