"""While a long note is judged, a message says how far it was heard; the answer replaces it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from telegram import Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.db import updates
from bot.telegram.context import Context, current
from bot.telegram.rate_limiter import FOR_COURTESY
from bot.texts import clock
from bot.worker.process import Progress

FIRST = 2.0  # s after the first sign of progress, which comes a second after the judging began
EVERY, EVERY_IN_GROUPS = 3.0, 10.0  # s between two changes; groups take 20 calls a minute
END_SECONDS = 2.0  # for taking the message away

logger = logging.getLogger(__name__)


@dataclass
class _State:
    heard: float = 0.0  # s
    total: float = 0.0  # s
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, heard: float, total: float) -> None:
        self.heard, self.total = heard, total
        self.begun.set()

    async def is_over(self, seconds: float) -> bool:
        """Whether it is within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.over.wait()
        return self.over.is_set()


@asynccontextmanager
async def shown(message: Message, context: Context) -> AsyncIterator[Progress]:
    """Inside, `message` is being answered; what is yielded is to be called with the progress."""
    state = _State()
    telling = asyncio.create_task(_tell(message, context, state))
    try:
        yield state.tell
    finally:
        state.over.set()
        state.begun.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(telling, END_SECONDS)


async def _tell(message: Message, context: Context, state: _State) -> None:
    """That it fails is no reason not to answer."""
    current.set(None)  # this message is not the answer: until that is sent, the update stays owed
    grouped = message.chat.type != ChatType.PRIVATE
    chat, sent = message.chat_id, context.turn.progress_message_id
    said, pause = "", FIRST
    await state.begun.wait()
    try:
        while not await state.is_over(pause):
            heard, whole = clock(state.heard), clock(state.total)
            words = context.texts.say("chat", "progress", heard=heard, whole=whole)
            if not grouped or context.call_budget.left(message.chat_id) > FOR_COURTESY:
                if sent is None:
                    first = await message.reply_text(words, disable_notification=True)
                    sent = first.message_id
                    await updates.keep_progress(context.store, context.turn.number, sent)
                elif words != said:
                    await context.bot.edit_message_text(words, chat, sent)
                said = words
            pause = EVERY_IN_GROUPS if grouped else EVERY
    except TelegramError as error:
        logger.info("No progress is shown: %s", error)
    finally:
        if sent:
            await state.over.wait()
            with suppress(TelegramError):
                await context.bot.delete_message(chat, sent)
