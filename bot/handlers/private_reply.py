"""Groups that want it: whoever asks sees the answer, and nobody is accused before the others."""

import logging

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.db import answers, verdicts
from bot.db.answers import StoredAnswer
from bot.services import detection
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.messages import Sound
from bot.worker.pool import Detection
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def answer(
    message: Message, found: Detection, sound: Sound, asker: int, context: Context
) -> None:
    """A whisper where Telegram has them, else one neutral sentence with a link to the answer."""
    say = context.texts.say
    if asker < 0:  # a group or channel, in whose name anybody may have asked
        await verdicts.remember(context.store, found, sound)
        await message.reply_text(say("private_reply", "nameless"))
        return
    chat = message.chat_id
    given = await answers.give(context.store, found, sound, chat, asker, private=True)
    name = context.bot.username
    if context.settings.ephemeral:
        more = keyboards.way_to(given.token, say("private_reply", "more"), name)
        if await _whisper(message, given, more, context):
            return
    way = keyboards.way_to(given.token, say("private_reply", "see"), name)
    await message.reply_text(say("private_reply", "listened"), reply_markup=way)


async def _whisper(
    message: Message, given: StoredAnswer, more: InlineKeyboardMarkup, context: Context
) -> bool:
    """Bot API 10.2 to 10.3: a message that only one member gets. Whether that worked."""
    only = {"ephemeral_message_parameters": {"receiver_user_id": given.asker_id}}
    words = context.texts.short(given.verdict)
    language = context.texts.language
    try:
        kept = given.picture_file_ids.get(language) or given.picture
        picture = kept or await detection.draw_again(given, context)
        sent = await message.reply_photo(picture, caption=words, reply_markup=more, api_kwargs=only)
    except DetectionError as error:
        logger.warning("No picture: %s", error)
        return False
    except BadRequest as error:  # we are no administrator, or the asker is no member
        logger.info("No whisper: %s", error)
        return False
    if "ephemeral_message_id" not in sent.api_kwargs:
        logger.warning("This Telegram does not know whispers: set EPHEMERAL=off")
        await sent.delete()  # everybody was about to read it
        return False
    async with context.finish() as session:
        await verdicts.set_picture(session, given, language, sent.photo[-1].file_id)
    return True
