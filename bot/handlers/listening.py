"""Groups that want it: notes are heard without being asked for. Whatever fails, fails silently."""

import logging
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import BaseHandler, MessageHandler, filters

from bot import metrics
from bot.db import answers
from bot.db.tables import Chat
from bot.handlers.notes import NEW, message_of, show
from bot.services import detection, digests
from bot.services.detection import Heard
from bot.telegram import etiquette
from bot.telegram.context import Context, unasked
from bot.telegram.messages import HOLDS_SOUND, Sound, sound_of
from bot.telegram.pace import FOR_COMMANDS
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_group_note(update: Update, context: Context) -> None:
    message, chat = message_of(update), context.group
    sound = sound_of(message)
    if sound is None or chat is None or not etiquette.wants(chat, message):
        return
    unasked.set(True)
    try:
        heard = await detection.hear(sound, context)
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        return
    label, number = heard.verdict.label, message.message_id
    if etiquette.speaks(chat, label) and context.told.first(chat.id, heard.sha256, number):
        try:
            await tell(message, chat, sound, heard, context)
        except (BadRequest, Forbidden, ChatMigrated) as error:
            logger.warning("A group could not be told: %s", error)


async def tell(message: Message, chat: Chat, sound: Sound, heard: Heard, context: Context) -> None:
    """As the group likes it; later, when it sleeps or when too much would be said at once."""
    quiet = etiquette.is_quiet(chat, context.texts.language)
    crowded = context.pace.left(chat.id) <= FOR_COMMANDS
    if chat.manner == "summary" or quiet or crowded:
        await digests.keep(context.store, message, heard, context.texts.language)
        return
    with context.pace.promise(chat.id):
        if chat.manner == "reaction":
            await _react(message, heard, context)
        else:
            # The group has asked: it is nobody's quota, and everybody may press the buttons.
            with context.told.telling(chat.id, message.message_id):
                token = await answers.issue(context.store, heard, sound, chat.id, chat.id)
                await show(message, heard, context, token)


async def _react(message: Message, heard: Heard, context: Context) -> None:
    try:
        await message.set_reaction(etiquette.REACTIONS[heard.verdict.label])
    except BadRequest as error:  # the group allows others only, or none
        logger.info("No reaction: %s", error)
        await digests.keep(context.store, message, heard, context.texts.language)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [MessageHandler(NEW & filters.ChatType.GROUPS & HOLDS_SOUND, on_group_note)]
