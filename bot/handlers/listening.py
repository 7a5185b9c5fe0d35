"""Groups that want it: notes are heard without being asked for. Whatever fails, fails silently."""

import logging
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import BaseHandler, MessageHandler, filters

from bot import metrics
from bot.db import answers, verdicts
from bot.db.tables import ChatRow
from bot.handlers.notes import show
from bot.services import detection, digests
from bot.telegram import group_policy
from bot.telegram.context import Context
from bot.telegram.messages import HOLDS_SOUND, NEW, Sound, asker_of, message_of, sound_of
from bot.telegram.rate_limiter import FOR_COMMANDS
from bot.worker.pool import Detection
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_group_note(update: Update, context: Context) -> None:
    message, chat = message_of(update), context.group
    sound = sound_of(message)
    if sound is None or chat is None or not group_policy.wants(chat, message):
        return
    context.turn.unasked = True
    try:
        found = await detection.detect(sound, context)
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        return
    label, number = found.verdict.label, message.message_id
    replies = context.recent_replies
    if group_policy.speaks(chat, label) and replies.first(chat.id, found.sha256, number):
        try:
            await tell(message, chat, sound, found, context)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            logger.warning("A group could not be told: %s", error)
    else:
        await verdicts.remember(context.store, found, sound)


async def tell(
    message: Message, chat: ChatRow, sound: Sound, found: Detection, context: Context
) -> None:
    """As the group likes it; later, when it sleeps or when too much would be said at once."""
    quiet = group_policy.is_quiet(chat, context.texts.language)
    limited = context.call_budget.left(chat.id) <= FOR_COMMANDS
    sent_at, sender = message.date.timestamp(), asker_of(message)
    in_a_row = context.recent_replies.in_a_row(chat.id, sender, sent_at)
    flooding = chat.reply_mode == "reply" and in_a_row > group_policy.IN_A_ROW
    if chat.reply_mode == "summary" or quiet or limited or flooding:
        await verdicts.remember(context.store, found, sound)
        await digests.keep(context.store, message, found, context.texts.language)
        return
    with context.call_budget.reserve(chat.id):
        if chat.reply_mode == "reaction":
            await verdicts.remember(context.store, found, sound)
            await _react(message, found, context)
        else:
            # The group has asked: it is nobody's quota, and everybody may press the buttons.
            with context.recent_replies.telling(chat.id, message.message_id):
                answer = await answers.give(context.store, found, sound, chat.id, chat.id)
                await show(message, answer, context)


async def _react(message: Message, found: Detection, context: Context) -> None:
    try:
        await message.set_reaction(group_policy.REACTIONS[found.verdict.label])
    except BadRequest as error:  # the group allows others only, or none
        logger.info("No reaction: %s", error)
        await digests.keep(context.store, message, found, context.texts.language)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [MessageHandler(NEW & filters.ChatType.GROUPS & HOLDS_SOUND, on_group_note)]
