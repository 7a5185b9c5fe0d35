"""Updates that are not answered yet, kept in a folder so that a killed bot still answers them.

Telegram forgets an update as soon as it was fetched. A file lives from there to the answer:
`ID.json`, and `ID.retry` from the second start on.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.ext import SimpleUpdateProcessor

from bot.updates import parse

CONCURRENT = 256  # updates; far more than notes, which the worker's places bound

logger = logging.getLogger(__name__)


class Inbox(SimpleUpdateProcessor):
    """Runs the handlers of an update between writing it down and striking it out."""

    def __init__(self, folder: Path) -> None:
        super().__init__(CONCURRENT)
        self._folder = folder / "inbox"
        self._folder.mkdir(exist_ok=True)
        self._at_work: set[asyncio.Task[None]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        note = self._folder / f"{update.update_id}.json"
        retry = note.with_suffix(".retry")
        try:
            if not retry.exists():
                note.write_text(update.to_json(), encoding="utf-8")
        except OSError as error:  # a full disk is no reason not to answer
            logger.warning("Update %s can't be kept: %s", update.update_id, error)
        answering = asyncio.ensure_future(coroutine)
        self._at_work.add(answering)
        try:
            await answering
        finally:
            self._at_work.discard(answering)
            if not answering.cancelled():  # else the next start answers it
                note.unlink(missing_ok=True)
                retry.unlink(missing_ok=True)

    async def leave(self) -> None:
        """Give up what is being answered; the next start does it."""
        for answering in self._at_work:
            answering.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    def left_over(self, bot: Bot) -> list[Update]:
        """What a killed bot owes. Each is tried once more only: it may be what killed the bot."""
        for note in self._folder.glob("*.retry"):
            logger.warning("Update %s is given up after two tries", note.stem)
            note.unlink()
        updates = []
        notes = [note for note in self._folder.glob("*.json") if note.stem.isdigit()]
        for note in sorted(notes, key=lambda note: int(note.stem)):
            try:
                updates.append(parse(json.loads(note.read_text(encoding="utf-8")), bot))
                note.rename(note.with_suffix(".retry"))
            except ValueError as error:  # killed in the middle of writing
                logger.warning("%s can't be read: %s", note.name, error)
                note.unlink()
        return updates
