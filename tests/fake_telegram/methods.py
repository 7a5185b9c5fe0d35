"""The methods of the Bot API that a bot may call, each as strict as Telegram's."""

from collections.abc import Callable
from typing import Any

from tests.fake_telegram import rules
from tests.fake_telegram.chats import Chats
from tests.fake_telegram.editing import Editing
from tests.fake_telegram.errors import JSON, BotApiError, bad_request
from tests.fake_telegram.files import MAX_DOWNLOAD, MAX_LOCAL_DOWNLOAD, File
from tests.fake_telegram.guests import GuestAnswers
from tests.fake_telegram.membership import Membership
from tests.fake_telegram.posting import Posting
from tests.fake_telegram.profile import Profile
from tests.fake_telegram.queries import Queries
from tests.fake_telegram.request import Request
from tests.fake_telegram.sending import Sending
from tests.fake_telegram.updates import Updates

MAX_POLL = 50  # s


class Methods:
    """What the bot can do to the chats."""

    def __init__(self, chats: Chats, updates: Updates, queries: Queries, ephemeral: bool) -> None:
        self.chats, self.updates, self.queries = chats, updates, queries
        self.local: Callable[[File], str] | None = None  # fetches a file to a --local server's disk
        self.profile = Profile(chats)
        self.guests = GuestAnswers(chats, queries)
        self._table: dict[str, Callable[[Request], Any]] = {
            "getme": lambda request: self.chats.bot,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
            "getwebhookinfo": self.get_webhook_info,
            "getfile": self.get_file,
            "getbusinessconnection": self.get_business_connection,
            "answercallbackquery": self.answer_callback_query,
            "answerguestquery": self.guests.answer,
        }
        self._table |= Sending(chats, Posting(chats, queries, ephemeral)).table
        self._table |= Editing(chats, self.guests.sent).table
        self._table |= Membership(chats).table | self.profile.table

    async def call(self, method: str, request: Request) -> Any:
        if method.lower() == "getupdates":
            return await self.get_updates(request)
        if method.lower() not in self._table:
            raise BotApiError(404, "Not Found: method not found")
        return self._table[method.lower()](request)

    async def get_updates(self, request: Request) -> list[JSON]:
        self.updates.allow(request.json("allowed_updates"))
        limit = min(max(request.number("limit", 100), 1), 100)
        seconds = min(max(request.number("timeout"), 0), MAX_POLL)
        return await self.updates.poll(request.number("offset"), limit, seconds)

    def set_webhook(self, request: Request) -> bool:
        self.updates.allow(request.json("allowed_updates"))
        drop = request.flag("drop_pending_updates")
        self.updates.set_webhook(request.text("url"), request.text("secret_token"), drop)
        return True

    def delete_webhook(self, request: Request) -> bool:
        self.updates.set_webhook("", "", request.flag("drop_pending_updates"))
        return True

    def get_webhook_info(self, request: Request) -> JSON:
        webhook = self.updates.webhook
        info = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if webhook.last_error:
            info |= {"last_error_date": 1, "last_error_message": webhook.last_error}
        return info

    def get_file(self, request: Request) -> JSON:
        file = self.chats.file(request.text("file_id"))
        if file.size > (MAX_DOWNLOAD if self.local is None else MAX_LOCAL_DOWNLOAD):
            raise bad_request("file is too big")
        return file.as_json | {"file_path": self.local(file) if self.local else file.path}

    def get_business_connection(self, request: Request) -> JSON:
        name = request.text("business_connection_id")
        if name not in self.chats.connections:
            raise bad_request("BUSINESS_CONNECTION_INVALID")
        return self.chats.connections[name]

    def answer_callback_query(self, request: Request) -> bool:
        rules.at_most(200, request.text("text"), "MESSAGE")
        self.queries.answer("callback", request.text("callback_query_id"))
        return True
