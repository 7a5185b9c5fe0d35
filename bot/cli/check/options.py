"""The arguments of `check`; they are read before any setting, so that --help needs none."""

import argparse
import os
from pathlib import Path

from bot.cli.arguments import STANDARD_INPUT, as_language
from bot.texts import LANGUAGES
from inference.decoding.ffmpeg import LONGEST

LONGEST_MINUTES = LONGEST / 60

FILES_HELP = (
    "sound, a film, or a folder of such, with the folders in it (what is no sound by its bytes is "
    "passed over and named); - reads standard input; put -- before names that begin with a dash"
)
CSV_HELP = (
    "a row for each file, instead of the text (- for standard output); the same command again goes "
    "on after the last whole row and judges no file that has one"
)
OUT_HELP = (
    "keep there the picture and the report (PDF, JSON) of each file, in the tree of the folders "
    "given: sub/a.ogg becomes sub/a.ogg.ouvido.jpg, .pdf and .json"
)
EXIT_CODES = """\
exit codes:
  0    every file was heard, whatever the answer
  1    a file could not be heard, there was no sound, or something could not be written
  2    a wrong call or setting; nothing was judged
  130  ended by Ctrl-C; what was written stays
  141  whoever read the output has closed it (| head)
  143  ended by SIGTERM; what was written stays
"""


def parse(arguments: list[str]) -> argparse.Namespace:
    """The arguments; ends the process after --help (0) and a wrong call (2)."""
    parser = argparse.ArgumentParser(
        prog="ouvido check",
        description="Did a person or a machine speak in these files?",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE|FOLDER|-", help=FILES_HELP)
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for each file")
    parser.add_argument("--csv", type=Path, metavar="TABLE", help=CSV_HELP)
    parser.add_argument("--out", type=Path, metavar="FOLDER", help=OUT_HELP)
    parser.add_argument(
        "--picture", type=Path, metavar="DIR", help="keep only the pictures, all in that folder"
    )
    parser.add_argument("--minutes", type=float, help="to hear of each file; without, all of it")
    parser.add_argument(
        "--language",
        type=as_language,
        help=f"of the answers: {', '.join(LANGUAGES)} (LANGUAGE, else the terminal's)",
    )
    cores = len(os.sched_getaffinity(0))
    parser.add_argument(
        "--jobs", type=int, default=cores, metavar="N", help="files at a time (%(default)s)"
    )
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if options.minutes is not None and not 0 < options.minutes <= LONGEST_MINUTES:
        parser.error(f"--minutes must be more than 0 and at most {LONGEST_MINUTES:.0f}")
    if options.csv == Path(STANDARD_INPUT):
        options.csv = Path("/dev/stdout")
    return options
