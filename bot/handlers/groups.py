"""Groups: the bot comes and goes, is called by its name, and listens by itself where it may."""

import logging
import math
from typing import Any

from telegram import (
    ChatMember,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.db import chats
from bot.handlers.notes import judge
from bot.telegram.administrators import forget
from bot.telegram.context import Context
from bot.telegram.messages import NEW, asker_of, message_of, sound_of
from bot.views import no_sound

logger = logging.getLogger(__name__)

QUITE_NEW = 24 * 3600  # s; a group that took the bot out and in again knows how it works


async def on_membership(update: Update, context: Context) -> None:
    """The bot was taken into a group or channel, or out of it."""
    change = update.my_chat_member
    assert change is not None
    if change.chat.type == ChatType.CHANNEL:
        if _belongs(change.new_chat_member) and not _belongs(change.old_chat_member):
            await _decline(change, context)
        return
    if change.chat.type not in ("group", "supergroup"):
        return
    forget(context, change.chat.id)
    before, now = _belongs(change.old_chat_member), _belongs(change.new_chat_member)
    if before and not now:
        left_at = int(change.date.timestamp())
        await chats.change(context.store, change.chat.id, left_at=left_at)
    elif now and not before:
        await _arrive(change, context)


async def _arrive(change: ChatMemberUpdated, context: Context) -> None:
    await chats.change(context.store, change.chat.id, left_at=None)
    known = context.group  # as it was before
    if known and change.date.timestamp() - (known.left_at or math.inf) < QUITE_NEW:
        return
    say = context.texts.say
    button = InlineKeyboardButton(say("groups", "button_settings"), callback_data="set:open")
    await context.bot.send_message(
        change.chat.id, say("groups", "greeting"), reply_markup=InlineKeyboardMarkup([[button]])
    )


async def _decline(change: ChatMemberUpdated, context: Context) -> None:
    """A channel is not answered: all its readers would take that for the channel's own word.

    Whoever made the bot its administrator is told so, in private where they have begun a chat.
    """
    words = context.texts.say("groups", "channel")
    for chat_id in (change.from_user.id, change.chat.id):
        try:
            await context.bot.send_message(chat_id, words, disable_notification=True)
        except (BadRequest, Forbidden) as error:
            logger.info("A channel's administrator could not be told: %s", error)
        else:
            return


def _belongs(member: ChatMember) -> bool:
    """A restricted member may have left."""
    return member.status in ("member", "administrator", "creator") or bool(
        member.status == "restricted" and getattr(member, "is_member", False)
    )


async def on_moved(update: Update, context: Context) -> None:
    """A group became a supergroup. Both say so; whichever comes first is heeded."""
    message = message_of(update)
    if message.migrate_to_chat_id:
        await chats.move(context.store, message.chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await chats.move(context.store, message.migrate_from_chat_id, message.chat_id)


async def on_mention(update: Update, context: Context) -> None:
    """ "@bot" in reply to a note, or in the words under one, is `/check`."""
    message = message_of(update)
    asker = asker_of(message)
    for note in (message.reply_to_message, message.external_reply, message):
        if note and (sound := sound_of(note)):
            beneath = note if isinstance(note, Message) else message
            await judge(beneath, sound, context, asker, message)
            return
    kind = no_sound.kind_of(message.reply_to_message or message.external_reply, context.bot.id)
    if kind is None or kind == "text":  # people may just be talking about us
        await message.reply_text(context.texts.say("groups", "mention"))
    else:
        await message.reply_text(no_sound.words(kind, context.texts))


class _Calls(filters.MessageFilter):
    """Messages that name the bot, or say `/check` in the words under a note."""

    def filter(self, message: Message) -> bool:
        bot = message.get_bot()
        names = {f"@{bot.username}".lower()}
        under = {"/check", f"/check@{bot.username}".lower()}
        kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
        found = message.parse_entities(kinds)
        found |= message.parse_caption_entities([*kinds, MessageEntity.BOT_COMMAND])
        return any(
            entity.user.id == bot.id if entity.user else name.lower() in names | under
            for entity, name in found.items()
        )


IN_GROUP = NEW & filters.ChatType.GROUPS


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(NEW & filters.StatusUpdate.MIGRATE, on_moved),
        MessageHandler(IN_GROUP & ~filters.COMMAND & _Calls(), on_mention),
    ]
