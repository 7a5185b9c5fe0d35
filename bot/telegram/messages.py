"""Filters for messages, who wrote one, and the recordings in it."""

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
    """Return the message of an update that passed a filter for messages."""
    assert update.message is not None
    return update.message


def asker_of(message: Message) -> int:
    """Return the sender's id: of a person, or of the channel or group that is shown as sender."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat_id


def sounds_in(update: Update) -> list[Sound]:
    """Return the recordings in a message and in the one that it replies to."""
    message = update.message or update.guest_message
    if message is None:
        return []
    parts = (message, message.reply_to_message, message.external_reply)
    return [sound for part in parts if part and (sound := sound_of(part))]


def sound_of(message: Message | ExternalReplyInfo) -> Sound | None:
    """Return the file in a message that may be a recording, by its type and name, or None."""
    document = message.document
    if document and not _may_be_sound(document):
        document = None
    return message.voice or message.audio or message.video_note or message.video or document


def _may_be_sound(document: Document) -> bool:
    name, kind = document.file_name or "", (document.mime_type or "").lower()
    if SOUND_NAME.search(name) or kind.startswith(SOUND_TYPES):
        return True
    return kind in NO_TYPES and "." not in name
