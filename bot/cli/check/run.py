"""One run of `check`: what is left to do is judged, told and kept, and counted at the end."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

from bot.captions import captions_of
from bot.cli.check.inputs import Input, PassedOver, inputs, is_folder
from bot.cli.check.judging import Outcome, judge_all
from bot.cli.check.keeping import Tree, keep_picture
from bot.cli.check.lines import json_line, printable, text_lines
from bot.cli.check.progress import Bar
from bot.cli.check.table import Table
from bot.settings import Settings
from bot.texts import texts_for
from bot.worker.pool import Detection, WorkerPool
from inference.errors import DetectionError


class Run:
    """Judges everything that was given, but for what has a row in the table."""

    def __init__(
        self,
        options: argparse.Namespace,
        settings: Settings,
        table: Table | None,
        tree: Tree | None,
        standard_input: Path | None,
    ) -> None:
        self._options, self._settings = options, settings
        self._table, self._tree = table, tree
        self._standard_input = standard_input
        self._texts = texts_for(options.language or settings.language, settings.language)
        self._heard = self._failed = self._passed_over = self._done_before = 0

    async def judge(self) -> int:
        """The exit code."""
        total = left = 0
        for file in self._inputs():
            total += 1
            left += self._is_left(file)
        self._done_before = total - left
        bar = Bar(total, self._done_before)
        try:
            if left:
                await self._judge(min(self._options.jobs, left), bar)
        except asyncio.CancelledError:  # by Ctrl-C
            bar.clear()
            if self._table:
                print(self._texts.say("check", "stopped"), file=sys.stderr)
            raise
        bar.clear()
        if self._table or any(map(is_folder, self._options.files)):
            print(self._summary(), file=sys.stderr)
        failed_before = self._table.failed if self._table else 0
        nothing = not self._heard + self._done_before
        return 1 if self._failed or failed_before or nothing else 0

    async def _judge(self, jobs: int, bar: Bar) -> None:
        worker = WorkerPool(self._settings.model, self._settings.max_seconds, jobs, jobs)
        try:
            await worker.start()
            drawn = self._options.picture or self._tree
            captions = captions_of(self._texts) if drawn else None
            left = filter(self._is_left, self._inputs())
            async with aclosing(judge_all(left, worker, captions, jobs)) as outcomes:
                async for file, outcome in outcomes:
                    bar.clear()
                    await self._tell(file, outcome, worker)
                    bar.advance()
        finally:
            bar.clear()
            await worker.close()

    def _inputs(self) -> Iterator[Input]:
        written = (self._options.csv, self._options.out, self._options.picture)
        ours = {path.absolute() for path in written if path}
        return inputs(self._options.files, self._standard_input, ours)

    def _is_left(self, file: Input) -> bool:
        return self._table is None or not self._table.has(file.name)

    async def _tell(self, file: Input, outcome: Outcome, worker: WorkerPool) -> None:
        if isinstance(outcome, PassedOver):
            self._passed_over += 1
            why = self._texts.say("check", outcome)
            print(f"{printable(file.name)}: {why}", file=sys.stderr)
            return
        drawn = bool(self._options.picture or self._tree)
        if self._options.json:
            print(json_line(file.name, outcome, self._texts, worker.max_bytes), flush=True)
        elif not self._table:
            text = text_lines(file.name, outcome, self._texts, worker.max_bytes, drawn)
            print(text, flush=True)
        if isinstance(outcome, DetectionError):
            self._failed += 1
        elif not drawn or await asyncio.to_thread(self._keep, file.name, outcome, worker.model):
            self._heard += 1
        else:
            self._failed += 1
            return  # without a row it is judged again when what is in the way is gone
        if self._table:
            self._table.add(file.name, outcome)

    def _keep(self, name: str, found: Detection, model: str) -> bool:
        kept = True
        if self._options.picture and found.picture:
            kept = keep_picture(found.picture, self._options.picture, name)
        if self._tree:
            kept = self._tree.keep(name, found, model, self._texts) and kept
        return kept

    def _summary(self) -> str:
        return self._texts.say(
            "check",
            "summary",
            heard=self._heard,
            failed=self._failed,
            passed=self._passed_over,
            before=self._done_before,
        )
