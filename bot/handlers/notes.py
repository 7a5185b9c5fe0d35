"""Voice notes: whatever holds sound in a private chat; anywhere, what `/check` replies to."""

import asyncio
import logging
from contextlib import AsyncExitStack
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import metrics
from bot.db import answers, verdicts
from bot.db.answers import StoredAnswer
from bot.handlers import private_reply
from bot.services import batches, detection, progress
from bot.telegram import keyboards
from bot.telegram.callbacks import toast
from bot.telegram.context import Context
from bot.telegram.messages import (
    HOLDS_SOUND,
    NEW,
    PRIVATE,
    QUOTES_SOUND,
    Sound,
    asker_of,
    message_of,
    sound_of,
    withheld,
)
from bot.texts import caption
from bot.views import no_sound
from bot.worker.pool import Detection
from bot.worker.process import Progress
from inference.errors import DetectionError

PAUSE = 1.0  # s; whoever forwards with a comment sends the comment first

logger = logging.getLogger(__name__)


async def on_note(update: Update, context: Context) -> None:
    """A private chat: whatever holds sound is judged."""
    message = message_of(update)
    context.bot_data.recent_notes.note(message)
    await judge(message, sound_of(message), context, asker_of(message))


async def on_quoted(update: Update, context: Context) -> None:
    """A private chat: a reply to a recording in another chat is judged, whatever it says."""
    message = message_of(update)
    assert message.external_reply is not None  # the filter lets nothing else through
    context.bot_data.recent_notes.note(message)
    await judge(message, sound_of(message.external_reply), context, asker_of(message))


async def on_check(update: Update, context: Context) -> None:
    """`/check` in reply to a note, in any chat; the answer is threaded to the note."""
    message = message_of(update)
    note = message.reply_to_message or message.external_reply
    sound = sound_of(note) if note else None
    if sound is None:
        kind = no_sound.kind_of(note, context.bot.id)
        how = context.texts.say("chat", "check")
        await message.reply_text(no_sound.words(kind, context.texts) if kind else how)
    else:
        beneath = message.reply_to_message or message
        await judge(beneath, sound, context, asker_of(message), message)


async def on_other(update: Update, context: Context) -> None:
    """A private chat: anything that holds no sound, and does not belong to something that does."""
    message = message_of(update)
    if what := withheld(message):
        await message.reply_text(context.texts.say("withheld", what))
        return
    if message.media_group_id:
        return  # a photo among videos
    await asyncio.sleep(PAUSE)
    if not context.bot_data.recent_notes.has_near(message):
        await message.reply_text(context.texts.say("chat", "text"))


async def on_unknown_press(update: Update, context: Context) -> None:
    """A button of an older version, or of none: whoever pressed it is not left waiting."""
    assert update.callback_query is not None
    await toast(update.callback_query, context.texts.say("buttons", "stale"))


async def judge(
    message: Message,
    sound: Sound | None,
    context: Context,
    asker: int,
    asked: Message | None = None,
) -> None:
    """Answer beneath `message` with what was heard in `sound`.

    In a group with private replies only `asker` is answered, beneath the message that `asked`.
    """
    if sound is None:
        await message.reply_text(context.texts.say("errors", "unknown_file"))
        return
    in_batch = asked is None and message.chat.type == ChatType.PRIVATE
    replies = context.recent_replies
    if asked and replies.answers(message.chat_id, message.message_id, asked.date.timestamp()):
        return  # in a group that is told without asking
    is_private = bool(context.group and context.group.private_replies)
    async with AsyncExitStack() as stack:
        heard = None  # a group with private replies does not see who waits for what
        if not is_private:
            heard = await stack.enter_async_context(progress.shown(message, context))
        try:
            found = await _found(message, sound, context, heard)
        except DetectionError as error:
            metrics.ERRORS.labels(error.code).inc()
            if in_batch:
                await batches.keep(message, sound, error.code, context)
            await message.reply_text(context.texts.error(error.code, context.max_bytes))
            return
        if is_private:
            await private_reply.answer(asked or message, found, sound, asker, context)
            return
        row = None
        if in_batch:
            label, language = found.verdict.label, context.texts.language
            row = batches.row_of(message, sound, label, language)
            context.bot_data.batch_grew.set()
        chat = message.chat_id
        answer = await answers.give(context.store, found, sound, chat, asker, batch=row)
        await show(message, answer, context)


async def _found(
    message: Message, sound: Sound, context: Context, heard: Progress | None
) -> Detection:
    """What is remembered comes at once; whoever has to wait sees that we are at work."""
    recalled = await detection.recall(sound, context)
    if known := detection.known(recalled):
        return known
    judging = detection.fetch_and_judge(sound, recalled, context, progress=heard)
    _, found = await asyncio.gather(_courtesy(message), judging)
    return found


async def show(message: Message, answer: StoredAnswer, context: Context) -> None:
    """Send the picture, the words and the buttons; no picture where a group allows none."""
    texts, verdict = context.texts, answer.verdict
    language = texts.language
    few = message.chat.type != ChatType.PRIVATE  # others read along
    words = texts.short(verdict) if few else caption(verdict, answer.request_count, texts)
    buttons = keyboards.under(verdict, answer.token, context, few)
    # Of a note that is gone by now nothing is said that nobody asked for.
    how: dict[str, Any] = {
        "reply_markup": buttons,
        "allow_sending_without_reply": not context.turn.unasked,
    }
    try:
        picture: bytes | str = answer.picture_file_ids.get(language) or answer.picture or b""
        picture = picture or await detection.draw_again(answer, context)
        try:
            sent = await message.reply_photo(picture, caption=words, **how)
        except BadRequest as error:
            if isinstance(picture, bytes) or "file" not in error.message.lower():
                raise
            logger.info("Telegram has forgotten a picture: %s", error)
            picture = await detection.draw_again(answer, context)
            sent = await message.reply_photo(picture, caption=words, **how)
    except (BadRequest, DetectionError) as error:
        await message.reply_text(words, **how)
        logger.warning("No picture: %s", error)
    else:
        if isinstance(picture, bytes):
            async with context.finish() as session:
                await verdicts.set_picture(session, answer, language, sent.photo[-1].file_id)


async def _courtesy(message: Message) -> None:
    """Show that we are at work. That it fails is no reason not to answer."""
    try:
        await message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    except TelegramError as error:
        logger.info("No chat action: %s", error)


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("check", on_check, NEW),
        MessageHandler(PRIVATE & HOLDS_SOUND, on_note),
        MessageHandler(PRIVATE & QUOTES_SOUND & ~filters.COMMAND, on_quoted),
    ]


def first() -> list[BaseHandler[Update, Context, Any]]:
    """For presses without any data, which PTB hands to the first that waits for some."""
    return [CallbackQueryHandler(on_unknown_press, pattern="(?!)")]


def last() -> list[BaseHandler[Update, Context, Any]]:
    """For what nobody else answered."""
    return [
        MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, on_other),
        CallbackQueryHandler(on_unknown_press),
    ]
