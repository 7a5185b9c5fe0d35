"""The last resort: first into the log, then one sentence to whoever waits."""

import logging
import re

from sqlalchemy.exc import SQLAlchemyError
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot import metrics
from bot.db.store import is_out_of_reach
from bot.handlers import guest
from bot.services import batches
from bot.telegram.callbacks import toast
from bot.telegram.context import Context
from bot.telegram.messages import sound_of
from bot.updates.inbox import GivenUp
from inference.errors import DetectionError

# How Telegram says that we may not write there, or that there is nobody any more. All other bad
# requests are mistakes of ours.
REFUSALS = re.compile(
    r"rights|forbidden|chat not found|thread not found|topic.(closed|deleted)|deactivated"
    r"|chat_(restricted|admin_required)|channel_private",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


def refuses_us(error: BaseException | None) -> bool:
    """Whether Telegram keeps us from writing somewhere, whatever we write."""
    if isinstance(error, BadRequest):
        return bool(REFUSALS.search(error.message))
    return isinstance(error, Forbidden)


async def on_error(update: object, context: Context) -> None:
    query = update.callback_query if isinstance(update, Update) else None
    if refuses_us(context.error):
        logger.warning("Telegram lets nothing be said there: %s", context.error)
        if query:
            await toast(query, context.texts.say("buttons", "muted"), alert=True)
        return
    if isinstance(context.error, ChatMigrated):
        logger.info("A group has become a supergroup; what was asked of its old number is over")
        if query:
            await toast(query, context.texts.say("buttons", "stale"))
        return
    if isinstance(context.error, RetryAfter):
        logger.warning("%s; answered later", context.error)
        context.turn.postponed = True
        return
    if isinstance(context.error, NetworkError) and not isinstance(context.error, BadRequest):
        logger.warning("Telegram is out of reach: %s; answered later", context.error)
        context.turn.postponed = True
        return
    if is_out_of_reach(context.error) and not context.store.is_sqlite:
        logger.warning("The database is out of reach; answered later")
        context.turn.postponed = True
        return
    metrics.ERRORS.labels(DetectionError.code).inc()
    logger.error("An update could not be answered", exc_info=context.error)
    message = update.effective_message if isinstance(update, Update) else None
    silent = context.turn.unasked or isinstance(context.error, TelegramError)
    # In a group most of what we were too late for was not for us.
    late = isinstance(context.error, GivenUp) and message and message.chat.type != ChatType.PRIVATE
    if message is None or silent or late:
        return  # nobody waits, or we may not write there, or Telegram refuses what we say
    assert isinstance(update, Update)
    if update.business_message:
        return  # an answer would go to a customer of the account
    sentence = context.texts.error(DetectionError.code, context.max_bytes)
    if message.guest_query_id:
        await guest.answer(message, sentence, context)
    elif query:
        await toast(query, sentence, alert=True)
    else:
        await _count(message, context)
        await message.reply_text(sentence)


async def _count(message: Message, context: Context) -> None:
    """A note that failed counts among those that were sent with it, if the database is there."""
    if message.chat.type == ChatType.PRIVATE and (sound := sound_of(message)):
        try:
            await batches.keep(message, sound, DetectionError.code, context)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("A note is missing in a summary: %s", error)
