"""The arguments of `check`."""

import argparse
import os
from pathlib import Path

from bot.cli.arguments import as_language
from bot.settings import Settings
from bot.texts import LANGUAGES

FILE_HELP = "sound or film; - reads standard input; put -- before names that begin with a dash"


def parse(arguments: list[str], settings: Settings) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="ouvido check", description="Did a person or a machine speak in these files?"
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help=FILE_HELP)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--picture", type=Path, metavar="DIR", help="keep the pictures there")
    parser.add_argument("--minutes", type=float, help="to hear of each file; without, all of it")
    parser.add_argument(
        "--language",
        type=as_language,
        default=settings.language,
        help=f"of the answers: {', '.join(LANGUAGES)} (%(default)s)",
    )
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--jobs", type=int, default=cores, help="files at a time (%(default)s)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if options.minutes is not None and not options.minutes > 0:
        parser.error("--minutes must be more than 0")
    return options
