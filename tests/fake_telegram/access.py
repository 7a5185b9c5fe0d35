"""Whether the bot may do something in a chat at all, and the words of the refusal."""

from tests.fake_telegram.chats import Chat, Chats, Person, Place
from tests.fake_telegram.errors import bad_request, forbidden
from tests.fake_telegram.request import Request


def chat_of(chats: Chats, request: Request, writing: bool = False) -> Place:
    """The chat of a call that may look into it, or with `writing` write there."""
    if not request.text("chat_id"):
        raise bad_request("chat_id is empty")
    number = request.number("chat_id")
    if number in chats.moved:
        moved = {"migrate_to_chat_id": chats.moved[number]}
        raise bad_request("group chat was upgraded to a supergroup chat", moved)
    chat = chats.chats.get(number)
    if chat is None:
        raise bad_request("chat not found")
    if isinstance(chat, Person):
        _knows(chats, chat, writing)
    else:
        _belongs(chats, chat)
    return chat


def may_send(chats: Chats, chat: Place, what: str) -> None:
    """`what` in Telegram's words: "text messages", "photos", "voice notes", "music" …"""
    status = chats.status(chat.id, chats.bot["id"])
    if what in chats.forbidden.get(chat.id, ()) and status != "administrator":
        raise bad_request(f"not enough rights to send {what} to the chat")
    if isinstance(chat, Chat) and chat.kind == "channel" and status != "administrator":
        raise bad_request("need administrator rights in the channel chat")


def _knows(chats: Chats, person: Person, writing: bool) -> None:
    if person.id in chats.blocked:
        raise forbidden("bot was blocked by the user")
    if writing and person.id not in chats.started:
        raise forbidden("bot can't initiate conversation with a user")


def _belongs(chats: Chats, chat: Chat) -> None:
    members, bot = chats.members[chat.id], chats.bot["id"]
    if bot not in members:
        raise bad_request("chat not found")  # never was there
    if members[bot] == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if members[bot] == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
