"""*Report* under an answer: it as PDF and as JSON, to be kept or passed on."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import Any

from telegram import InputMediaDocument, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.db import answers
from bot.db.answers import StoredAnswer
from bot.services import detection
from bot.telegram import files
from bot.telegram.callbacks import callback_of, toast
from bot.telegram.context import Context
from bot.views import report
from inference.errors import DetectionError

PAUSE = 60  # s between two reports on one answer

logger = logging.getLogger(__name__)


async def on_report(update: Update, context: Context) -> None:
    """Send both documents in reply to the answer."""
    callback = await callback_of(update, context, asker_only=True)
    if callback is None:
        return
    say, answer, now = context.texts.say, callback.answer, int(time.time())
    if answer.reported_at and now < answer.reported_at + PAUSE:
        await toast(callback.query, say("report", "wait"))
        return
    documents = await _documents(answer, context)
    name = f"ouvido-{answer.sha256[:8]}"
    media = [
        InputMediaDocument(content, filename=f"{name}.{kind}")
        for kind, content in documents.items()
    ]
    try:
        await callback.message.reply_media_group(media)
    except BadRequest as error:
        logger.warning("No report: %s", error)
        await toast(callback.query, say("report", "refused"), alert=True)
    else:
        await toast(callback.query, say("report", "sent"))
    # Only now: whoever gets none for a killed bot or a dead network may order it again at once.
    await answers.change(context.store, answer, reported_at=now)


async def _documents(answer: StoredAnswer, context: Context) -> dict[str, bytes]:
    made = report.report_of(
        answer.verdict,
        answer.evidence,
        answer.sha256,
        context.worker.model,
        context.settings,
        datetime.now(UTC),
    )
    picture = await _picture(answer, context)
    return {
        # Half a second of work, which would hold up everybody else.
        "pdf": await asyncio.to_thread(report.pdf, made, context.texts, picture),
        "json": report.as_json(made, context.texts),
    }


async def _picture(answer: StoredAnswer, context: Context) -> bytes | None:
    """As Telegram keeps it, or drawn again; a report can do without it."""
    try:
        if kept := answer.picture_file_ids.get(context.texts.language):
            return await files.fetch(kept, context)
        return await detection.draw_again(answer, context)
    except DetectionError as error:
        logger.info("A report without a picture: %s", error)
        return None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    return [CallbackQueryHandler(on_report, pattern=r"^report:[\w-]{16}$")]
