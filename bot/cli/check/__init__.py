"""`check FILE… | FOLDER… | -`: files become lines in the terminal, rows of a table, reports.

Judges in the bot's worker processes, several files at a time, so that a file that kills its decoder
costs only itself; memory does not grow with the number of files.
"""

import argparse
import asyncio
import io
import os
import sys
from contextlib import ExitStack
from dataclasses import replace

from bot.cli.arguments import CLOSED_PIPE, STANDARD_INPUT, standard_input
from bot.cli.check.inputs import distinct
from bot.cli.check.keeping import Tree, make
from bot.cli.check.options import parse
from bot.cli.check.run import Run
from bot.cli.check.table import Table, TableError
from bot.settings import Settings
from inference.decoding import ffmpeg

__all__ = ["main", "parse"]


def main(options: argparse.Namespace, settings: Settings) -> int:
    """Judge what `parse` understood; the exit code, as its help says. Raises SettingError."""
    if options.minutes:
        settings = replace(settings, max_minutes=options.minutes)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # not every terminal has every letter
    if options.csv or options.out:
        options.files = distinct(options.files)
    for option, folder in (("--picture", options.picture), ("--out", options.out)):
        if folder:
            make(option, folder)
    limited = replace(settings, max_minutes=min(settings.max_seconds, ffmpeg.LONGEST) / 60)
    tree = Tree(options.out, options.files, limited) if options.out else None
    try:
        with ExitStack() as opened:
            table = opened.enter_context(Table(options.csv)) if options.csv else None
            piped = STANDARD_INPUT in options.files
            source = opened.enter_context(standard_input()) if piped else None
            return asyncio.run(Run(options, settings, table, tree, source).judge())
    except BrokenPipeError:  # `check … | head` has read enough; `bot.__main__` ends it
        raise
    except TableError as error:
        if isinstance(error.__cause__, BrokenPipeError):  # `--csv /dev/stdout | head`, too
            return CLOSED_PIPE
        print(f"check had to stop: {error}.", file=sys.stderr)
    except OSError as error:
        print(f"check had to stop: {error.strerror or error}.", file=sys.stderr)
        if sys.stdout:  # Python flushes at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
