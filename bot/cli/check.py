"""`check FILE…`: hundreds of files become lines in the terminal, several at a time, in their order.

Judges in the bot's worker processes, so that a file that kills its decoder costs only itself.
"""

import argparse
import asyncio
import io
import json
import os
import sys
import unicodedata
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from itertools import islice
from pathlib import Path

from bot.captions import captions_of
from bot.scale import bar, is_judged
from bot.settings import LANGUAGES, SettingError, Settings
from bot.texts import Texts, texts_for
from bot.worker.pool import Detection, WorkerPool
from inference.drawing.captions import Captions
from inference.errors import DetectionError
from inference.verdict import Label, Verdict, as_json

AHEAD = 4  # answers per process that may wait for a slower file before them
BAR = 30  # characters
STEM = 240  # bytes of a picture's name before its number and `.jpg`; file systems take 255 in all
FILE_HELP = "sound or film; put -- before names that begin with a dash"


class NotFound(DetectionError):
    """There is no such file, or it can't be read."""

    code = "not_found"


Outcome = Detection | DetectionError


def main(arguments: list[str], settings: Settings) -> int:
    """Exit code: 0 when every file was answered, 1 when one could not be, 2 for a wrong call."""
    options = _parse(arguments, settings)
    if options.picture:
        try:
            options.picture.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingError(f"--picture must name a folder to write to: {error}.") from error
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # not every terminal has every letter
    try:
        return asyncio.run(_check(options, settings))
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # `check … | head` has read enough
            print(f"check had to stop: {error}.", file=sys.stderr)
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
    parser.add_argument("--language", choices=LANGUAGES, default=settings.language)
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--jobs", type=int, default=cores, help="files at a time (%(default)s)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if options.minutes is not None and not options.minutes > 0:
        parser.error("--minutes must be more than 0")
    return options


async def _check(options: argparse.Namespace, settings: Settings) -> int:
    texts = texts_for(options.language, settings.language)
    wording = _as_json if options.json else partial(_as_text, drawn=bool(options.picture))
    jobs = min(options.jobs, len(options.files))
    max_seconds = 60.0 * options.minutes if options.minutes else settings.max_seconds
    worker = WorkerPool(settings.model, max_seconds, jobs, jobs)
    bar, failed = _Bar(len(options.files)), 0
    try:
        await worker.start()
        captions = captions_of(texts) if options.picture else None
        async with aclosing(_judge_all(options.files, worker, captions, jobs)) as outcomes:
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


async def _judge_all(
    files: list[str], worker: WorkerPool, captions: Captions | None, jobs: int
) -> AsyncGenerator[tuple[str, Outcome], None]:
    """What becomes of each file, in the order given; `jobs` of them are in memory at a time."""
    waiting, room = iter(files), asyncio.Semaphore(jobs)
    begun: deque[tuple[str, asyncio.Task[Outcome]]] = deque()
    try:
        while True:
            for file in islice(waiting, jobs * AHEAD - len(begun)):
                judging = _judge(Path(file), worker, captions, room)
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
            await asyncio.to_thread(_look, file)
            return await worker.detect(file, captions=captions)
        except DetectionError as error:
            return error


def _look(file: Path) -> None:
    """Whether it can be read; raises NotFound."""
    try:
        if not file.is_file():  # a folder, or a device that never ends
            raise NotFound(f"{file} is no file")
        file.open("rb").close()
    except OSError as error:
        raise NotFound(str(error)) from error


def _keep(picture: bytes, folder: Path, file: str) -> bool:
    """Write a picture beside what is there, never over it; whether that could be done."""
    stem = Path(file).stem
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
