"""`check FILE…`: hundreds of files become lines in the terminal, several at a time, in their order.

Judges in the bot's worker processes, so that a file that kills its decoder costs only itself.
"""

import argparse
import asyncio
import io
import json
import os
import shutil
import sys
import unicodedata
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.captions import captions_of
from bot.cli.arguments import STANDARD_INPUT, as_language, look
from bot.scale import bar, is_judged
from bot.settings import SettingError, Settings
from bot.texts import LANGUAGES, Texts, texts_for
from bot.worker.pool import Detection, WorkerPool
from inference.drawing.captions import Captions
from inference.errors import DetectionError
from inference.verdict import Label, Verdict, as_json

AHEAD = 4  # answers per process that may wait for a slower file before them
BAR = 30  # characters
STEM = 240  # bytes of a picture's name before its number and `.jpg`; file systems take 255 in all
FILE_HELP = "sound or film; - reads standard input; put -- before names that begin with a dash"


Outcome = Detection | DetectionError


def main(arguments: list[str], settings: Settings) -> int:
    """Exit code: 0 when every file was answered, 1 when one could not be, 2 for a wrong call."""
    options = _parse(arguments, settings)
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


def _parse(arguments: list[str], settings: Settings) -> argparse.Namespace:
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
    wording = _as_json if options.json else partial(_as_text, drawn=bool(options.picture))
    jobs = min(options.jobs, len(options.files))
    max_seconds = 60.0 * options.minutes if options.minutes else settings.max_seconds
    worker = WorkerPool(settings.model, max_seconds, jobs, jobs)
    files = [(file, _path(file, standard_input)) for file in options.files]
    bar, failed = _Bar(len(files)), 0
    try:
        await worker.start()
        captions = captions_of(texts) if options.picture else None
        async with aclosing(_judge_all(files, worker, captions, jobs)) as outcomes:
            async for file, outcome in outcomes:
                bar.clear()
                print(wording(file, outcome, texts, worker.max_bytes), flush=True)
                if isinstance(outcome, DetectionError) or (
                    outcome.picture and not _keep(outcome.picture, options.picture, file)
                ):
                    failed += 1
                bar.advance()
    finally:
        bar.clear()
        await worker.close()
    return 1 if failed else 0


def _path(file: str, standard_input: Path | None) -> Path:
    return standard_input if standard_input and file == STANDARD_INPUT else Path(file)


async def _judge_all(
    files: list[tuple[str, Path]], worker: WorkerPool, captions: Captions | None, jobs: int
) -> AsyncGenerator[tuple[str, Outcome], None]:
    """What becomes of each file, in the order given; `jobs` of them are in memory at a time."""
    waiting, room = iter(files), asyncio.Semaphore(jobs)
    begun: deque[tuple[str, asyncio.Task[Outcome]]] = deque()
    try:
        while True:
            for file, path in islice(waiting, jobs * AHEAD - len(begun)):
                judging = _judge(path, worker, captions, room)
                begun.append((file, asyncio.create_task(judging)))
            if not begun:
                return
            file, task = begun[0]
            yield file, await task
            begun.popleft()
    finally:
        for _, task in begun:
            task.cancel()
        await asyncio.gather(*(task for _, task in begun), return_exceptions=True)


async def _judge(
    file: Path, worker: WorkerPool, captions: Captions | None, room: asyncio.Semaphore
) -> Outcome:
    async with room:
        try:
            await asyncio.to_thread(look, file)
            return await worker.detect(file, captions=captions)
        except DetectionError as error:
            return error


def _keep(picture: bytes, folder: Path, file: str) -> bool:
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
            print(f"The picture {_printable(name)} can't be kept: {error}.", file=sys.stderr)
            return False
        else:
            return True


def _as_json(file: str, outcome: Outcome, texts: Texts, max_bytes: int) -> str:
    if isinstance(outcome, DetectionError):
        message = texts.error(outcome.code, max_bytes)
        line: dict[str, object] = {
            "file": file,
            "error": {"code": outcome.code, "message": message},
        }
    else:
        line = {"file": file, **as_json(outcome.verdict)}
    return json.dumps(line)  # in ASCII: a name may be no text in any encoding


def _as_text(file: str, outcome: Outcome, texts: Texts, max_bytes: int, drawn: bool) -> str:
    if isinstance(outcome, DetectionError):
        text = texts.error(outcome.code, max_bytes)
    else:
        text = _answer(outcome.verdict, texts)
        if drawn and outcome.verdict.label is Label.SYNTHETIC:
            text += f"\n\n{texts.marks(outcome.verdict)}"
    lines = [f"  {line}" if line else "" for line in text.splitlines()]
    return "\n".join([_printable(file), *lines, ""])


def _answer(verdict: Verdict, texts: Texts) -> str:
    """The words of a caption and, beneath the answer, what its picture would show."""
    said = texts.verdict(verdict)
    if not is_judged(verdict):
        return said
    lines = said.split("\n")
    beneath = lines.index(texts.headline(verdict)) + 1
    ends = texts.say("page", "person"), texts.say("page", "machine")
    lines.insert(beneath, f"{ends[0]} {bar(verdict)} {ends[1]}")
    return "\n".join(lines)


def _printable(name: str) -> str:
    """A file's name without what would steer the terminal or is no text."""
    return "".join(
        letter.encode("unicode_escape").decode()
        if unicodedata.category(letter)[0] == "C"
        else letter
        for letter in name
    )


class _Bar:
    """How far we are, on a terminal only; below the lines, on stderr."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = sys.stderr.isatty() and total > 1

    def advance(self) -> None:
        self._done += 1
        if self._shown:
            full = BAR * self._done // self._total
            bar = "█" * full + "░" * (BAR - full)
            print(f"\r{bar} {self._done}/{self._total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
