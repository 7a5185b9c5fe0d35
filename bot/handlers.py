"""What the bot answers to each kind of message. Wired up in `bot.application`."""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from telegram import Audio, Document, ExternalReplyInfo, Message, Update, Video, VideoNote, Voice
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot.room import Busy
from bot.settings import Settings
from bot.texts import Texts, texts_for
from bot.worker import Answer, Worker
from inference.errors import DetectionError, TooLarge

Sound = Voice | Audio | VideoNote | Video | Document

SOUND_TYPES = ("audio/", "video/", "application/ogg")
MOST_NOTES = 3  # of one sender at a time, so that there is room for the others
NO_TYPES = ("", "application/octet-stream")  # the sender's program did not know
SOUND_NAME = re.compile(
    r"\.(3gp|aac|aiff?|amr|caf|flac|m4[ab]|mk[av]|mov|mp[234]|mpe?ga?|og[ag]|opus|wav|web[am]|wma)$",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What a handler needs besides the update: settings, worker, the sender's language and turn."""

    texts: Texts

    @property
    def settings(self) -> Settings:
        settings: Settings = self.bot_data["settings"]
        return settings

    @property
    def worker(self) -> Worker:
        worker: Worker = self.bot_data["worker"]
        return worker

    @contextmanager
    def turn(self, sender: int) -> Iterator[None]:
        """One of the few notes that a sender may have in work and waiting; raises Busy."""
        senders: Counter[int] = self.bot_data["senders"]
        if senders[sender] == MOST_NOTES:
            raise Busy(f"{MOST_NOTES} notes of the same sender are in work and waiting")
        senders[sender] += 1
        try:
            yield
        finally:
            senders[sender] -= 1
            if not senders[sender]:
                del senders[sender]

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> "Context":
        context = super().from_update(update, application)
        user = update.effective_user if isinstance(update, Update) else None
        context.texts = texts_for(user.language_code if user else None, context.settings.language)
        return context


async def on_note(update: Update, context: Context) -> None:
    """A private chat: whatever holds sound is judged."""
    message = _message(update)
    await _judge(message, sound_of(message), context)


async def on_check(update: Update, context: Context) -> None:
    """`/check` in reply to a note, in any chat."""
    message = _message(update)
    note = message.reply_to_message or message.external_reply
    sound = sound_of(note) if note else None
    if sound is None:
        await message.reply_text(context.texts.say("chat", "check"))
    else:
        await _judge(message, sound, context)


async def on_page(update: Update, context: Context) -> None:
    """`/start`, `/help`, `/privacy` and `/about`."""
    message = _message(update)
    assert message.text is not None
    name = message.text[1 : message.entities[0].length].partition("@")[0].lower()
    await message.reply_text(
        context.texts.say(
            "chat",
            name,
            megabytes=context.worker.max_bytes // 1024**2,
            minutes=context.settings.max_seconds / 60,
            model=context.worker.model,
        )
    )


async def on_other(update: Update, context: Context) -> None:
    """A private chat: anything that holds no sound."""
    key = ("errors", "unknown_file") if _message(update).document else ("chat", "text")
    await _message(update).reply_text(context.texts.say(*key))


async def on_error(update: object, context: Context) -> None:
    """The last resort: first into the log, then one sentence to whoever waits."""
    if isinstance(context.error, Forbidden):
        logger.warning("Nobody is there to be answered: %s", context.error)  # we were blocked
        return
    logger.error("An update could not be answered", exc_info=context.error)
    message = update.effective_message if isinstance(update, Update) else None
    if message is None or isinstance(context.error, TelegramError):
        return  # nobody waits, or Telegram itself refuses what we say
    await message.reply_text(context.texts.error(DetectionError.code, context.worker.max_bytes))


async def _judge(message: Message, sound: Sound | None, context: Context) -> None:
    """Answer `message` with what was heard in `sound`."""
    if sound is None:
        await message.reply_text(context.texts.say("errors", "unknown_file"))
        return
    try:
        answer = await _listen(message, sound, context)
    except DetectionError as error:
        await message.reply_text(context.texts.error(error.code, context.worker.max_bytes))
    else:
        await _show(message, answer, context.texts.verdict(answer.verdict))


async def _listen(message: Message, sound: Sound, context: Context) -> Answer:
    worker = context.worker
    size = sound.file_size or worker.max_bytes  # Telegram may leave it out
    if size > worker.max_bytes:
        raise TooLarge(f"{size} bytes, at most {worker.max_bytes} are taken")
    sender = message.from_user.id if message.from_user else message.chat_id
    with context.turn(sender), worker.place(size):
        _, data = await asyncio.gather(_courtesy(message), _download(sound))
        return await worker.detect(data, context.texts.axis)


async def _show(message: Message, answer: Answer, words: str) -> None:
    """The picture with the words under it; the words alone where a group allows no pictures."""
    try:
        await message.reply_photo(answer.picture, caption=words)
    except BadRequest as error:
        logger.warning("No picture: %s", error)
        await message.reply_text(words)


async def _courtesy(message: Message) -> None:
    """Show that we are at work. That it fails is no reason not to answer."""
    try:
        await message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    except TelegramError as error:
        logger.info("No chat action: %s", error)


async def _download(sound: Sound) -> bytes:
    try:
        file = await sound.get_file()
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise TooLarge(error.message) from error
        raise
    return bytes(await file.download_as_bytearray())


def sound_of(message: Message | ExternalReplyInfo) -> Sound | None:
    """The part of a message that may hold sound; types and names are the sender's claims."""
    document = message.document
    if document and not _may_be_sound(document):
        document = None
    return message.voice or message.audio or message.video_note or message.video or document


def _may_be_sound(document: Document) -> bool:
    name, kind = document.file_name or "", (document.mime_type or "").lower()
    if SOUND_NAME.search(name) or kind.startswith(SOUND_TYPES):
        return True
    return kind in NO_TYPES and "." not in name


def _message(update: Update) -> Message:
    assert update.message is not None  # the filters in bot.application let nothing else through
    return update.message
