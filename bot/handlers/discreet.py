"""Groups that want it: whoever asks sees the answer, and nobody is accused before the others."""

import logging

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.caption import caption
from bot.db import answers
from bot.services import detection
from bot.services.detection import Heard
from bot.telegram import links
from bot.telegram.context import Context
from bot.telegram.messages import Sound

logger = logging.getLogger(__name__)


async def answer(
    message: Message, heard: Heard, sound: Sound, asker: int, context: Context
) -> None:
    """A whisper where Telegram has them, else one neutral sentence with a link to the answer."""
    say = context.texts.say
    if asker < 0:  # a group or channel, in whose name anybody may have asked
        await message.reply_text(say("discreet", "nameless"))
        return
    token = await answers.issue(context.store, heard, sound, message.chat_id, asker, private=True)
    name = context.bot.username
    if context.settings.ephemeral:
        more = links.way_to(token, say("discreet", "more"), name)
        if await _whisper(message, heard, asker, more, context):
            return
    way = links.way_to(token, say("discreet", "see"), name)
    await message.reply_text(say("discreet", "listened"), reply_markup=way)


async def _whisper(
    message: Message, heard: Heard, asker: int, more: InlineKeyboardMarkup, context: Context
) -> bool:
    """Bot API 10.2 to 10.3: a message that only one member gets. Whether that worked."""
    only = {"ephemeral_message_parameters": {"receiver_user_id": asker}}
    words = caption(heard.verdict, heard.checks, context.texts)
    assert heard.picture is not None  # `judge` wants it drawn
    try:
        sent = await message.reply_photo(
            heard.picture, caption=words, reply_markup=more, api_kwargs=only
        )
    except BadRequest as error:  # we are no administrator, or the asker is no member
        logger.info("No whisper: %s", error)
        return False
    if "ephemeral_message_id" not in sent.api_kwargs:
        logger.warning("This Telegram does not know whispers: set EPHEMERAL=off")
        await sent.delete()  # everybody was about to read it
        return False
    await detection.keep_picture(context, heard, sent.photo[-1].file_id)
    return True
