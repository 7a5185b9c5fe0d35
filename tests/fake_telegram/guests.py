"""Guest mode: the bot is called into a chat that it is not in, and may answer there once."""

import re
from typing import Any

from tests.fake_telegram import markup, rules
from tests.fake_telegram.chats import Chats
from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.queries import Queries
from tests.fake_telegram.request import Request
from tests.fake_telegram.sending import photo_sizes

CACHED = {"photo": "photo_file_id", "voice": "voice_file_id", "document": "document_file_id"}


class GuestAnswers:
    """The method `answerGuestQuery`: one InlineQueryResult, which cannot upload anything."""

    def __init__(self, chats: Chats, queries: Queries) -> None:
        self.chats, self.queries = chats, queries
        self.sent: dict[str, JSON] = {}  # by inline_message_id

    def answer(self, request: Request) -> JSON:
        name, result = request.text("guest_query_id"), request.object("result")
        self.queries.look("guest", name)
        if not 1 <= len(str(result.get("id", "")).encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        content = self._content(result)
        if buttons := markup.inline(result.get("reply_markup") or {}, private=False):
            content["reply_markup"] = buttons
        query = self.queries.answer("guest", name)
        assert query.note
        inline = f"inline{name}"
        content |= {"guest_bot_caller_user": query.person.as_user, "inline_message_id": inline}
        chat = query.chat
        assert chat
        self.sent[inline] = self.chats.add(
            chat, self.chats.bot, reply_to_message=query.note, **content
        )
        return {"inline_message_id": inline}

    def _content(self, result: JSON) -> JSON:
        """What the message will hold: a text, or a picture that Telegram can get by itself."""
        kind, written = result.get("type"), result.get("input_message_content")
        if kind == "article":
            if not result.get("title"):
                raise bad_request("ARTICLE_TITLE_EMPTY")
            if not written:
                raise bad_request("MESSAGE_EMPTY")
        if written:
            mode = written.get("parse_mode", "")
            return {"text": rules.text(written.get("message_text", ""), mode)}
        caption = rules.caption(result.get("caption", ""), result.get("parse_mode", ""))
        content: dict[str, Any] = {"caption": caption} if caption else {}
        if kind in CACHED and CACHED[kind] in result:
            file = self.chats.sendable(result[CACHED[kind]], kind)
            sizes = photo_sizes(self.chats, file) if kind == "photo" else file.as_json
            return content | {kind: sizes}
        if kind == "photo":
            for field in ("photo_url", "thumbnail_url"):
                if not re.match(r"https?://[^/\s]+\.\S+\Z", str(result.get(field, ""))):
                    raise bad_request(f"{field.upper()}_INVALID")
            return content | {"photo": []}
        raise bad_request("RESULT_TYPE_INVALID")
