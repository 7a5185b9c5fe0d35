"""Before all other handlers: who is let in, and when. Every update passes here, whatever it is."""

import logging
import time

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.db import quotas
from bot.db.access import Standing
from bot.handlers import guest
from bot.services import batches
from bot.telegram.context import Context
from bot.telegram.messages import sound_of
from bot.updates.content import holds_note

# What everybody may ask at any time, as a command or as the beginning of a button's data.
RIGHTS = ("privacy", "mydata", "forget")
QUIET_SECONDS = {"closed": 3600, "quota": 3600, "maintenance": 600}  # until it is said again
REMEMBERED = 10_000  # chats that were told something
ALERT = 200  # characters that Telegram shows for a button

logger = logging.getLogger(__name__)


async def guard(update: Update, context: Context) -> None:
    """Let an update through to the handlers, or end it here, with a sentence or without one."""
    if update.business_message or update.business_connection:
        return  # who asks is the account's owner: `bot.handlers.business` lets them in
    user, sender, chat = update.effective_user, update.effective_sender, update.effective_chat
    if chat and chat.is_direct_messages:  # what we say there would be the channel's own word
        raise ApplicationHandlerStop
    if user and user.id in context.settings.operators:
        return
    if context.standing is Standing.BLOCKED:
        await _refuse(update, context, None)
    if _is_a_right(update):
        return
    limited = context.settings.minutes_per_hour or context.settings.minutes_per_hour_chat
    asker = sender.id if limited and sender and holds_note(update.to_dict()) else None
    # The chat of a guest may have the number of one that we know.
    where = chat.id if chat and not update.guest_message else asker
    if refused := await refusal(context, asker, where):
        if refused[0] == "quota" and (note := _private_note(update)) and (sound := sound_of(note)):
            await batches.keep(note, sound, batches.OVER_QUOTA, context)
        await _refuse(update, context, *refused)


async def refusal(
    context: Context, asker: int | None = None, chat: int | None = None
) -> tuple[str, str] | None:
    """Return why nothing is answered now, as a key and in words; None where it is.

    `asker` and `chat` are whose minutes of sound count; None where none is to be heard.
    """
    say, settings = context.texts.say, context.settings
    if settings.access == "allowed" and context.standing is not Standing.ALLOWED:
        return "closed", say("gate", "closed")
    if context.maintained:
        return "maintenance", context.maintained.message or say("gate", "maintenance")
    if asker is not None and chat is not None:
        opens = await quotas.opens_at(context.store, settings, asker, chat)
        if opens:
            minutes = max(1, round((opens - time.time()) / 60))
            return "quota", say("gate", "quota", minutes=minutes)
    return None


def _private_note(update: Update) -> Message | None:
    """The message of an update, if it may be one of the notes that are summed up."""
    message = update.message
    return message if message and message.chat.type == ChatType.PRIVATE else None


async def shut(update: object, context: Context) -> None:
    """After a mistake nobody else handles the update: the mistake may have been the gate's."""
    raise ApplicationHandlerStop


async def _refuse(update: Update, context: Context, reason: str | None, words: str = "") -> None:
    """End it; who asked for something is told why, but not again and again."""
    try:
        await _tell(update, context, reason, words)
    except TelegramError as error:  # an old button, a group that we may not write to
        logger.info("A refusal could not be told: %s", error)
    raise ApplicationHandlerStop


async def _tell(update: Update, context: Context, reason: str | None, words: str) -> None:
    message, query = update.effective_message, update.callback_query
    if query:
        await query.answer(words[:ALERT] or None, show_alert=bool(words))
    elif (
        reason and message and _asks(update, context) and is_news(context, message.chat_id, reason)
    ):
        if message.guest_query_id:
            await guest.answer(message, words, context)
        else:
            await message.reply_text(words)


def _asks(update: Update, context: Context) -> bool:
    """Whether somebody wants something of us. In groups, most of what is said is not for us."""
    message = update.message
    if update.guest_message:
        return True
    if message is None:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    words, name = (message.text or message.caption or "").lower(), context.bot.username.lower()
    command, _, addressed = words.partition(" ")[0].partition("@")
    return (command.startswith("/") and addressed in ("", name)) or f"@{name}" in words


def is_news(context: Context, chat: int, reason: str) -> bool:
    """Whether this was not said in this chat a while ago."""
    said = context.bot_data.refused
    now = time.monotonic()
    if (before := said.pop((chat, reason), None)) and now - before < QUIET_SECONDS[reason]:
        said[chat, reason] = before
        return False
    said[chat, reason] = now
    if len(said) > REMEMBERED:
        said.popitem(last=False)
    return True


def _is_a_right(update: Update) -> bool:
    query, message = update.callback_query, update.message
    if query:
        return (query.data or "").partition(":")[0] in RIGHTS
    words = (message.text or "").split() if message else []
    return bool(words) and words[0].lower().partition("@")[0] in {f"/{name}" for name in RIGHTS}
