"""Filters for messages, who wrote one, and the recordings in it."""

from telegram import (
    Audio,
    Document,
    ExternalReplyInfo,
    Message,
    PaidMediaPreview,
    PaidMediaVideo,
    Update,
    Video,
    VideoNote,
    Voice,
)
from telegram.ext import filters

Sound = Voice | Audio | VideoNote | Video | Document


class _HoldsSound(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return sound_of(message) is not None


class _QuotesSound(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return bool(message.external_reply and sound_of(message.external_reply))


HOLDS_SOUND = _HoldsSound()
QUOTES_SOUND = _QuotesSound()  # a reply, written here, to a recording in another chat
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
    message = update.message or update.guest_message or update.business_message
    if message is None:
        return []
    parts = (message, message.reply_to_message, message.external_reply)
    return [sound for part in parts if part and (sound := sound_of(part))]


def sound_of(message: Message | ExternalReplyInfo) -> Sound | None:
    """Return the file in a message that may be a recording, or None.

    Any document may be one: what it is, its bytes say (`files.fetch`), not its name or type.
    """
    media = message.voice or message.audio or message.video_note or message.video
    return media or message.document or _paid_video(message)


def withheld(message: Message) -> str | None:
    """Return what of a message Telegram shows to people and not to bots, or None."""
    if message.story:
        return "story"
    paid = message.paid_media.paid_media if message.paid_media else ()
    return "paid_media" if any(isinstance(media, PaidMediaPreview) for media in paid) else None


def _paid_video(message: Message | ExternalReplyInfo) -> Video | None:
    """Return the first video of paid media that the bot may see, or None."""
    paid = message.paid_media.paid_media if message.paid_media else ()
    return next((media.video for media in paid if isinstance(media, PaidMediaVideo)), None)
