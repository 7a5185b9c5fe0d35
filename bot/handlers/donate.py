"""`/donate` in reply to a note: whose voice it is, a word of consent, and it is kept to learn."""

from typing import Any

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.services import donations
from bot.services.donations import ENGINES, OWN, TRUTHS, Declined, Gift
from bot.telegram import files
from bot.telegram.callbacks import pressed, rewrite, toast
from bot.telegram.context import Context
from bot.telegram.messages import NEW, Sound, message_of
from inference.errors import DetectionError


async def on_donate(update: Update, context: Context) -> None:
    """Say what happens to a donation and ask for the truth."""
    message, say = message_of(update), context.texts.say
    if message.chat.type != ChatType.PRIVATE:
        await message.reply_text(say("donate", "privately"))
        return
    if not context.settings.donations_mb:
        await message.reply_text(say("donate", "off"))
        return
    note = message.reply_to_message
    try:
        sound = givable(note, message.from_user.id if message.from_user else 0)
        await donations.check(
            context.store, context.settings, message.chat_id, sound.file_size or 0
        )
    except Declined as error:
        await message.reply_text(declined(error, context))
        return
    assert note is not None  # or it would not have been givable
    await note.reply_text(say("donate", "explain"), reply_markup=_truths(context))


def givable(note: Message | None, giver: int) -> Sound:
    """The sound of a note that somebody may give; raises Declined for anybody else's."""
    if note is None or (note.from_user and note.from_user.is_bot):  # our answer to the note
        raise Declined("how")
    sound = note.voice or note.audio or note.document
    if sound is None:
        raise Declined("no_sound")
    origin = note.forward_origin
    own = note.from_user is not None and note.from_user.id == giver
    forwarded = origin and not (
        isinstance(origin, MessageOriginUser) and origin.sender_user.id == giver
    )
    if forwarded or not own:
        raise Declined("not_yours")
    return sound


async def on_press(update: Update, context: Context) -> None:
    """The truth, then the consent; each step stands in the same message."""
    query, say = update.callback_query, context.texts.say
    assert query is not None
    message = pressed(query)
    if message is None or message.chat.type != ChatType.PRIVATE:
        await toast(query, say("donate", "stale"))
        return
    await toast(query)
    match (query.data or "").split(":")[1:]:
        case ["machine"]:
            await rewrite(message, say("donate", "engine"), _engines(context))
        case ["was", truth] if truth in TRUTHS:
            kind = "consent_own" if truth == OWN else "consent_machine"
            await rewrite(message, say("donate", kind), _consent(truth, context))
        case ["give", truth] if truth in TRUTHS:
            await rewrite(message, await _give(query, message, truth, context))
        case _:
            await rewrite(message, say("donate", "no"))


async def _give(query: CallbackQuery, message: Message, truth: str, context: Context) -> str:
    """Keep the note that our message replies to; what to say about it."""
    worker = context.worker
    try:
        sound = givable(message.reply_to_message, query.from_user.id)
        size = sound.file_size or donations.MOST_BYTES
        await donations.check(context.store, context.settings, query.from_user.id, size)
        async with worker.wait(size):
            data = await files.fetch(sound.file_id, context)
            found = await worker.detect(data)
        gift = Gift(data, found.sha256, truth, context.texts.language, found.verdict)
        await donations.give(context.store, context.settings, query.from_user.id, gift)
    except Declined as error:
        return declined(error, context)
    except DetectionError as error:
        return context.texts.error(error.code, worker.max_bytes)
    return context.texts.say("donate", "thanks")


def declined(error: Declined, context: Context) -> str:
    megabytes = donations.MOST_BYTES // 1024**2
    return context.texts.say("donate", error.code, megabytes=megabytes, count=donations.A_DAY)


def _truths(context: Context) -> InlineKeyboardMarkup:
    return _column(context, {"own": f"was:{OWN}", "machine": "machine", "cancel": "no"})


def _engines(context: Context) -> InlineKeyboardMarkup:
    choices = {engine: f"was:{engine}" for engine in ENGINES}
    return _column(context, {**choices, "cancel": "no"})


def _consent(truth: str, context: Context) -> InlineKeyboardMarkup:
    return _column(context, {"agree": f"give:{truth}", "cancel": "no"})


def _column(context: Context, choices: dict[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_column(
        [
            InlineKeyboardButton(
                context.texts.say("donate", f"button_{word}"), callback_data=f"donate:{action}"
            )
            for word, action in choices.items()
        ]
    )


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [
        CommandHandler("donate", on_donate, NEW),
        CallbackQueryHandler(on_press, pattern=r"^donate:"),
    ]
