"""The last resort: first into the log, then one sentence to whoever waits."""

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import metrics
from bot.context import Context, unasked
from bot.handlers import guest
from bot.inbox import GivenUp, postpone
from bot.taps import toast
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    if isinstance(context.error, Forbidden):
        logger.warning("Nobody is there to be answered: %s", context.error)  # we were blocked
        return
    if isinstance(context.error, NetworkError | RetryAfter) and not isinstance(
        context.error, BadRequest
    ):
        logger.warning("Telegram is out of reach: %s; answered later", context.error)
        postpone()
        return
    metrics.ERRORS.labels(DetectionError.code).inc()
    logger.error("An update could not be answered", exc_info=context.error)
    message = update.effective_message if isinstance(update, Update) else None
    silent = unasked.get() or isinstance(context.error, TelegramError)
    # In a group most of what we were too late for was not for us.
    late = isinstance(context.error, GivenUp) and message and message.chat.type != ChatType.PRIVATE
    if message is None or silent or late:
        return  # nobody waits, or we may not write there, or Telegram refuses what we say
    assert isinstance(update, Update)
    sentence = context.texts.error(DetectionError.code, context.worker.max_bytes)
    if message.guest_query_id:
        await guest.answer(message, sentence, context)
    elif update.callback_query:
        await toast(update.callback_query, sentence, alert=True)
    else:
        await message.reply_text(sentence)
