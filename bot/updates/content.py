"""What an update is, as Telegram's JSON tells: whose, of which chat, and whether it holds sound."""

import logging

from telegram import Bot, Update

from bot.db.updates import Content

SOUNDS = ("voice", "audio", "video", "video_note", "document", "paid_media")
NOTES = ("message", "guest_message", "business_message")  # kinds of updates that may hold one

logger = logging.getLogger(__name__)


def parse(content: Content, bot: Bot | None) -> Update | None:
    """Parse an update; None, and a line in the log, when PTB can't read it."""
    try:
        return Update.de_json(content, bot)
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError, OSError) as error:
        logger.warning("Update %s can't be read: %s", content["update_id"], error)
        return None


def kind_of(content: Content) -> str:
    """Return the update's kind, such as "message"; "other" for kinds unknown to PTB."""
    return next((kind for kind in content if kind in Update.ALL_TYPES), "other")


def sender(content: Content) -> int:
    """Return the id whose turn an update takes: of the person, else of the chat, else 0."""
    for kind, event in content.items():
        if kind != "update_id" and isinstance(event, dict):
            # An anonymous administrator is one and the same "from" in all groups.
            for who in (event.get("sender_chat"), event.get("from"), event.get("chat")):
                if isinstance(who, dict) and isinstance(who.get("id"), int):
                    return int(who["id"])
    return 0


def place(content: Content) -> int:
    """Return the id of the chat in which an update happened, else that of its sender."""
    for kind, event in content.items():
        if kind != "update_id" and isinstance(event, dict):
            pressed = event.get("message")
            for where in (event, pressed if isinstance(pressed, dict) else {}):
                chat = where.get("chat")
                if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                    return int(chat["id"])
    return sender(content)


def holds_note(content: Content) -> bool:
    """Return whether an update holds, or replies to, a file that may have to be judged."""
    message = next((content[kind] for kind in NOTES if kind in content), None)
    if not isinstance(message, dict):
        return False
    parts = (message, message.get("reply_to_message"), message.get("external_reply"))
    return any(isinstance(part, dict) and not part.keys().isdisjoint(SOUNDS) for part in parts)


def is_chatter(content: Content) -> bool:
    """Return whether an update is a message of a business account's chat without a recording."""
    return "business_message" in content and not holds_note(content)
