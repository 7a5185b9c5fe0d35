"""What to say of a message that is to be checked and holds no sound: what is wrong with it."""

from telegram import ExternalReplyInfo, Message, MessageEntity, MessageOriginUser
from telegram.helpers import effective_message_type

from bot.texts import Texts

# Fields of a message, and the key of what is said of it.
KINDS = {
    "photo": "photo",
    "live_photo": "photo",
    "sticker": "sticker",
    "poll": "poll",
    "story": "story",
    "paid_media": "paid_media",
}
# What Telegram shows to people and not to bots.
WITHHELD = {"story": "story", "paid_media": "paid_media", "expired": "nothing"}
LINKS: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]


def kind_of(note: Message | ExternalReplyInfo | None, bot_id: int) -> str | None:
    """Return what a message without sound is; None where there is no message.

    In a topic of a forum, what replies to nothing replies to the message that opened it.
    """
    if note is None or getattr(note, "forum_topic_created", None):
        return None
    if _is_ours(note, bot_id):
        return "own"
    for field, kind in KINDS.items():
        if getattr(note, field, None):
            return kind
    if isinstance(note, ExternalReplyInfo):
        return _external(note)
    if note.text:
        return "link" if note.parse_entities(LINKS) else "text"
    # What is heard once, or deleted by itself, leaves a message without anything in it.
    return "other" if effective_message_type(note) else "expired"


def words(kind: str, texts: Texts) -> str:
    """Return the sentence about a kind."""
    if withheld := WITHHELD.get(kind):
        return texts.say("withheld", withheld)
    return texts.say("no_sound", kind)


def _is_ours(note: Message | ExternalReplyInfo, bot_id: int) -> bool:
    """Whether the bot has written it; also where it was forwarded, or stands in another chat."""
    origin = note.origin if isinstance(note, ExternalReplyInfo) else note.forward_origin
    if isinstance(origin, MessageOriginUser):
        return origin.sender_user.id == bot_id
    sender = note.from_user if isinstance(note, Message) else None
    return sender is not None and sender.id == bot_id


def _external(note: ExternalReplyInfo) -> str:
    """Telegram tells all of a message in another chat but its text."""
    if note.link_preview_options:
        return "link"
    others = ("checklist", "contact", "dice", "game", "giveaway", "giveaway_winners", "invoice",
              "location", "venue")  # fmt: skip
    return "other" if any(getattr(note, field, None) for field in others) else "text"
