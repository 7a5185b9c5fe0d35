"""*Compare* and `/compare`: the voice in question beside one that is known to be genuine.

Button or command → a message that asks → the reply to it → the answer. What is asked for stands in
the store, so that a restart loses nothing. Nobody is asked for a consent: whoever asks holds both
notes, and neither they nor the voices are kept.
"""

import logging
from typing import Any

from telegram import ForceReply, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.db import answers
from bot.db.answers import StoredAnswer
from bot.services import comparing, detection
from bot.telegram import keyboards
from bot.telegram.callbacks import callback_of, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, asker_of, message_of, sound_of
from bot.views import comparison
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_compare(update: Update, context: Context) -> None:
    """`/compare` in reply to a note, or to an answer of ours."""
    message = message_of(update)
    if refused := _refusal(message, context):
        await message.reply_text(context.texts.say("compare", refused))
        return
    try:
        answer = await _answer_for(message, context)
    except DetectionError as error:
        await message.reply_text(context.texts.error(error.code, context.max_bytes))
        return
    if answer is None:
        await message.reply_text(context.texts.say("compare", "how"))
    else:
        await _ask(message, answer, context)


def _refusal(message: Message, context: Context) -> str | None:
    """Why nothing is compared for this sender in this chat: a key of our words."""
    if message.sender_chat:
        return "as_yourself"  # anybody could bring the other note
    if message.chat.type != ChatType.PRIVATE and context.group and context.group.private_replies:
        return "privately"
    return None


async def _answer_for(message: Message, context: Context) -> StoredAnswer | None:
    """The answer about what a message replies to; the note is judged if it never was."""
    note = message.reply_to_message or message.external_reply
    if isinstance(note, Message) and note.from_user and note.from_user.id == context.bot.id:
        return await _answer_under(note, message, context)
    sound = sound_of(note) if note else None
    if sound is None:
        return None
    found = await detection.detect(sound, context)
    return await answers.give(context.store, found, sound, message.chat_id, asker_of(message))


async def _answer_under(ours: Message, message: Message, context: Context) -> StoredAnswer | None:
    """Our answers and their explanations are known by the token in their buttons."""
    rows = ours.reply_markup.inline_keyboard if ours.reply_markup else ()
    for each in (each for row in rows for each in row):
        data = each.callback_data
        if isinstance(data, str) and data.startswith(("why:", "compare:")):
            found = await answers.find(context.store, data.split(":")[1])
            if (
                found
                and found.may_order(asker_of(message))
                and keyboards.can_compare(found.verdict)
            ):
                return found
    return None


async def on_press(update: Update, context: Context) -> None:
    """*Compare* under an answer or its explanation; for whoever asked only."""
    callback = await callback_of(update, context, asker_only=True)
    if callback is None:
        return
    say = context.texts.say
    if context.group and context.group.private_replies:
        await toast(callback.query, say("compare", "privately"), alert=True)
        return
    press = (callback.query.from_user.id, str(callback.query.data))
    with context.bot_data.debounce.doing(press) as first:
        if first:  # beneath the asker's own message, so that their app offers to reply
            await _ask(
                callback.message.reply_to_message or callback.message, callback.answer, context
            )
    # Only now: where we may not write, it has to say so.
    await toast(callback.query, None if first else say("compare", "there"))


async def _ask(beneath: Message, answer: StoredAnswer, context: Context) -> None:
    hint = context.texts.say("compare", "hint")
    asked = await beneath.reply_text(
        context.texts.say("compare", "ask"),
        reply_markup=ForceReply(selective=True, input_field_placeholder=hint),
    )
    await answers.change(context.store, answer, compare_message_id=asked.message_id)
    if answer.compare_message_id:
        await _take_back(answer.chat_id, answer.compare_message_id, context)


async def _take_back(chat_id: int, question: int, context: Context) -> None:
    """An answer has one question, so that every question is one that can be replied to."""
    try:
        await context.bot.delete_message(chat_id, question)
    except BadRequest as error:  # gone already, or two days old
        logger.info("A question stays: %s", error)


async def on_known(update: Update, context: Context) -> None:
    """A reply to the message that asks: the genuine note of whoever was asked."""
    message, texts = message_of(update), context.texts
    asked = message.reply_to_message
    assert asked is not None  # or it would not be a reply
    answer = await answers.asked_by(context.store, message.chat_id, asked.message_id)
    if answer is None:
        await message.reply_text(texts.say("compare", "stale"))
        return
    mine = answer.asker_id in (asker_of(message), answer.chat_id)  # or the whole group's
    if not mine:
        return  # somebody else in the group
    sound = sound_of(message)
    if sound is None:
        await message.reply_text(texts.say("compare", "no_sound"))
        return
    try:
        found = await comparing.compare(answer, sound, context)
    except DetectionError as error:
        await message.reply_text(texts.error(error.code, context.worker.max_bytes))
    else:
        await message.reply_text(comparison.words(found, texts))


class _AnswersQuestion(filters.MessageFilter):
    """A reply to a message in which the bot asked for a genuine note."""

    def filter(self, message: Message) -> bool:
        asked = message.reply_to_message
        if asked is None or asked.from_user is None:
            return False
        ours = asked.from_user.id == message.get_bot().id  # people can write the same words
        return ours and asked.text in comparing.questions()


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """Before those for notes: a reply to our question is no note to be judged."""
    return [
        CommandHandler("compare", on_compare, NEW),
        MessageHandler(NEW & filters.REPLY & ~filters.COMMAND & _AnswersQuestion(), on_known),
        CallbackQueryHandler(on_press, pattern=r"^compare:[\w-]{16}$"),
    ]
