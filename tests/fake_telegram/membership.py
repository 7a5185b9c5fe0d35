"""Who is who in a chat, as the bot may ask."""

from collections.abc import Callable
from typing import Any

from tests.fake_telegram.access import chat_of
from tests.fake_telegram.chats import Chat, Chats, Person
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.request import Request

FULL_CHAT: JSON = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}
RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
PERMISSIONS = (
    "is_member",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_send_messages",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_manage_topics",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_edit_tag",
    "can_react_to_messages",
)


class Membership:
    """The methods `getChat`, `getChatMember`, `getChatAdministrators` and `leaveChat`."""

    def __init__(self, chats: Chats) -> None:
        self.chats = chats

    @property
    def table(self) -> dict[str, Callable[[Request], Any]]:
        return {
            "getchat": self.get_chat,
            "getchatmember": self.get_member,
            "getchatadministrators": self.get_administrators,
            "leavechat": self.leave,
        }

    def get_chat(self, request: Request) -> JSON:
        chat = chat_of(self.chats, request)
        full = chat.as_chat | FULL_CHAT
        if chat.id in self.chats.reactions:
            allowed = self.chats.reactions[chat.id]
            full["available_reactions"] = [{"type": "emoji", "emoji": each} for each in allowed]
        return full

    def get_member(self, request: Request) -> JSON:
        chat, user = chat_of(self.chats, request), request.number("user_id")
        if user != self.chats.bot["id"] and not isinstance(self.chats.chats.get(user), Person):
            raise bad_request("PARTICIPANT_ID_INVALID")
        return member(self.chats, user, self.chats.status(chat.id, user))

    def get_administrators(self, request: Request) -> list[JSON]:
        """As Telegram does by default without the other bots."""
        chat = chat_of(self.chats, request)
        if not isinstance(chat, Chat):
            raise bad_request("there are no administrators in the private chat")
        return [
            member(self.chats, user, status)
            for user, status in self.chats.members[chat.id].items()
            if status in ("creator", "administrator")
        ]

    def leave(self, request: Request) -> bool:
        chat = chat_of(self.chats, request)
        self.chats.members[chat.id][self.chats.bot["id"]] = "left"
        return True


def member(chats: Chats, user_id: int, status: str) -> JSON:
    """A ChatMember, with all that its kind must have."""
    found = chats.chats.get(user_id)
    details: JSON = {}
    match status:
        case "creator":
            details = {"is_anonymous": False}
        case "administrator":
            details = dict.fromkeys(RIGHTS, True) | {"is_anonymous": False}
        case "restricted":
            details = dict.fromkeys(PERMISSIONS, False) | {"is_member": True, "until_date": 0}
        case "kicked":
            details = {"until_date": 0}
    user = found.as_user if isinstance(found, Person) else chats.bot
    return {"user": user, "status": status} | details
