"""Who is an administrator of a group and may change its settings."""

import math
import time

from telegram import Message
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bot.telegram.context import Context

# s that an administrator is remembered; asking costs one of a group's twenty calls a minute.
MEMORY = 60.0
MOMENT = 5.0  # s, for changes of settings, and for those who are none
MOST = 10_000  # remembered at a time


async def is_administrator(
    context: Context, chat_id: int, user_id: int, memory: float = MEMORY
) -> bool:
    """Return whether somebody is an administrator, or was one at most `memory` s ago."""
    known = context.bot_data.administrators
    found, at = known.get((chat_id, user_id), (False, -math.inf))
    if time.monotonic() - at < (memory if found else MOMENT):
        return found
    try:
        member = await context.bot.get_chat_member(chat_id, user_id)
    except BadRequest:  # nobody whom this group knows
        return False
    found = member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)
    if len(known) >= MOST:
        known.clear()
    known[chat_id, user_id] = found, time.monotonic()
    return found


def forget(context: Context, chat_id: int) -> None:
    """Drop what is remembered of the bot's own rights in a group, when they change."""
    context.bot_data.administrators.pop((chat_id, context.bot.id), None)


async def wrote(message: Message, context: Context) -> bool:
    """Return whether an administrator wrote a message, by name or anonymously."""
    if message.sender_chat:  # the group itself, or some channel
        return message.sender_chat.id == message.chat_id
    user = message.from_user
    return user is not None and await is_administrator(context, message.chat_id, user.id)


async def sees_everything(context: Context, chat_id: int) -> bool:
    """Return whether Telegram sends the bot all messages of a group, not only those for it."""
    if (await context.bot.get_me()).can_read_all_group_messages:
        return True
    return await is_administrator(context, chat_id, context.bot.id)
