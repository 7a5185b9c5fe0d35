"""The loop: input after input by its number, what it found, and where it stands."""

import asyncio
import hashlib
import json
import logging
import os
import tempfile
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError

from bot.worker.pool import WorkerPool
from tests.fuzz import cards, files, page, updates
from tests.fuzz.watch import Costs, Hang, Watch, limited

# Of a hundred inputs. A decoder costs 50 ms, the model 200, all others about 5.
MIX = {"parse": 32, "decode": 15, "judge": 2, "page": 16, "update": 22, "card": 10, "table": 3}
WORKER_PEAK = 900 * 1024  # KiB; half of it is the model and a note of five minutes

# What may be logged of an update that has not the form of Telegram's, before the next one.
TOLD = (
    "bot.handlers.errors: An update could not be answered",
    "telegram.ext.Application: Error while building CallbackContext",
    "telegram.ext.Application: An error was raised and an uncaught error was raised",
    "bot.updates.inbox: Update",  # stays owed, and is given up after ten starts
)
NO_HTTP = (HttpProcessingError, RequestPayloadError)


@dataclass(frozen=True)
class Find:
    """An input that did what none may."""

    number: int
    kind: str
    what: str  # the exception, or what was seen


@dataclass
class Result:
    """What a run has done so far."""

    done: int = 0
    answers: Counter[str] = field(default_factory=Counter)  # "decode sound", "page 400", …
    finds: list[Find] = field(default_factory=list)
    costs: Costs = field(default_factory=Costs)


class _Errors(logging.Handler):
    """What was logged at ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if record.name == "aiohttp.server" and isinstance(error, NO_HTTP):
            return  # aiohttp's own answer to what is no HTTP
        trace = "".join(traceback.format_exception(record.exc_info[1])) if record.exc_info else ""
        self.lines.append(f"{record.name}: {record.getMessage()[:500]}\n{trace[-2_500:]}")


class Fuzzer:
    """All targets, ready; `input` runs one."""

    def __init__(
        self, seed: int, watch: Watch, pool: WorkerPool, site: page.Site, talk: updates.Talk,
        errors: _Errors, folder: Path,
    ) -> None:  # fmt: skip
        self._seed, self._watch, self._pool = seed, watch, pool
        self._site, self._talk, self._errors, self._folder = site, talk, errors, folder

    def kind(self, number: int) -> str:
        return self._random(number).choices(list(MIX), list(MIX.values()))[0]

    async def input(self, number: int, result: Result) -> None:
        """Run the input of this number; a find is added to the result."""
        kind = self.kind(number)
        self._errors.lines.clear()
        try:
            with limited(self._watch, result.costs, number, kind):
                answer = await self._run(kind, self._random(number, kind))
            result.answers[f"{kind} {answer}"] += 1
        except (Exception, Hang) as error:
            logged = "".join(self._errors.lines[:2])
            what = logged + "".join(traceback.format_exception(error))[-3_000:]
            result.finds.append(Find(number, kind, what))
        result.done += 1

    async def _run(self, kind: str, random: Random) -> str:
        match kind:
            case "parse":
                return files.parse(random)
            case "decode":
                return files.decode(random)
            case "judge":
                answer = await files.judge(random, self._pool)
                assert _peak(self._pool) < WORKER_PEAK, f"{_peak(self._pool)} KiB in the worker"
                return answer
            case "page":
                answer = await self._site.ask(random)
            case "card":
                return random.choice(cards.READERS)(random)
            case "table":
                return cards.table(random, self._folder)
            case _:
                answer, formed = await self._talk.tell(random)
                if not formed:  # Telegram sends none: a line in the log, and the next one
                    lost = [line for line in self._errors.lines if not line.startswith(TOLD)]
                    assert not lost, lost[0]
                    return f"{answer} of another form"
        assert not self._errors.lines, self._errors.lines[0]
        return answer

    def _random(self, number: int, kind: str = "") -> Random:
        # Independent of Python's hash seed and of all other inputs.
        name = hashlib.sha256(f"{self._seed}:{number}:{kind}".encode()).digest()
        return Random(name)


@asynccontextmanager
async def fuzzer(seed: int) -> AsyncIterator[Fuzzer]:
    """Everything that the targets need, in folders of its own."""
    errors = _Errors()
    before = Path.cwd()
    async with AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folders = [scratch / name for name in ("watched", "tables", "uploads")]
        for folder in folders:
            folder.mkdir()
        watch = Watch(folders[0])
        stack.callback(watch.close)
        stack.callback(os.chdir, before)
        pool = WorkerPool(model=None, max_seconds=files.MAX_SECONDS, processes=1, places=20)
        await pool.start()
        stack.push_async_callback(pool.close)
        site = await stack.enter_async_context(page.site(folders[2]))
        talk = await stack.enter_async_context(updates.talk())
        logging.getLogger().addHandler(errors)
        stack.callback(logging.getLogger().removeHandler, errors)
        watch.seen()
        yield Fuzzer(seed, watch, pool, site, talk, errors, folders[1])


async def run(
    seed: int, numbers: Iterable[int], result: Result, told: Callable[[Result], None]
) -> None:
    """Run inputs; `told` is called after each."""
    async with fuzzer(seed) as ready:
        result.costs.measure()
        for number in numbers:
            await ready.input(number, result)
            told(result)
            await asyncio.sleep(0)


def _peak(pool: WorkerPool) -> int:
    """KiB that the largest worker process has held."""
    status = [Path(f"/proc/{number}/status").read_text() for number in pool.processes]
    peaks = [line.split()[1] for text in status for line in text.splitlines() if "VmHWM" in line]
    return max(map(int, peaks), default=0)


def save(result: Result, path: Path) -> None:
    """Where a run stands, for the next call."""
    costs = result.costs
    facts = {
        "done": result.done,
        "finds": [[find.number, find.kind, find.what] for find in result.finds],
        "slowest": costs.slowest,
        "peaks": costs.peaks,
        "memory": {"decoder": costs.child, "own": costs.own},
        "answers": dict(sorted(result.answers.items())),
    }
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(facts, indent=1) + "\n")
    unfinished.replace(path)


def load(path: Path) -> Result:
    """Where a run stood; an empty result where none was."""
    if not path.exists():
        return Result()
    facts = json.loads(path.read_text())
    costs = Costs(
        [(seconds, number, kind) for seconds, number, kind in facts["slowest"]],
        [(size, number, kind) for size, number, kind in facts["peaks"]],
        facts["memory"]["decoder"],
        facts["memory"]["own"],
    )
    finds = [Find(*find) for find in facts["finds"]]
    return Result(facts["done"], Counter(facts["answers"]), finds, costs)
