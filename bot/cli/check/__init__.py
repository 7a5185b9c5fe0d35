"""`check FILE…`: hundreds of files become lines in the terminal, several at a time, in their order.

Judges in the bot's worker processes, so that a file that kills its decoder costs only itself.
"""

import argparse
import asyncio
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.captions import captions_of
from bot.cli.arguments import STANDARD_INPUT
from bot.cli.check.judging import judge_all
from bot.cli.check.keeping import keep
from bot.cli.check.lines import json_line, text_lines
from bot.cli.check.options import parse
from bot.cli.check.progress import Bar
from bot.settings import SettingError, Settings
from bot.texts import texts_for
from bot.worker.pool import WorkerPool
from inference.errors import DetectionError


def main(arguments: list[str], settings: Settings) -> int:
    """Exit code: 0 when every file was answered, 1 when one could not be, 2 for a wrong call."""
    options = parse(arguments, settings)
    if options.picture:
        try:
            options.picture.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            is_file = isinstance(error, FileExistsError)
            why = "is a file" if is_file else f"can't be one ({error.strerror})"
            raise SettingError(
                f"--picture must name a folder to write to; {options.picture} {why}."
            ) from error
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # not every terminal has every letter
    try:
        with _standard_input(options.files) as standard_input:
            return asyncio.run(_check(options, settings, standard_input))
    except BrokenPipeError:  # `check … | head` has read enough; `bot.__main__` ends it
        raise
    except OSError as error:
        print(f"check had to stop: {error.strerror or error}.", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes at its end
        return 1


@contextmanager
def _standard_input(files: list[str]) -> Iterator[Path | None]:
    """A file of what standard input holds, where it is asked for: it may be of any size."""
    if STANDARD_INPUT not in files:
        yield None
        return
    with NamedTemporaryFile(prefix="ouvido-") as kept:
        if sys.stdin:  # None where it was closed
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.flush()
        yield Path(kept.name)


async def _check(
    options: argparse.Namespace, settings: Settings, standard_input: Path | None
) -> int:
    texts = texts_for(options.language, settings.language)
    wording = json_line if options.json else partial(text_lines, drawn=bool(options.picture))
    jobs = min(options.jobs, len(options.files))
    max_seconds = 60.0 * options.minutes if options.minutes else settings.max_seconds
    worker = WorkerPool(settings.model, max_seconds, jobs, jobs)
    files = [(file, _path(file, standard_input)) for file in options.files]
    bar, failed = Bar(len(files)), 0
    try:
        await worker.start()
        captions = captions_of(texts) if options.picture else None
        async with aclosing(judge_all(files, worker, captions, jobs)) as outcomes:
            async for file, outcome in outcomes:
                bar.clear()
                print(wording(file, outcome, texts, worker.max_bytes), flush=True)
                if isinstance(outcome, DetectionError) or (
                    outcome.picture and not keep(outcome.picture, options.picture, file)
                ):
                    failed += 1
                bar.advance()
    finally:
        bar.clear()
        await worker.close()
    return 1 if failed else 0


def _path(file: str, standard_input: Path | None) -> Path:
    return standard_input if standard_input and file == STANDARD_INPUT else Path(file)
