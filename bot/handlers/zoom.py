"""*Look closer* under an answer: a part of the recording judged and drawn larger."""

import logging
from typing import Any

from telegram import InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db import answers
from bot.services import detection
from bot.telegram import keyboards
from bot.telegram.callbacks import Callback, callback_of, toast
from bot.telegram.context import Context
from bot.texts import Texts, clock
from bot.views import zoom
from bot.views.zoom import View
from inference.errors import DetectionError

logger = logging.getLogger(__name__)


async def on_zoom(update: Update, context: Context) -> None:
    """Under an answer: the first view. Under a view: the next one, in its place."""
    callback = await callback_of(update, context, asker_only=True)
    if callback is None:
        return
    verdict = callback.answer.verdict
    wanted = zoom.read(callback.arguments, verdict) if callback.arguments else zoom.first(verdict)
    if wanted is None:
        await toast(callback.query, context.texts.say("buttons", "stale"))
        return
    try:
        found = await detection.judge_again(callback.answer, context, (wanted.start, wanted.end))
    except DetectionError as error:
        sentence = context.texts.error(error.code, context.max_bytes)
        await toast(callback.query, sentence, alert=True)
        return
    words = zoom.caption(wanted, found.verdict, context.texts)
    assert found.picture is not None  # or it would not have been drawn
    told = await show(callback, found.picture, words, wanted, context)
    await toast(callback.query, context.texts.say("zoom", told) if told else None)


async def show(
    callback: Callback, picture: bytes, words: str, wanted: View, context: Context
) -> str | None:
    """In the message that stands there already, or in a new one; what to tell about that."""
    buttons = keyboard(callback, wanted, context.texts)
    standing = (
        callback.message.message_id if callback.arguments else callback.answer.zoom_message_id
    )
    if standing and await _edited(
        InputMediaPhoto(picture, words), buttons, callback.message.chat_id, standing, context
    ):
        return None if callback.arguments else "there"
    try:
        sent = await callback.message.reply_photo(picture, caption=words, reply_markup=buttons)
    except BadRequest as error:  # a group that allows no pictures
        logger.warning("No picture: %s", error)
        return "refused"
    await answers.change(context.store, callback.answer, zoom_message_id=sent.message_id)
    return None


async def _edited(
    media: InputMediaPhoto,
    buttons: InlineKeyboardMarkup,
    chat_id: int,
    message_id: int,
    context: Context,
) -> bool:
    """Whether the message is still there, and shows this now."""
    try:
        await context.bot.edit_message_media(media, chat_id, message_id, reply_markup=buttons)
    except BadRequest as error:
        logger.info("A closer look is not changed: %s", error)
        return "not modified" in error.message.lower()
    return True


def keyboard(callback: Callback, wanted: View, texts: Texts) -> InlineKeyboardMarkup:
    """Arrows and glasses in a row, then what sounded artificial, then the way out."""

    def leads_to(label: str, target: View) -> Any:
        return keyboards.button(label, "zoom", callback.token, target.start, target.end)

    moves = [leads_to(texts.say("zoom", name), target) for name, target in wanted.moves.items()]
    stretches = [
        leads_to(texts.say("zoom", "stretch", start=clock(s.start), end=clock(s.end)), s)
        for s in zoom.artificial(callback.answer.verdict)
        if s != wanted
    ]
    rows = [moves, stretches, [keyboards.closing(callback.token, texts)]]
    return InlineKeyboardMarkup([row for row in rows if row])


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CallbackQueryHandler(on_zoom, pattern=r"^zoom:[\w-]{16}(:\d{1,4}:\d{1,4})?$")]
