"""Telegram Business: recordings that come into the chats of an account which connected the bot.

Its owner is answered in the private chat with the bot. Nothing is ever written into the account's
own chats, so that the connection needs no right but to be there.
"""

import logging
from typing import Any

from telegram import BusinessConnection, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, BusinessConnectionHandler, MessageHandler, filters

from bot import metrics
from bot.db import access, answers
from bot.db.access import Standing
from bot.db.tables import Person
from bot.handlers.gate import is_news, refusal
from bot.handlers.notes import show
from bot.services import detection
from bot.telegram.context import Context, current
from bot.telegram.messages import PRIVATE, Sound, message_of, sound_of
from bot.texts import texts_for
from bot.views import no_sound
from inference.errors import DetectionError

REMEMBERED = 10_000  # connections
LONGEST_NAME = 64  # characters

logger = logging.getLogger(__name__)


async def on_connection(update: Update, context: Context) -> None:
    """An account connected the bot, changed what it may do, or disconnected it."""
    connection = update.business_connection
    assert connection is not None
    before = context.bot_data.connections.get(connection.id)
    _remember(connection, context)
    if connection.is_enabled and not (before and before.is_enabled):
        await _be_owner(connection, context)
        if await _lets_in(connection, context):
            await _tell(connection, context.texts.say("business", "connected"), context)


async def on_manage(update: Update, context: Context) -> None:
    """The owner pressed the bar above a connected chat: `/start bizChat` and that chat's number."""
    await message_of(update).reply_text(context.texts.say("business", "connected"))


async def on_message(update: Update, context: Context) -> None:
    """Judge what a customer recorded, and what the owner replies `/check` to; tell the owner."""
    message = update.business_message
    assert message is not None
    connection = await _connection(message, context)
    if connection is None or not connection.is_enabled or message.from_user is None:
        return
    asked = message.from_user.id == connection.user.id
    note = _checked(message, context) if asked else message
    if note is None:
        return
    context.turn.unasked = not asked
    await _be_owner(connection, context)
    sound = sound_of(note) if asked else note.voice or note.video_note or note.audio
    if sound:
        if await _lets_in(connection, context, hears=True):
            await _judge(note, sound, connection, context)
    elif asked:
        kind = no_sound.kind_of(note, context.bot.id) or "expired"
        await _tell(connection, no_sound.words(kind, context.texts), context)


async def _judge(
    note: Message, sound: Sound, connection: BusinessConnection, context: Context
) -> None:
    owner, chat = connection.user.id, connection.user_chat_id
    try:
        found = await detection.detect(sound, context)
    except DetectionError as error:
        metrics.ERRORS.labels(error.code).inc()
        if not context.turn.unasked:
            words = context.texts.error(error.code, context.max_bytes)
            await _tell(connection, words, context)
        return
    answer = await answers.give(context.store, found, sound, chat, owner)
    await show(await _title(note, connection, context), answer, context)


async def _title(note: Message, connection: BusinessConnection, context: Context) -> Message:
    """A line that says whose recording is answered beneath it."""
    name = note.from_user.full_name if note.from_user else ""
    words = context.texts.say("business", "note", name=name[:LONGEST_NAME])
    turn = current.set(None)  # until the answer is sent, the update stays owed
    try:
        return await _tell(connection, words, context, silently=True)
    finally:
        current.reset(turn)


async def _tell(
    connection: BusinessConnection, words: str, context: Context, silently: bool = False
) -> Message:
    chat = connection.user_chat_id
    return await context.bot.send_message(chat, words, disable_notification=silently)


def _checked(message: Message, context: Context) -> Message | None:
    """Return what the owner replies `/check` to, or None."""
    command, _, bot = (message.text or "").strip().lower().partition("@")
    if command != "/check" or bot not in ("", context.bot.username.lower()):
        return None
    return message.reply_to_message


async def _connection(message: Message, context: Context) -> BusinessConnection | None:
    """Return the connection that a message came by; of one that is unknown Telegram is asked."""
    number = message.business_connection_id or ""
    if known := context.bot_data.connections.get(number):
        return known
    try:
        found = await context.bot.get_business_connection(number)
    except BadRequest as error:  # disconnected meanwhile
        logger.info("A business connection is gone: %s", error)
        return None
    _remember(found, context)
    return found


def _remember(connection: BusinessConnection, context: Context) -> None:
    known = context.bot_data.connections
    known[connection.id] = connection
    known.move_to_end(connection.id)
    if len(known) > REMEMBERED:
        known.popitem(last=False)


async def _be_owner(connection: BusinessConnection, context: Context) -> None:
    """From here on language and standing are those of the account's owner."""
    owner = connection.user
    async with context.store.session() as session:
        context.person = await session.get(Person, owner.id)
        context.standing = await access.standing(session, {owner.id})
    chosen = context.person.language if context.person else None
    context.texts = texts_for(chosen or owner.language_code, context.settings.language)


async def _lets_in(connection: BusinessConnection, context: Context, hears: bool = False) -> bool:
    """Return whether the owner is served now; who is not is told why, once in a while."""
    owner, chat = connection.user.id, connection.user_chat_id
    if owner in context.settings.operators:
        return True
    if context.standing is Standing.BLOCKED:
        return False
    refused = await refusal(context, owner if hears else None, chat)
    if refused and is_news(context, chat, refused[0]):
        await _tell(connection, refused[1], context)
    return refused is None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Before the links: their `/start` may be as long as that of the bar above a chat."""
    manage = filters.Regex(r"^/start(@\w+)? bizChat\d+$")
    return [
        BusinessConnectionHandler(on_connection),
        MessageHandler(filters.UpdateType.BUSINESS_MESSAGE, on_message),
        MessageHandler(PRIVATE & manage, on_manage),
    ]
