"""What several commands take: a language by any of its names, a file, the standard input."""

import argparse
from pathlib import Path

from bot.texts import LANGUAGES, known_language
from inference.errors import DetectionError

STANDARD_INPUT = "-"


class NotFound(DetectionError):
    """There is no such file, or it can't be read."""

    code = "not_found"


def as_language(name: str) -> str:
    """One of ours for `pt`, `pt-BR`, `en_GB` …; argparse shows the error's words."""
    found = known_language(name)
    if found is None:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(LANGUAGES)}, not {name}")
    return found


def look(file: Path) -> None:
    """Whether it can be read; raises NotFound."""
    try:
        if not file.is_file():  # a folder, or a device that never ends
            raise NotFound(f"{file} is no file")
        file.open("rb").close()
    except OSError as error:
        raise NotFound(str(error)) from error
