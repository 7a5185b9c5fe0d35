"""What a message of Telegram's is: new or private, who asks in it, the sound that it may hold."""

import re

from telegram import (
    Audio,
    Document,
    ExternalReplyInfo,
    Message,
    Update,
    Video,
    VideoNote,
    Voice,
)
from telegram.ext import filters

Sound = Voice | Audio | VideoNote | Video | Document

SOUND_TYPES = ("audio/", "video/", "application/ogg")
NO_TYPES = ("", "application/octet-stream")  # the sender's program did not know
SOUND_NAME = re.compile(
    r"\.(3gp|aac|aiff?|amr|caf|flac|m4[ab]|mk[av]|mov|mp[234]|mpe?ga?|og[ag]|opus|wav|web[am]|wma)$",
    re.IGNORECASE,
)


class _HoldsSound(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return sound_of(message) is not None


HOLDS_SOUND = _HoldsSound()
NEW = filters.UpdateType.MESSAGE  # an edited caption is no new note
PRIVATE = NEW & filters.ChatType.PRIVATE


def message_of(update: Update) -> Message:
    """The message of an update that a filter for messages has let through."""
    assert update.message is not None
    return update.message


def asker_of(message: Message) -> int:
    """Who asks: a person, or a channel or group in whose name somebody writes."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat_id


def sounds_in(update: Update) -> list[Sound]:
    """Every sound that a message holds or replies to."""
    message = update.message or update.guest_message
    if message is None:
        return []
    parts = (message, message.reply_to_message, message.external_reply)
    return [sound for part in parts if part and (sound := sound_of(part))]


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
