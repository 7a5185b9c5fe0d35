"""The buttons that may be sent with a message."""

import re

from tests.fake_telegram.errors import JSON, bad_request
from tests.fake_telegram.formatting import length

MAX_CALLBACK_DATA = 64  # bytes
MAX_BUTTONS, MAX_IN_ROW = 100, 8
MAX_PLACEHOLDER = 64  # characters
ACTIONS = {"callback_data", "url", "web_app", "switch_inline_query", "copy_text"} | {
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
}
OTHERS = {"keyboard", "remove_keyboard", "force_reply"}


def inline(markup: JSON, private: bool) -> JSON | None:
    """What will stand under the message; other kinds of markup leave nothing there.

    Mini Apps are opened by buttons in private chats only.
    """
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        _other(markup)
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: array of Array expected")
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > MAX_IN_ROW:
            raise bad_request("BUTTON_ROW_TOO_LONG")
        for button in row:
            _check(button, private)
    return {"inline_keyboard": rows} if any(rows) else None


def _check(button: JSON, private: bool) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("BUTTON_TEXT_EMPTY")
    used = ACTIONS & button.keys()
    if not used:
        raise bad_request("Text buttons are not allowed in the inline keyboard")
    if len(used) > 1:
        raise bad_request("can't parse inline keyboard button: more than one action")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?://[^/\s]*\.|tg://)\S+\Z", button["url"]):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
    if "web_app" in button:
        if not private:
            raise bad_request("BUTTON_TYPE_INVALID")
        if not re.match(r"https://[^/\s]+/\S*\Z", address := button["web_app"].get("url", "")):
            raise bad_request(
                f"inline keyboard button Web App URL '{address}' is invalid: Only HTTPS links are "
                "allowed"
            )


def _other(markup: JSON) -> None:
    if not OTHERS & markup.keys():
        raise bad_request("object expected as reply markup")
    if length(markup.get("input_field_placeholder") or "") > MAX_PLACEHOLDER:
        raise bad_request("REPLY_MARKUP_INVALID")
